"""Totals by every side against an oracle that adds up rows in plain Python."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.insights.plain import ZERO, Row, Tables, filters_seen, groups, pairs

from infracommons.insights.aggregates import SIDES, aggregate, aggregate_file
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.release import Release


def keys(tables: Tables, by: str) -> Callable[[Row], Iterable[str]]:
    organisations = {row["organisation_id"]: row for row in tables["organisation"]}
    categories = {row["infrastructure_id"]: row["category_codes"] for row in tables["infrastructure"]}
    columns = {
        "year": "award_year", "funder": "funder_organisation_id", "recipient": "recipient_organisation_id",
        "recipient_country": "recipient_country_code", "source": "source", "currency": "currency",
        "programme": "programme",
    }  # fmt: skip

    def of(row: Row) -> Iterable[str]:
        award = row["award"]
        if by in columns:
            return [str(award[columns[by]] or "unknown")]
        if by in {"funder_region", "funder_country"}:
            column = {"funder_region": "region", "funder_country": "country_code"}[by]
            return [organisations.get(award["funder_organisation_id"], {}).get(column) or "unknown"]
        if by == "category":
            return categories[row["infrastructure_id"]] or ["unknown"]
        if by == "support_type":
            return [row["support_type"] or "not decided"]
        return [row[{"infrastructure": "infrastructure_id"}.get(by, by)] or "unknown"]

    return of


@settings(max_examples=120, deadline=None)
@given(filters=filters_seen, by=st.sampled_from(sorted(SIDES)))
def test_groups_are_those_of_the_slow_oracle(release: Release, tables: Tables, filters: AwardFilters, by: str) -> None:
    asked = filters
    if by == "activity":
        asked = replace(filters, support_type=("direct",))
        if filters.support_type and "direct" not in filters.support_type:
            assert aggregate(release, filters, by).rows == []
            return
    is_overlapping = SIDES[by].is_overlapping
    found = pairs(tables, replace(asked, counted="") if is_overlapping else asked)
    expected = groups(found, asked, keys(tables, by))
    if by == "category" and filters.category:
        expected = {key: sums for key, sums in expected.items() if key in filters.category}
    rows = aggregate(release, filters, by).rows
    assert {row["value"]: (row["awards"], row["counted"], row["counted_usd"]) for row in rows} == expected


@pytest.mark.parametrize("by", [by for by, side in SIDES.items() if not side.is_overlapping])
def test_groups_that_do_not_overlap_add_up_to_the_total(release: Release, by: str) -> None:
    filters = AwardFilters(decision="any")
    total, rows = award_total(release, filters), aggregate(release, filters, by).rows
    assert sum((row["counted_usd"] for row in rows), ZERO) == total.counted_usd
    assert sum(row["awards"] for row in rows) == total.awards


@pytest.mark.parametrize("by", SIDES)
def test_a_file_has_the_rows_of_the_answer_and_says_whether_they_may_be_summed(release: Release, by: str) -> None:
    filters = AwardFilters(rule="full")
    schema, batches = aggregate_file(release, filters, by)
    rows: list[dict[str, Any]] = pa.Table.from_batches(batches, schema).to_pylist()
    assert [row["value"] for row in rows] == [row["value"] for row in aggregate(release, filters, by).rows] != []
    assert {(row["grouped_by"], row["counted_rule"]) for row in rows} == {(by, "full")}
    assert {row["may_be_summed"] for row in rows} == {not SIDES[by].is_overlapping}


def test_names_are_those_of_the_release_and_unknown_is_a_word(release: Release) -> None:
    names = {row["value"]: row["name"] for row in aggregate(release, AwardFilters(decision="any"), "funder").rows}
    assert names["ror:021nxhr62"] == "U.S. National Science Foundation"
    named = {row["value"]: row["name"] for row in aggregate(release, AwardFilters(), "infrastructure").rows}
    assert named["zenodo"] == "Zenodo"
    countries = {
        row["value"]: row for row in aggregate(release, AwardFilters(decision="any"), "recipient_country").rows
    }
    assert countries["unknown"]["name"] == "unknown"


def test_a_side_that_there_is_not_is_refused(release: Release) -> None:
    with pytest.raises(KeyError, match="colour"):
        aggregate(release, AwardFilters(), "colour")
