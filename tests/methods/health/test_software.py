from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.health.software import (
    CRITICALITY,
    Commit,
    contributor_absence_factor,
    criticality,
    elephant_factor,
    release_age,
    smallest_group,
)
from infracommons.methods.result import MethodInputError

DAY = date(2024, 1, 1)


def test_the_absence_factor_of_the_published_example() -> None:
    # CHAOSS: 1000, 433, ... of 2475; half is 1237.5, which the two largest reach.
    counts = dict(enumerate([1000, 202, 90, 33, 332, 343, 42, 433]))
    assert smallest_group({str(name): count for name, count in counts.items()}).number == 2


def test_the_elephant_factor_of_the_published_examples() -> None:
    # CHAOSS: eight organisations with an eighth each give 4; one with half of all gives 1.
    assert elephant_factor([Commit("a", str(number), DAY) for number in range(8)]).number == 4
    assert elephant_factor([Commit("a", "x" if number < 4 else str(number), DAY) for number in range(8)]).number == 1


def test_commits_without_an_organisation_count_for_people_but_not_for_organisations() -> None:
    commits = [Commit("a", "", DAY), Commit("a", "", DAY), Commit("b", "x", DAY)]
    assert contributor_absence_factor(commits).names == ("a",)
    assert elephant_factor(commits).names == ("x",)


def test_where_nothing_was_made_the_factor_is_zero() -> None:
    assert smallest_group({}).number == smallest_group({"a": 0}).number == 0


def test_the_age_of_the_latest_release_leaves_later_ones_out() -> None:
    assert release_age([date(2024, 1, 1), date(2024, 3, 1), date(2025, 1, 1)], date(2024, 3, 11)) == 10
    assert release_age([date(2025, 1, 1)], date(2024, 1, 1)) is None


def test_criticality_is_the_weighted_mean_of_signals_on_their_scales() -> None:
    nothing: dict[str, float] = dict.fromkeys(CRITICALITY, 0)
    # The weights add up to 8.5. A signal at its threshold counts whole; the square root of it (less one), half.
    assert criticality({**nothing, "contributor_count": 5000}) == round(2 / 8.5, 5)
    assert criticality({**nothing, "org_count": 11**0.5 - 1}) == round(0.5 / 8.5, 5)
    assert criticality({**nothing, "created_since": 120, "updated_since": 120}) == 0
    assert criticality({**nothing, "created_since": 120, "org_count": 10, "updated_since": 120}) == round(1 / 8.5, 5)


def test_criticality_above_one_is_cut_to_one_as_for_freebsd() -> None:
    # Signals as in an assessment of FreeBSD for the working group: above most thresholds, and changed today.
    signals = dict(zip(CRITICALITY, [335, 0, 2161, 10, 934, 2, 2064, 3355, 6.572876, 699811], strict=True))
    assert criticality(signals) == 1


def test_criticality_is_one_at_all_thresholds_but_for_what_was_changed_today() -> None:
    at_most = {name: 0 if name == "updated_since" else threshold for name, (_, threshold) in CRITICALITY.items()}
    assert criticality(at_most) == 1
    assert criticality(dict.fromkeys(CRITICALITY, 0)) == 0


@pytest.mark.parametrize(
    ("signals", "where"),
    [
        ({}, "signals.created_since"),
        ({**dict.fromkeys(CRITICALITY, 1.0), "stars": 5.0}, "signals.stars"),
        ({**dict.fromkeys(CRITICALITY, 1.0), "org_count": float("nan")}, "signals.org_count"),
        ({**dict.fromkeys(CRITICALITY, 1.0), "org_count": -1.0}, "signals.org_count"),
    ],
)
def test_signals_that_are_missing_or_mean_nothing_are_refused(signals: dict[str, float], where: str) -> None:
    with pytest.raises(MethodInputError) as refused:
        criticality(signals)
    assert refused.value.where == where


@settings(max_examples=1000, deadline=None)
@given(counts=st.dictionaries(st.text("abcdef", min_size=1, max_size=1), st.integers(0, 20), max_size=6))
def test_no_smaller_group_made_half_of_all(counts: dict[str, int]) -> None:
    found, half = smallest_group(counts), sum(counts.values()) / 2
    assert sum(counts[name] for name in found.names) >= half
    for group in combinations(counts, max(found.number - 1, 0)):
        assert sum(counts[name] for name in group) < half or not found.number
