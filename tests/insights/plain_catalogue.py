"""What the catalogue says, counted slowly in plain Python: the oracle of characteristics and reliance."""

from collections import Counter
from typing import Any

from infracommons.insights.award_filters import AwardFilters

Row = dict[str, Any]
Tables = dict[str, list[Row]]


def asked_for(tables: Tables, f: AwardFilters) -> dict[str, Row]:
    """Return the infrastructures that the filters ask for, by id."""
    return {
        row["infrastructure_id"]: row
        for row in tables["infrastructure"]
        if (not f.infrastructure or row["infrastructure_id"] in f.infrastructure)
        and (not f.category or set(f.category) & set(row["category_codes"]))
    }


def said(tables: Tables, f: AwardFilters, field: str) -> Counter[str]:
    """Return how many infrastructures say each value of a field."""
    members = asked_for(tables, f)
    pairs = {
        (row["infrastructure_id"], row["value"])
        for row in tables["characteristic"]
        if row["field"] == field and row["infrastructure_id"] in members
    }
    return Counter(value for _, value in pairs)


def known_of(tables: Tables, f: AwardFilters, field: str) -> int:
    """Return of how many infrastructures something is said."""
    members = asked_for(tables, f)
    rows = tables["characteristic"]
    return len({row["infrastructure_id"] for row in rows if row["field"] == field} & members.keys())


def pairs_of(tables: Tables) -> set[tuple[str, str]]:
    """Return who works with whom, nobody with itself, both in the release."""
    there = {row["infrastructure_id"] for row in tables["infrastructure"]}
    pairs = {
        (row["infrastructure_id"], row["other_infrastructure_id"])
        for row in tables["characteristic"]
        if row["field"] == "integrations"
    }
    return {(one, other) for one, other in pairs if {one, other} <= there and one != other}


def steps_to(gone: tuple[str, ...], pairs: set[tuple[str, str]]) -> dict[str, int]:
    """Return all that rely on one of those gone, directly or through others, and over how many steps at least."""
    steps = dict.fromkeys(gone, 0)
    while True:
        further = {one: steps[other] + 1 for one, other in pairs if other in steps and one not in steps}
        if not further:
            return {one: number for one, number in steps.items() if number}
        nearest = min(further.values())
        steps |= {one: number for one, number in further.items() if number == nearest}
