"""The cluster formula against a slow one, written from the paper: members without a gift tie others together too."""

from fractions import Fraction
from itertools import combinations
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.quadratic.attacks import split_attack
from infracommons.methods.mechanisms.quadratic.gifts import Closeness, Gift, Round, Rules
from infracommons.methods.mechanisms.quadratic.rounds import allocate

PEOPLE = range(5)
thousand = settings(max_examples=1000, deadline=None)
memberships = st.lists(st.sets(st.sampled_from(PEOPLE), min_size=1), max_size=4)
gifts = st.lists(st.sampled_from([0, 0, 1, 2, 4, 9, 20]), min_size=5, max_size=5)


def rules(closeness: Closeness = "shares_a_group") -> Rules:
    return Rules("clusters", False, 0, None, "to_others", closeness=closeness, unit=1)  # noqa: FBT003


def round_of(groups: list[set[int]], given_by: list[int], pool: int = 10**9) -> Round:
    found = tuple(Gift(str(who), "p", amount) for who, amount in enumerate(given_by))
    members = {f"g{place}": {str(who): Fraction(1) for who in own} for place, own in enumerate(groups)}
    return Round(pool, ("p",), found, groups=members)


def slow_match(groups: list[set[int]], given_by: list[int], closeness: Closeness) -> float:
    """Return the match by the formula as it is printed; who is in no group is a group alone."""
    known = [*groups, *({who} for who in PEOPLE if not any(who in own for own in groups))]
    friends = {one: {other for own in known if one in own for other in own} for one in PEOPLE}

    def counts(one: int, towards: set[int]) -> float:
        if closeness == "shares_a_group":
            close = 1.0 if friends[one] & towards else 0.0
        else:
            close = 1.0 if one in towards else len(friends[one] & towards) / len(friends[one])
        return (close * sqrt(given_by[one]) + (1 - close) * given_by[one]) / sum(one in own for own in known)

    return sum(
        2 * sqrt(sum(counts(one, second) for one in first)) * sqrt(sum(counts(one, first) for one in second))
        for first, second in combinations(known, 2)
    )


@thousand
@given(groups=memberships, given_by=gifts, closeness=st.sampled_from(["shares_a_group", "share_of_friends"]))
def test_the_match_is_that_of_the_printed_formula(
    groups: list[set[int]], given_by: list[int], closeness: Closeness
) -> None:
    found = allocate(round_of(groups, given_by), rules(closeness))
    assert float(found.details["ideal_total"]) == pytest.approx(slow_match(groups, given_by, closeness), abs=1e-5)


def test_a_member_without_a_gift_ties_the_groups_of_two_donors_together() -> None:
    tied = allocate(round_of([{0, 2}, {1, 2}], [16, 16, 0, 0, 0]), rules()).details["ideal_total"]
    apart = allocate(round_of([{0, 3}, {1, 2}], [16, 16, 0, 0, 0]), rules()).details["ideal_total"]
    assert (tied, apart) == (8, 32)  # 2 sqrt(4 x 4), and 2 sqrt(16 x 16)


@thousand
@given(given_by=gifts, names=st.integers(2, 9))
def test_people_of_one_group_bring_each_other_nothing_however_many_names_they_take(
    given_by: list[int], names: int
) -> None:
    together = round_of([set(PEOPLE)], given_by)
    assert allocate(together, rules()).total == 0
    if given_by[0]:
        assert split_attack(together, rules(), "0", "p", names).gain == 0
