from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.web.catalogue.claims.profile import age_in_days, differences, end_of, replay
from infracommons.web.catalogue.models import Claim
from infracommons.web.catalogue.models.claim import AuthorKind

ENTRIES: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "claim": st.integers(),
        "value": st.sampled_from([None, 1, 2]),
        "status": st.sampled_from(["", "unknown"]),
        "evidence": st.just([]),
        "note": st.sampled_from(["", "n"]),
        "checked_on": st.sampled_from([None, "2026-05-31"]),
    }
)
PROFILES = st.dictionaries(st.sampled_from(["a", "b", "c"]), ENTRIES)


@given(PROFILES)
def test_a_profile_does_not_differ_from_itself(profile: dict[str, Any]) -> None:
    assert differences(profile, profile) == []


@given(PROFILES, PROFILES)
def test_differences_lead_from_one_profile_to_the_other_and_back(one: dict[str, Any], other: dict[str, Any]) -> None:
    found = differences(one, other)

    assert [field for field, _, _ in found] == sorted({field for field, _, _ in found})
    assert [(field, new, old) for field, old, new in found] == differences(other, one)
    patched = one | {field: new for field, _, new in found if new is not None}
    assert differences({field: patched[field] for field in other}, other) == []


def test_the_day_of_a_check_alone_is_no_difference() -> None:
    entry = {"value": 1, "status": "", "evidence": [], "note": "", "checked_on": None, "claim": 1}

    assert differences({"a": entry}, {"a": entry | {"checked_on": "2026-05-31", "claim": 2}}) == []


def claim(pk: int, kind: str, replaces: int | None = None) -> Claim:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return Claim(pk=pk, field="launched", value=pk, author_kind=kind, replaces_id=replaces, at=at, evidence=[])


@pytest.mark.parametrize(
    ("claims", "stands"),
    [
        ([claim(1, AuthorKind.STEWARD), claim(2, AuthorKind.CURATOR, 1)], 2),
        ([claim(1, AuthorKind.STEWARD), claim(2, AuthorKind.HARVESTER)], 1),
        ([claim(1, AuthorKind.STEWARD), claim(2, AuthorKind.HARVESTER, 1)], 2),
        ([claim(1, AuthorKind.HARVESTER), claim(2, AuthorKind.HARVESTER, 1)], 2),
        ([claim(1, AuthorKind.HARVESTER), claim(2, AuthorKind.STEWARD, 1), claim(3, AuthorKind.HARVESTER)], 2),
    ],
)
def test_a_program_takes_the_place_of_a_person_only_where_it_says_so(claims: list[Claim], stands: int) -> None:
    assert replay(claims)["launched"]["claim"] == stands


def test_a_day_ends_with_its_last_moment() -> None:
    assert end_of(date(2026, 5, 31)) == datetime(2026, 5, 31, 23, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(("checked_on", "age"), [("2026-05-01", 30), (None, 151), ("2026-05-31", 0), ("2026-06-30", 0)])
def test_the_age_counts_from_the_check_else_from_the_claim(checked_on: str | None, age: int) -> None:
    entry = {"checked_on": checked_on, "at": "2025-12-31T23:00:00+00:00"}

    assert age_in_days(entry, date(2026, 5, 31)) == age
