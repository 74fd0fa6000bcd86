"""Lists and totals against an oracle that does the same slowly, in plain Python, over the same release."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insights.plain import ZERO, Row, Tables, filters_seen, pairs
from tests.insights.plain_awards import matched

from infracommons.insights.award_filters import SORTS, AwardFilters
from infracommons.insights.awards import award_list, award_total, by_decision, choices
from infracommons.insights.counted import every_row, page_of
from infracommons.insights.currencies import by_currency
from infracommons.insights.release import Release
from infracommons.insights.totals import by_funder, by_infrastructure, by_rule, by_year, grouped
from infracommons.vocabulary.tables import DECISIONS

DOWNLOAD = ("infrastructure_ids", "support_types", "counted_rule", "counted_usd", "not_counted_because")


def downloaded(release: Release, filters: AwardFilters) -> list[Row]:
    schema, batches = every_row(release, filters)
    rows: list[Row] = pa.Table.from_batches(batches, schema).to_pylist()
    return rows


@settings(max_examples=150, deadline=None)
@given(filters=filters_seen)
def test_awards_and_totals_are_those_of_the_slow_oracle(
    release: Release, tables: Tables, filters: AwardFilters
) -> None:
    expected = matched(tables, filters)
    counted = [row["counted_usd"] for row in expected if row["counted_usd"] is not None]
    rows = downloaded(release, filters)
    assert {row["award_id"]: row for row in rows} == {row["award_id"]: row for row in expected}
    assert all(list(row) == [*expected[0]] for row in rows)
    total = award_total(release, filters)
    assert (total.rule, total.awards, total.counted) == (filters.rule, len(expected), len(counted))
    assert total.counted_usd == sum(counted, ZERO) == sum((r["counted_usd"] or ZERO for r in rows), ZERO)
    assert total.amount_unknown == sum(r["amount_status"] == "unknown" for r in expected)
    assert total.share_unknown == (total.amount_unknown / len(expected) if expected else None)
    assert total.not_convertible == sum(r["amount_status"] == "not_convertible" for r in expected)
    assert total.not_said_by_rule == sum(r["not_counted_because"] == "not_said_by_rule" for r in expected)
    assert total.not_priced == sum(r["not_counted_because"] == "not_priced" for r in expected)
    assert total.not_counted == (
        total.amount_unknown + total.not_convertible + total.not_said_by_rule + total.not_priced
    )


@settings(max_examples=60, deadline=None)
@given(filters=filters_seen)
def test_groups_are_those_of_the_slow_oracle(release: Release, tables: Tables, filters: AwardFilters) -> None:
    expected = matched(tables, filters)
    own = pairs(tables, filters)
    for rows, members, key, name in (
        (by_year(release, filters), expected, "award_year", "award_year"),
        (by_funder(release, filters), expected, "funder_organisation_id", "funder"),
        (by_infrastructure(release, filters), own, "infrastructure_id", "infrastructure_id"),
    ):
        groups: dict[Any, list[Row]] = {}
        for member in members:
            groups.setdefault(member[key] or ("unknown" if name == "funder" else None), []).append(member)
        assert {r[name]: (r["awards"], r["counted"], r["counted_usd"]) for r in rows} == {
            group: (
                len(each),
                sum(m["counted_usd"] is not None for m in each),
                sum((m["counted_usd"] or ZERO for m in each), ZERO),
            )
            for group, each in groups.items()
        }


@settings(max_examples=40, deadline=None)
@given(filters=filters_seen, sort=st.sampled_from(SORTS))
def test_pages_walk_through_the_download_in_its_order(release: Release, filters: AwardFilters, sort: str) -> None:
    filters = replace(filters, sort=sort)
    whole = downloaded(release, filters)
    first = award_list(release, filters)
    walked = [
        row for page in range(1, first.pages + 1) for row in award_list(release, replace(filters, page=page)).rows
    ]
    assert walked == whole
    assert award_list(release, replace(filters, page=first.pages + 1)).rows == []
    beyond = replace(filters, page=first.pages + 1)
    assert page_of(release, beyond, rows=50) == []


def test_sorts_put_what_is_unknown_last(release: Release) -> None:
    def column(sort: str, name: str) -> list[Any]:
        values = [row[name] for row in downloaded(release, AwardFilters(decision="any", sort=sort))]
        known = [value for value in values if value is not None]
        assert values == known + [None] * (len(values) - len(known))
        return known

    assert column("newest", "award_year") == sorted(column("newest", "award_year"), reverse=True)
    assert column("oldest", "award_year") == sorted(column("oldest", "award_year"))
    assert column("largest", "counted_usd") == sorted(column("largest", "counted_usd"), reverse=True)
    assert column("smallest", "counted_usd") == sorted(column("smallest", "counted_usd"))


def test_the_whole_total_under_each_rule_is_the_manifests(release: Release) -> None:
    told = release.manifest["totals_usd"]
    totals = {total.rule: str(total.counted_usd) for total in by_rule(release, AwardFilters())}
    assert totals["equal_split"] == told["equal_split"] == told["unique_awards"]
    assert totals["documented_share"] == told["documented_share"]
    assert totals["single_only"] == told["single_only"]
    assert totals["full"] == told["unique_awards"], "each award once, though it counts in full for several"
    assert Decimal(told["full"]) > Decimal(totals["full"]), "the golden files have awards that support several"


def test_the_totals_of_infrastructures_under_full_are_the_manifests(release: Release) -> None:
    rows = by_infrastructure(release, AwardFilters(rule="full"))
    assert str(sum(row["counted_usd"] for row in rows)) == release.manifest["totals_usd"]["full"]


def test_a_group_file_has_the_rows_of_the_page_and_names_its_rule(release: Release) -> None:
    filters = AwardFilters(rule="single_only")
    for by, rows in (("year", by_year(release, filters)), ("funder", by_funder(release, filters))):
        schema, batches = grouped(release, filters, by)
        assert pa.Table.from_batches(batches, schema).to_pylist() == [r | {"counted_rule": "single_only"} for r in rows]


def test_a_group_file_without_rows_still_has_its_columns(release: Release) -> None:
    schema, batches = grouped(release, AwardFilters(q="no such words"), "infrastructure")
    assert pa.Table.from_batches(batches, schema).num_rows == 0
    assert schema.names == ["infrastructure_id", "name", "awards", "counted", "counted_usd", "counted_rule"]


def test_awards_by_decision_are_counted_once_each(release: Release, tables: Tables) -> None:
    expected = {d: len({r["award_id"] for r in tables["support"] if r["decision"] == d}) for d in DECISIONS}
    assert by_decision(release, AwardFilters()) == expected


def test_every_choice_finds_awards(release: Release) -> None:
    for field, rows in choices(release).items():
        assert rows, field
        for row in rows:
            asked: dict[str, Any] = {field: (row["value"],)}
            filters = AwardFilters(decision="any").narrowed(**asked)
            assert award_total(release, filters).awards == row["awards"], (field, row)


@settings(max_examples=40, deadline=None)
@given(filters=filters_seen)
def test_currencies_are_those_of_the_slow_oracle(release: Release, tables: Tables, filters: AwardFilters) -> None:
    groups: dict[str | None, list[Row]] = {}
    for row in matched(tables, filters):
        groups.setdefault(row["currency"], []).append(row)
    expected = [
        {
            "currency": currency,
            "awards": len(rows),
            "with_amount": sum(row["amount"] is not None for row in rows),
            "amount": sum((row["amount"] or ZERO for row in rows), ZERO),
            "counted": sum(row["counted_usd"] is not None for row in rows),
            "counted_usd": sum((row["counted_usd"] or ZERO for row in rows), ZERO),
            "first_fx_date": min((row["fx_date"] for row in rows if row["fx_date"]), default=None),
            "last_fx_date": max((row["fx_date"] for row in rows if row["fx_date"]), default=None),
        }
        for currency, rows in groups.items()
    ]
    told = by_currency(release, filters)
    assert sorted(told, key=lambda row: str(row["currency"])) == sorted(expected, key=lambda row: str(row["currency"]))
    assert [row["awards"] for row in told] == sorted((row["awards"] for row in told), reverse=True)
