import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.filter_choices import NAMED_FIELDS, group_choices, names_like
from infracommons.insights.release import Release, Row


@pytest.fixture(scope="module")
def release(golden_release: Path) -> Release:
    return Release((golden_release / "current").resolve())


@pytest.fixture(scope="module")
def tables(release: Release) -> dict[str, list[Row]]:
    return {name: release.query(f"FROM {name}") for name in ("award", "organisation", "infrastructure", "support")}


def test_regions_and_categories_are_counted_as_by_hand(release: Release, tables: dict[str, list[Row]]) -> None:
    region = {row["organisation_id"]: row["region"] for row in tables["organisation"]}
    by_hand = Counter(region.get(row["funder_organisation_id"]) or "unknown" for row in tables["award"])
    assert {row["name"]: row["awards"] for row in group_choices(release)["region"]} == by_hand
    named = defaultdict(set)
    for row in tables["support"]:
        named[row["infrastructure_id"]].add(row["award_id"])
    of_category: dict[str, set[str]] = defaultdict(set)
    for row in tables["infrastructure"]:
        for code in row["category_codes"]:
            of_category[code] |= named[row["infrastructure_id"]]
    found = {row["value"]: row["awards"] for row in group_choices(release)["category"]}
    assert found == {code: len(awards) for code, awards in of_category.items()}
    assert any(found.values())


def test_a_choice_of_region_lists_the_awards_it_counts(release: Release) -> None:
    for row in group_choices(release)["region"]:
        assert award_total(release, AwardFilters(region=(row["value"],), decision="any")).awards == row["awards"]


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def _named(tables: dict[str, list[Row]], field: str) -> dict[str, str]:
    """Return every id of the field with its name, the first in the alphabet where it has several."""
    if field == "infrastructure":
        return {row["infrastructure_id"]: row["name"] for row in tables["infrastructure"]}
    found: dict[str, str] = {}
    for row in tables["award"]:
        value, name = row[f"{field}_organisation_id"] or "unknown", row[f"{field}_name"]
        if field == "recipient" and value == "unknown":
            name = "unknown"
        if name is not None:
            found[value] = min(name, found.get(value, name))
    return found


@given(
    st.sampled_from(NAMED_FIELDS),
    st.sampled_from(
        ["e", "University", "university of", "zenodo", "ror:021nxhr62", "unknown", "É", "%", "_", "'", "qq"]
    ),
    st.integers(1, 40),
)
def test_what_a_typed_name_may_mean_is_found_as_by_hand(
    release: Release, tables: dict[str, list[Row]], field: str, text: str, most: int
) -> None:
    rows, count = names_like(release, field, text, most)
    by_hand = {
        value: name for value, name in _named(tables, field).items() if _folded(text) in _folded(name) or value == text
    }
    assert count == len(by_hand)
    assert len(rows) == min(most, count)
    assert all(by_hand[row["value"]] == row["name"] for row in rows)
    exact = [row["is_exact"] for row in rows]
    assert exact == sorted(exact, reverse=True)
    assert sum(exact) == min(
        most, sum(_folded(name) == _folded(text) or value == text for value, name in by_hand.items())
    )
