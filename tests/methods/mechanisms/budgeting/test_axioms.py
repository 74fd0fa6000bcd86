"""What does not matter to a rule, what can only help a winner, and where theory says that this fails."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.methods.mechanisms.budgeting.elections import elections

from infracommons.methods.mechanisms.budgeting.bos import bounded_overspending
from infracommons.methods.mechanisms.budgeting.completions import starting_endowment
from infracommons.methods.mechanisms.budgeting.election import Ballot, Election, Project
from infracommons.methods.mechanisms.budgeting.equal_shares import EqualShares
from infracommons.methods.mechanisms.budgeting.greedy import greedy
from infracommons.methods.mechanisms.budgeting.phragmen import phragmen
from infracommons.methods.mechanisms.budgeting.ties import TieBreak

Rule = Callable[[Election, TieBreak], Sequence[str]]


def _equal_shares(election: Election, tie_break: TieBreak) -> Sequence[str]:
    return EqualShares(election, "cost", tie_break).run(starting_endowment(election, "exact")).projects


def _bounded(election: Election, tie_break: TieBreak) -> Sequence[str]:
    return bounded_overspending(election, "cost", tie_break, starting_endowment(election, "exact")).projects


def _phragmen(election: Election, tie_break: TieBreak) -> Sequence[str]:
    return [one.project for one in phragmen(election, tie_break)]


def _greedy(election: Election, tie_break: TieBreak) -> Sequence[str]:
    return greedy(election, "votes", tie_break, skip=True)


RULES: list[Rule] = [_equal_shares, _bounded, _phragmen, _greedy]
EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.strip("_"))


@EVERY_RULE
@settings(max_examples=1000, deadline=None)
@given(data=st.data(), election=elections(projects=4, voters=5))
def test_neither_who_votes_nor_in_which_order_anything_is_listed_matters(
    rule: Rule, data: st.DataObject, election: Election
) -> None:
    ballots = data.draw(st.permutations(election.ballots))
    renamed = tuple(replace(ballot, voter=f"w{place}") for place, ballot in enumerate(ballots))
    projects = tuple(data.draw(st.permutations(election.projects)))
    other = replace(election, ballots=renamed, projects=projects)
    assert set(rule(other, "name")) == set(rule(election, "name"))


@EVERY_RULE
@settings(max_examples=1000, deadline=None)
@given(election=elections(projects=4, voters=5), factor=st.integers(2, 100))
def test_the_unit_of_money_changes_no_winner(rule: Rule, election: Election, factor: int) -> None:
    dearer = tuple(replace(project, cost=project.cost * factor) for project in election.projects)
    scaled = replace(election, budget=election.budget * factor, projects=dearer)
    assert list(rule(scaled, "listed")) == list(rule(election, "listed"))


@settings(max_examples=1000, deadline=None)
@given(data=st.data(), election=elections(projects=5, voters=5))
def test_a_winner_of_the_greedy_rule_that_becomes_cheaper_still_wins(data: st.DataObject, election: Election) -> None:
    won = _greedy(election, "listed")
    for winner in won[:1]:
        cost = data.draw(st.integers(1, election.cost[winner]))
        assert winner in _greedy(_with_cost(election, winner, cost), "listed")


@settings(max_examples=1000, deadline=None)
@given(election=elections(projects=5, voters=5), more=st.integers(1, 30))
def test_without_skipping_more_money_takes_nothing_from_the_greedy_rule(election: Election, more: int) -> None:
    small = greedy(election, "votes", "listed", skip=False)
    large = greedy(replace(election, budget=election.budget + more), "votes", "listed", skip=False)
    assert large[: len(small)] == small


@settings(max_examples=1000, deadline=None)
@given(election=elections(projects=5, voters=5), seats=st.integers(1, 4))
def test_phragmen_elects_a_larger_committee_around_the_smaller(election: Election, seats: int) -> None:
    unit = replace(election, projects=tuple(replace(project, cost=1) for project in election.projects))
    small, large = (_phragmen(replace(unit, budget=size), "listed") for size in (seats, seats + 1))
    assert list(large[: len(small)]) == list(small)


def test_skipping_makes_the_greedy_rule_lose_a_winner_to_more_money() -> None:
    vote = _vote(10, {"a": 11, "b": 10}, ("a", "a", "b"))
    assert _greedy(vote, "listed") == ("b",)
    assert _greedy(replace(vote, budget=11), "listed") == ("a",)


def test_equal_shares_elects_a_larger_committee_without_a_member_of_the_smaller() -> None:
    """Theory says that it is not monotone in the number of seats; here, by hand.

    After `a` and `b` the third voter has nothing left of three seats, and the second pays for `c` alone; of four seats
    a third of one is left, with which `d` is cheaper for both.
    """
    seats = {size: _vote(size, dict.fromkeys("abcd", 1), ("ab", "cd", "abd")) for size in (3, 4)}
    assert list(_equal_shares(seats[3], "listed")) == ["a", "b", "c"]
    assert list(_equal_shares(seats[4], "listed")) == ["a", "b", "d"]


def _vote(budget: int, costs: dict[str, int], said: Sequence[str]) -> Election:
    ballots = tuple(Ballot(f"v{place}", dict.fromkeys(names, Fraction(1))) for place, names in enumerate(said))
    return Election(budget, tuple(Project(name, cost) for name, cost in costs.items()), ballots)


def _with_cost(election: Election, project: str, cost: int) -> Election:
    return replace(
        election, projects=tuple(replace(one, cost=cost) if one.id == project else one for one in election.projects)
    )
