"""Exact equal shares: the same as the naive way, and between two changes nothing changes."""

from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.methods.mechanisms.budgeting.elections import elections

from infracommons.methods.mechanisms.budgeting.allocate import allocate_exact
from infracommons.methods.mechanisms.budgeting.completions import is_exhaustive, starting_endowment
from infracommons.methods.mechanisms.budgeting.election import Ballot, Election, Project
from infracommons.methods.mechanisms.budgeting.exact_shares import (
    ExactCompletion,
    ExactOutcome,
    ExactShares,
    ExactUtility,
    raised,
)
from infracommons.methods.mechanisms.budgeting.parameters import ExactParameters

UTILITIES = st.sampled_from(get_args(ExactUtility))
FEW_STEPS = 400


def naive(election: Election, utility: str, endowment: Fraction) -> list[tuple[str, Fraction]]:
    """Buy by trying, for each project, every crowd of its richest supporters."""
    money = {ballot.voter: endowment for ballot in election.ballots}  # for a unit of weight
    bought: list[tuple[str, Fraction]] = []
    while True:
        offers = []
        for place, project in enumerate(election.projects):
            own = [ballot for ballot in election.ballots if project.id in ballot.names]
            if project.id in dict(bought) or not own:
                continue
            for least in {money[ballot.voter] for ballot in own}:
                crowd = [ballot for ballot in own if money[ballot.voter] >= least]
                weight = sum((ballot.weight for ballot in crowd), Fraction(0))
                if project.cost <= least * weight:
                    worth = weight * (project.cost if utility == "cost" else 1) / project.cost
                    offers.append((-worth, place, project, crowd, weight))
        if not offers:
            return bought
        _, _, project, crowd, weight = min(offers, key=lambda offer: offer[:2])
        bought.append((project.id, project.cost / weight))
        for ballot in crowd:
            money[ballot.voter] -= project.cost / weight


def bought_by(outcome: ExactOutcome) -> list[tuple[str, Fraction]]:
    return [(one.project, one.part) for one in outcome.purchases]


@settings(max_examples=1000, deadline=None)
@given(election=elections(), utility=UTILITIES)
def test_it_buys_what_the_naive_way_buys_at_the_same_prices(election: Election, utility: ExactUtility) -> None:
    endowment = starting_endowment(election, "exact")
    assert bought_by(ExactShares(election, utility, "listed").run(endowment)) == naive(election, utility, endowment)


@settings(max_examples=1000, deadline=None)
@given(election=elections(), utility=UTILITIES)
def test_with_less_more_money_than_the_next_change_takes_nothing_changes(
    election: Election, utility: ExactUtility
) -> None:
    endowment = starting_endowment(election, "exact")
    shares = ExactShares(election, utility, "listed")
    outcome = shares.run(endowment)
    by = shares.next_change(outcome)
    if by is None:
        assert len(outcome.projects) == len(shares.backers)
        assert bought_by(shares.run(endowment + 1000)) == bought_by(outcome)
        return
    later = shares.next_change(outcome, of_winners=False)
    assert later is None or later >= by
    for part in (Fraction(1, 3), Fraction(999, 1000)):
        assert bought_by(shares.run(endowment + by * part)) == bought_by(outcome)
    assert bought_by(shares.run(endowment + by)) != bought_by(outcome)


@settings(max_examples=1000, deadline=None)
@given(election=elections(projects=3, voters=3), utility=UTILITIES, stop=st.sampled_from(["overspend", "exhaustive"]))
def test_completion_by_one_ends_where_the_naive_way_ends(election: Election, utility: ExactUtility, stop: str) -> None:
    endowment, steps = starting_endowment(election, "exact"), 0
    best = [project for project, _ in naive(election, utility, endowment)]
    supported = [one for one, number in election.supporters.items() if number]
    while len(best) < len(supported) and not (stop == "exhaustive" and is_exhaustive(election, best)):
        following = [project for project, _ in naive(election, utility, endowment + 1)]
        if election.total(following) > election.budget:
            break
        best, endowment, steps = following, endowment + 1, steps + 1
        assume(steps < FEW_STEPS)
    rules = ExactParameters(utility, "add_one", Fraction(1), "overspend" if stop == "overspend" else "exhaustive")
    assert list(allocate_exact(election, rules).selected) == best


@settings(max_examples=1000, deadline=None)
@given(election=elections(projects=3, voters=3, approval=True), utility=UTILITIES)
def test_money_is_neither_made_nor_lost_and_no_completion_overspends(election: Election, utility: ExactUtility) -> None:
    for completion in get_args(ExactCompletion):
        result = allocate_exact(election, ExactParameters(utility, completion))
        assert result.certificate["balance"].holds
        assert result.certificate["endowment"].holds
        assert result.certificate["budget"].holds


def test_a_small_vote_is_counted_as_by_hand() -> None:
    """Three pay 6 each for y; then a has 3 of 9 left, too little for x until everyone has 6 more."""
    election = Election(
        30,
        (Project("x", 9), Project("y", 18)),
        (Ballot("a", {"x": Fraction(1), "y": Fraction(1)}), *(Ballot(v, {"y": Fraction(1)}) for v in "bc")),
    )
    shares = ExactShares(election, "cost", "listed")
    outcome, steps = raised(shares, Fraction(9), "none", Fraction(1), "overspend")
    assert bought_by(outcome) == [("y", Fraction(6))]
    assert list(outcome.left) == [Fraction(3)] * 2
    assert steps == 0
    assert shares.lacking("x", outcome) == 6
    richer, _ = raised(shares, Fraction(9), "add_opt", Fraction(1), "overspend")
    assert bought_by(richer) == [("y", Fraction(6)), ("x", Fraction(9))]
    assert richer.endowment == 15


@pytest.mark.parametrize("completion", ["none", "add_opt"])
def test_no_ballots_buy_nothing(completion: str) -> None:
    election = Election(10, (Project("x", 5),), ())
    rules = ExactParameters("cost", "none" if completion == "none" else "add_opt")
    assert allocate_exact(election, rules).selected == ()
