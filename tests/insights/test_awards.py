"""Lists and totals against an oracle that does the same slowly, in plain Python, over the same release."""

import unicodedata
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.insights.award_filters import SORTS, AwardFilters
from infracommons.insights.awards import award_list, award_total, by_decision, choices
from infracommons.insights.counted import every_row
from infracommons.insights.release import Release
from infracommons.insights.totals import by_funder, by_infrastructure, by_rule, by_year, grouped
from infracommons.vocabulary.tables import AMOUNT_STATUS, DECISIONS, RULES, SUPPORT_TYPES

Row = dict[str, Any]
Tables = dict[str, list[Row]]
ZERO = Decimal(0)


def folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def pairs(tables: Tables, f: AwardFilters) -> list[Row]:
    """Return the support rows asked for, with the amount that counts under the rule."""
    amounts = {
        (a["award_id"], a["infrastructure_id"]): a["amount_usd"] for a in tables["attribution"] if a["rule"] == f.rule
    }
    return [
        row | {"counted_usd": amounts.get((row["award_id"], row["infrastructure_id"]))}
        for row in tables["support"]
        if (not f.infrastructure or row["infrastructure_id"] in f.infrastructure)
        and f.decision in ("any", row["decision"])
        and (not f.support_type or row["support_type"] in f.support_type)
    ]


def matched(tables: Tables, f: AwardFilters) -> list[Row]:
    """Return the awards asked for, with the infrastructures they are listed for and the amount counted."""
    found = []
    for award in tables["award"]:
        own = [pair for pair in pairs(tables, f) if pair["award_id"] == award["award_id"]]
        amounts = [pair["counted_usd"] for pair in own if pair["counted_usd"] is not None]
        counted = None if not amounts else max(amounts) if f.rule == "full" else sum(amounts, ZERO)
        text = folded(f"{award['title'] or ''} {award['recipient_name'] or ''}")
        year = award["award_year"]
        if (
            own
            and (not f.funder or (award["funder_organisation_id"] or "unknown") in f.funder)
            and (not f.country or (award["recipient_country_code"] or "unknown") in f.country)
            and (not f.source or award["source"] in f.source)
            and (not f.amount_status or award["amount_status"] in f.amount_status)
            and (f.year_from is None or (year is not None and year >= f.year_from))
            and (f.year_to is None or (year is not None and year <= f.year_to))
            and (not f.undated or year is None)
            and (not f.counted or (f.counted == "yes") == (counted is not None))
            and all(folded(word) in text for word in f.q.split())
        ):
            names = sorted(pair["infrastructure_id"] for pair in own)
            found.append(award | {"infrastructure_ids": "; ".join(names), "counted_usd": counted})
    return found


some = {
    "q": st.sampled_from(["", "", "open", "ÉDITION", "example open", "university", "%", "_"]),
    "infrastructure": st.sampled_from([(), (), ("zenodo",), ("arxiv", "dspace"), ("open-journal-systems",)]),
    "country": st.sampled_from([(), (), ("US",), ("GB", "unknown")]),
    "funder": st.sampled_from([(), (), ("unknown",), ("ror:021nxhr62",)]),
    "source": st.sampled_from([(), (), ("nsf",), ("ukri_gtr", "czi")]),
    "year_from": st.sampled_from([None, None, 2010, 2019]),
    "year_to": st.sampled_from([None, None, 2019, 2020]),
    "undated": st.sampled_from(["", "", "", "yes"]),
    "decision": st.sampled_from([*DECISIONS, "supports", "any"]),
    "support_type": st.sampled_from([(), (), *((kind,) for kind in SUPPORT_TYPES)]),
    "amount_status": st.sampled_from([(), (), *((status,) for status in AMOUNT_STATUS)]),
    "counted": st.sampled_from(["", "", "yes", "no"]),
    "rule": st.sampled_from(RULES),
}
filters_seen: st.SearchStrategy[AwardFilters] = st.builds(AwardFilters, **some)


@settings(max_examples=150, deadline=None)
@given(filters=filters_seen)
def test_awards_and_totals_are_those_of_the_slow_oracle(
    release: Release, tables: Tables, filters: AwardFilters
) -> None:
    expected = matched(tables, filters)
    counted = [row["counted_usd"] for row in expected if row["counted_usd"] is not None]
    schema, batches = every_row(release, filters)
    rows = pa.Table.from_batches(batches, schema).to_pylist()
    assert {r["award_id"]: (r["infrastructure_ids"], r["counted_usd"]) for r in rows} == {
        r["award_id"]: (r["infrastructure_ids"], r["counted_usd"]) for r in expected
    }
    total = award_total(release, filters)
    assert (total.rule, total.awards, total.counted) == (filters.rule, len(expected), len(counted))
    assert total.counted_usd == sum(counted, ZERO) == sum((r["counted_usd"] or ZERO for r in rows), ZERO)
    assert total.amount_unknown == sum(r["amount_status"] == "unknown" for r in expected)
    assert total.not_convertible == sum(r["amount_status"] == "not_convertible" for r in expected)
    assert total.not_counted == total.amount_unknown + total.not_convertible + total.not_said_by_rule


@settings(max_examples=60, deadline=None)
@given(filters=filters_seen)
def test_groups_are_those_of_the_slow_oracle(release: Release, tables: Tables, filters: AwardFilters) -> None:
    expected = matched(tables, filters)
    ids = {row["award_id"] for row in expected}
    own = [pair for pair in pairs(tables, filters) if pair["award_id"] in ids]
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
    whole = pa.Table.from_batches(*reversed(every_row(release, filters))).to_pylist()
    first = award_list(release, filters)
    walked = [
        row for page in range(1, first.pages + 1) for row in award_list(release, replace(filters, page=page)).rows
    ]
    assert walked == whole
    assert award_list(release, replace(filters, page=first.pages + 1)).rows == []


def test_sorts_put_what_is_unknown_last(release: Release) -> None:
    def column(sort: str, name: str) -> list[Any]:
        rows = pa.Table.from_batches(*reversed(every_row(release, AwardFilters(decision="any", sort=sort)))).to_pylist()
        values = [row[name] for row in rows]
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
