from fractions import Fraction
from itertools import product
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.portioning.mechanisms import read_phantom_inputs
from infracommons.methods.mechanisms.portioning.phantoms import (
    DivisionVotes,
    Family,
    PhantomRules,
    allocate,
    distance,
    divided,
    misreport_search,
)
from infracommons.methods.result import MethodInputError

BOTH: list[Family] = ["independent_markets", "utilitarian"]


def ballots(*parts: tuple[int, ...]) -> DivisionVotes:
    names = "abcd"[: len(parts[0])]
    return DivisionVotes(
        1000,
        tuple(names),
        {
            f"v{number}": {name: Fraction(part) for name, part in zip(names, own, strict=True)}
            for number, own in enumerate(parts)
        },
    )


def test_single_minded_voters_divide_in_proportion_under_independent_markets() -> None:
    round_ = ballots((1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1))
    assert allocate(round_, PhantomRules("independent_markets")).amounts == {"a": 500, "b": 250, "c": 250}
    assert allocate(round_, PhantomRules("utilitarian")).amounts == {"a": 1000, "b": 0, "c": 0}


@pytest.mark.parametrize("family", BOTH)
def test_where_all_agree_that_is_the_division(family: Family) -> None:
    result = allocate(ballots((5, 3, 2), (50, 30, 20)), PhantomRules(family))
    assert result.amounts == {"a": 500, "b": 300, "c": 200}
    assert result.certificate["unanimity"].holds
    assert not result.certificate.failing


def test_one_voter_has_their_way() -> None:
    assert allocate(ballots((1, 2)), PhantomRules("independent_markets")).amounts == {"a": 333, "b": 667}


def test_the_mean_can_be_gamed_where_the_phantoms_cannot() -> None:
    truth = ballots((20, 80), (10, 90), (10, 90))
    divisions = truth.divisions()
    lie = divisions | {"v0": {"a": Fraction(1), "b": Fraction(0)}}

    def mean(some: dict[str, dict[str, Fraction]]) -> dict[str, Fraction]:
        return {one: sum((own[one] for own in some.values()), Fraction(0)) / 3 for one in "ab"}

    assert distance(divisions["v0"], mean(divisions)) > 0
    small = divisions | {"v0": {"a": Fraction(2, 5), "b": Fraction(3, 5)}}
    assert distance(divisions["v0"], mean(small)) < distance(divisions["v0"], mean(divisions))
    for family in BOTH:
        honest = divided("ab", list(divisions.values()), family)[1]
        for other in (lie, small):
            found = divided("ab", list(other.values()), family)[1]
            assert distance(divisions["v0"], found) >= distance(divisions["v0"], honest)


def test_the_search_for_a_lie_that_pays_is_the_same_for_a_seed_and_finds_none() -> None:
    round_ = ballots((7, 2, 1), (0, 5, 5), (3, 3, 4))
    for family in BOTH:
        assert misreport_search(round_, PhantomRules(family), 7, 400) is None


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"pot": 1, "projects": ["a"], "ballots": {}}, "ballots"),
        ({"pot": 1, "projects": ["a"], "ballots": {"v": {"a": 0}}}, "ballots.v"),
        ({"pot": 1, "projects": ["a"], "ballots": {"v": {"b": 1}}}, "ballots.v.b"),
        ({"pot": 1, "projects": ["a"], "ballots": {"v": {"a": float("nan")}}}, "ballots.v.a"),
        ({"pot": 1, "projects": ["a"], "ballots": {"v": {"a": -1}}}, "ballots.v.a"),
    ],
)
def test_bad_votes_are_refused_by_their_place(value: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError) as caught:
        read_phantom_inputs(value)
    assert caught.value.where == where


some_ballots = st.lists(
    st.tuples(*[st.integers(0, 6)] * 3)
    .filter(any)
    .map(lambda parts: tuple(Fraction(one, sum(parts)) for one in parts)),
    min_size=1,
    max_size=4,
)


def named(parts: tuple[Fraction, ...]) -> dict[str, Fraction]:
    return dict(zip("abc", parts, strict=True))


@settings(max_examples=1000, deadline=None)
@given(voters=some_ballots, family=st.sampled_from(BOTH))
def test_shares_are_medians_with_phantoms_and_add_up_to_one(voters: list[tuple[Fraction, ...]], family: Family) -> None:
    number = len(voters)
    moment, shares = divided("abc", [named(own) for own in voters], family)
    assert sum(shares.values()) == 1
    if family == "independent_markets":
        made_up = [min(moment * (number - place), Fraction(1)) for place in range(number + 1)]
    else:
        made_up = [min(max(moment * (number + 1) - place, Fraction(0)), Fraction(1)) for place in range(number + 1)]
    for column, name in enumerate("abc"):
        assert shares[name] == median([*made_up, *(own[column] for own in voters)])


@settings(max_examples=1000, deadline=None)
@given(voters=some_ballots, lie=st.tuples(*[st.integers(0, 6)] * 3).filter(any), family=st.sampled_from(BOTH))
def test_no_untrue_vote_brings_the_division_nearer(
    voters: list[tuple[Fraction, ...]], lie: tuple[int, ...], family: Family
) -> None:
    truth = named(voters[0])
    honest = divided("abc", [named(own) for own in voters], family)[1]
    untrue = named(tuple(Fraction(one, sum(lie)) for one in lie))
    found = divided("abc", [untrue, *(named(own) for own in voters[1:])], family)[1]
    assert distance(truth, found) >= distance(truth, honest)


@settings(max_examples=1000, deadline=None)
@given(voters=some_ballots)
def test_utilitarian_shares_have_the_least_total_distance(voters: list[tuple[Fraction, ...]]) -> None:
    divisions = [named(own) for own in voters]
    shares = divided("abc", divisions, "utilitarian")[1]
    least = sum(distance(own, shares) for own in divisions)
    grid = [(a, b, 6 - a - b) for a, b in product(range(7), repeat=2) if a + b <= 6]
    tried = [named(tuple(Fraction(one, 6) for one in parts)) for parts in grid] + divisions
    assert all(sum(distance(own, other) for own in divisions) >= least for other in tried)
