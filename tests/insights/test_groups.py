"""What awards are for, where they come from and go, and what is not known of them, against slow oracles."""

from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from tests.insights.plain import Row, Tables, filters_seen, groups, pairs

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.headline import headline
from infracommons.insights.places import (
    across_regions,
    by_federal,
    by_funder_country,
    by_funder_region,
    by_recipient_country,
)
from infracommons.insights.reach import category_reach, several_categories
from infracommons.insights.recipients import by_recipient
from infracommons.insights.release import Release
from infracommons.insights.sharing import shared_awards
from infracommons.insights.support_types import by_activity, by_support_type, by_support_type_and_year
from infracommons.insights.unknowns import unknowns, unknowns_by_source
from infracommons.vocabulary.regions import region

few = settings(max_examples=80, deadline=None)
some_filters = given(filters=filters_seen)
Keys = Callable[[Row], Iterable[Hashable]]


def told(rows: Iterable[Row], *names: str) -> dict[Any, tuple[int, int, Decimal]]:
    """Return answers of an insight as the oracle gives them; a group that stands twice would be lost, so it is not."""
    found = [(tuple(row[name] for name in names) if len(names) > 1 else row[names[0]], row) for row in rows]
    assert len({key for key, _ in found}) == len(found)
    return {key: (row["awards"], row["counted"], row["counted_usd"]) for key, row in found}


def is_largest_first(rows: list[Row]) -> bool:
    amounts = [row["counted_usd"] for row in rows]
    return amounts == sorted(amounts, reverse=True)


@few
@some_filters
def test_types_of_support_are_the_oracles(release: Release, tables: Tables, filters: AwardFilters) -> None:
    found = pairs(tables, filters.narrowed(counted=""))
    rows = by_support_type(release, filters)
    assert told(rows, "support_type") == groups(found, filters, lambda row: [row["support_type"]])
    assert is_largest_first(rows)
    of_year: Keys = lambda row: [(row["support_type"], row["award"]["award_year"])]  # noqa: E731
    years = by_support_type_and_year(release, filters)
    assert told(years, "support_type", "award_year") == groups(found, filters, of_year)
    direct = [row for row in found if row["support_type"] == "direct"]
    assert told(by_activity(release, filters), "activity") == groups(direct, filters, lambda row: [row["activity"]])


@few
@some_filters
def test_the_reach_into_categories_is_the_oracles(release: Release, tables: Tables, filters: AwardFilters) -> None:
    codes = {row["infrastructure_id"]: row["category_codes"] or ["unknown"] for row in tables["infrastructure"]}
    found = pairs(tables, filters.narrowed(counted=""))
    expected = groups(found, filters, lambda row: codes[row["infrastructure_id"]])
    if filters.category:
        expected = {code: sums for code, sums in expected.items() if code in filters.category}
    rows = category_reach(release, filters)
    assert told(rows, "category_code") == expected
    matched = pairs(tables, filters)
    for row in rows:
        reached = {pair["infrastructure_id"] for pair in matched}
        if not filters.counted:
            own = {one for one in reached if row["category_code"] in codes[one]}
            assert row["infrastructures"] == len(own)
    of_award: dict[str, set[str]] = {}
    for pair in matched:
        of_award.setdefault(pair["award_id"], set()).update(codes[pair["infrastructure_id"]])
    assert several_categories(release, filters) == sum(len(reach) > 1 for reach in of_award.values())


@few
@some_filters
def test_places_are_the_oracles(release: Release, tables: Tables, filters: AwardFilters) -> None:
    nobody = {"region": None, "country_code": None, "is_us_federal": None}
    organisations = {row["organisation_id"]: row for row in tables["organisation"]}
    found = pairs(tables, filters)

    def funder(row: Row) -> Row:
        return organisations.get(row["award"]["funder_organisation_id"], nobody)

    def country(row: Row) -> str | None:
        code: str | None = row["award"]["recipient_country_code"]
        return code

    asked: list[tuple[list[Row], tuple[str, ...], Keys]] = [
        (by_funder_region(release, filters), ("region",), lambda row: [funder(row)["region"] or "unknown"]),
        (
            by_funder_country(release, filters),
            ("region", "country_code"),
            lambda row: [(funder(row)["region"], funder(row)["country_code"])],
        ),
        (by_federal(release, filters), ("is_us_federal",), lambda row: [funder(row)["is_us_federal"]]),
        (by_recipient_country(release, filters), ("country",), lambda row: [country(row) or "unknown"]),
        (
            across_regions(release, filters),
            ("from_region", "to_region"),
            lambda row: [(funder(row)["region"] or "unknown", region(country(row)) or "unknown")],
        ),
        (
            by_recipient(release, filters),
            ("recipient",),
            lambda row: [row["award"]["recipient_organisation_id"] or "unknown"],
        ),
    ]
    total = award_total(release, filters)
    for rows, names, keys in asked:
        assert told(rows, *names) == groups(found, filters, keys), names
        assert is_largest_first(rows)
        assert sum(row["counted_usd"] for row in rows) == total.counted_usd, "each award stands in one row"


@few
@some_filters
def test_what_is_not_known_is_the_oracles(release: Release, tables: Tables, filters: AwardFilters) -> None:
    found = pairs(tables, filters)
    awards = {row["award_id"]: row["award"] for row in found}
    vague = {row["award_id"] for row in found if row["support_type"] == "unknown"}

    def lacking(some: list[Row]) -> Row:
        return {
            "awards": len(some),
            "amount": sum(row["amount_status"] == "unknown" for row in some),
            "rate": sum(row["amount_status"] == "not_convertible" for row in some),
            "year": sum(row["award_year"] is None for row in some),
            "end": sum(row["end_date"] is None for row in some),
            "support_type": sum(row["award_id"] in vague for row in some),
            "funder": sum(row["funder_organisation_id"] is None for row in some),
            "recipient": sum(row["recipient_organisation_id"] is None for row in some),
            "recipient_country": sum(row["recipient_country_code"] is None for row in some),
        }

    assert unknowns(release, filters) == lacking(list(awards.values()))
    sources = {row["source"] for row in awards.values()}
    expected = {one: lacking([row for row in awards.values() if row["source"] == one]) for one in sources}
    rows = unknowns_by_source(release, filters)
    assert {row["source"]: {k: v for k, v in row.items() if k != "source"} for row in rows} == expected


@few
@some_filters
def test_the_headline_and_what_is_shared_are_the_oracles(
    release: Release, tables: Tables, filters: AwardFilters
) -> None:
    found = pairs(tables, filters)
    awards = [row["award"] for row in found]
    assert headline(release, filters) == {
        "funders": len({row["funder_organisation_id"] for row in awards} - {None}),
        "recipients": len({row["recipient_organisation_id"] for row in awards} - {None}),
        "sources": len({row["source"] for row in awards}),
        "infrastructures": len({row["infrastructure_id"] for row in found}),
        "catalogued": len(tables["infrastructure"]),
    }
    full = filters.narrowed(rule="full")
    number: dict[str, int] = {}
    for row in tables["support"]:
        number[row["award_id"]] = number.get(row["award_id"], 0) + (row["decision"] == "supports")
    several = [row for row in pairs(tables, full) if number[row["award_id"]] > 1]
    (sums,) = groups(several, full, lambda _row: ["all"]).values() or [(0, 0, Decimal(0))]
    assert shared_awards(release, filters) == {"awards": sums[0], "counted_usd": sums[2]}
