"""What certificates and losers say holds when it is tried out."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.methods.mechanisms.budgeting.elections import elections

from infracommons.methods.mechanisms.budgeting.allocate import (
    allocate_equal_shares,
    allocate_greedy,
    complete,
)
from infracommons.methods.mechanisms.budgeting.bos import bounded_overspending
from infracommons.methods.mechanisms.budgeting.checks import proportional
from infracommons.methods.mechanisms.budgeting.completions import starting_endowment
from infracommons.methods.mechanisms.budgeting.election import Ballot, Election, Project
from infracommons.methods.mechanisms.budgeting.equal_shares import EqualShares
from infracommons.methods.mechanisms.budgeting.greedy import Measure, greedy
from infracommons.methods.mechanisms.budgeting.groups import Utility, grouped
from infracommons.methods.mechanisms.budgeting.losers import greedy_losers
from infracommons.methods.mechanisms.budgeting.parameters import (
    EqualSharesParameters,
    GreedyParameters,
)
from infracommons.methods.mechanisms.budgeting.phragmen import phragmen
from infracommons.methods.mechanisms.budgeting.voters import shares_of_voters

UTILITIES: st.SearchStrategy[Utility] = st.sampled_from(["cost", "cardinality"])


@settings(max_examples=1000, deadline=None)
@given(election=elections(projects=4, voters=5), utility=UTILITIES)
def test_equal_shares_balances_is_priced_and_leaves_no_group_short(election: Election, utility: Utility) -> None:
    result = allocate_equal_shares(election, EqualSharesParameters(utility, "none"))
    names = ["budget", "conditions", "balance", "endowment", "price system", "EJR+ up to one project"]
    assert [name for name in names if not result.certificate[name].holds] == []
    assert result.total == election.total(result.selected) <= election.budget


@settings(max_examples=1000, deadline=None)
@given(election=elections(projects=4, voters=5), chosen=st.sets(st.integers(0, 3)), utility=UTILITIES)
def test_a_group_left_short_is_found_as_surely_as_by_trying_every_group(
    election: Election, chosen: set[int], utility: Utility
) -> None:
    won = [project for project, place in election.order.items() if place in chosen]
    endowment = Fraction(election.budget) / sum(ballot.weight for ballot in election.ballots)

    def worth(ballot: Ballot, project: str) -> Fraction:
        units = ballot.weight * ballot.points.get(project, Fraction(0))
        return units * election.cost[project] if utility == "cost" else units

    def is_short(project: str, group: tuple[Ballot, ...]) -> bool:
        price = election.cost[project] / sum(worth(one, project) for one in group)
        return all(
            price * (sum((worth(one, winner) for winner in won), Fraction(0)) + worth(one, project))
            <= endowment * one.weight
            for one in group
        )

    expected = not any(
        is_short(project, group)
        for project in election.cost
        if project not in won
        for size in range(1, len(election.ballots) + 1)
        for group in combinations([one for one in election.ballots if project in one.points], size)
    )
    assert proportional(election, grouped(election, utility), won).holds is expected


@settings(max_examples=1000, deadline=None)
@given(
    election=elections(projects=4, voters=5), measure=st.sampled_from(["votes", "votes_per_cost"]), skip=st.booleans()
)
def test_what_a_loser_of_the_greedy_rule_lacked_is_exact(election: Election, measure: Measure, *, skip: bool) -> None:
    chosen = greedy(election, measure, "listed", skip=skip)
    for project, found in greedy_losers(election, chosen, measure, "listed", skip=skip).items():
        cost, more = found["cost_that_would_have_won"], found["more_votes_needed"]

        def wins(votes: int, cost: int, project: str = project) -> bool:
            projects = tuple(Project(one.id, cost if one.id == project else one.cost) for one in election.projects)
            extra = (Ballot("extra", {project: Fraction(votes)}),) if votes else ()
            changed = Election(election.budget, projects, (*election.ballots, *extra), "points")
            return project in greedy(changed, measure, "listed", skip=skip)

        if cost is not None:
            assert wins(0, cost)
            assert cost + 1 == election.cost[project] or not wins(0, cost + 1)
        if more is not None:
            assert wins(more, election.cost[project])
            assert not wins(more - 1, election.cost[project])


@settings(max_examples=1000, deadline=None)
@given(election=elections(projects=3, voters=4), utility=UTILITIES, data=st.data())
def test_what_a_loser_of_equal_shares_lacked_is_enough_and_the_cost_exact(
    election: Election, utility: Utility, data: st.DataObject
) -> None:
    parameters = EqualSharesParameters(utility, "none")
    result = allocate_equal_shares(election, parameters)
    for project, found in result.losers.items():
        if "missing" not in found:
            continue
        best = found["cost_that_would_have_won"] or 0
        assert not best or project in _where_costs(election, project, best, parameters)
        for cost in {best + 1, best + data.draw(st.integers(1, 30))}:
            if cost < election.cost[project]:
                assert project not in _where_costs(_listed_last(election, project), project, cost, parameters)
        if number := found["more_supporters_enough"]:
            left = _left(election, parameters)
            rich = sorted(
                (one for one in election.ballots if project not in one.points), key=lambda one: -left[one.voter]
            )
            joined = {ballot.voter for ballot in rich[:number]}
            ballots = tuple(
                Ballot(one.voter, {**one.points, project: Fraction(1)}, weight=one.weight)
                if one.voter in joined
                else one
                for one in election.ballots
            )
            changed = Election(election.budget, election.projects, ballots, "points")
            assert project in allocate_equal_shares(changed, parameters).selected


def _listed_last(election: Election, project: str) -> Election:
    """Return the vote where the project loses every tie."""
    order = sorted(election.projects, key=lambda one: one.id == project)
    return replace(election, projects=tuple(order))


def _where_costs(election: Election, project: str, cost: int, parameters: EqualSharesParameters) -> tuple[str, ...]:
    projects = tuple(Project(one.id, cost if one.id == project else one.cost) for one in election.projects)
    changed = Election(election.budget, projects, election.ballots, "points")
    endowment = Fraction(election.budget) / sum(ballot.weight for ballot in election.ballots)
    return EqualShares(changed, parameters.utility, "listed").run(endowment).projects


def _left(election: Election, parameters: EqualSharesParameters) -> dict[str, Fraction]:
    endowment = Fraction(election.budget) / sum(ballot.weight for ballot in election.ballots)
    return dict(EqualShares(election, parameters.utility, "listed").run(endowment).left)


@settings(max_examples=1000, deadline=None)
@given(election=elections(), data=st.data())
def test_money_spent_on_behalf_of_voters_is_what_supported_winners_cost(
    election: Election, data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.sampled_from(list(election.cost))))
    supported = [project for project in chosen if election.supporters[project]]
    spent = sum(shares_of_voters(election, sorted(chosen)).values(), Fraction(0))
    assert spent == election.total(supported)


@settings(max_examples=1000, deadline=None)
@given(election=elections(projects=4, voters=4), utility=UTILITIES)
def test_two_voters_alike_are_one_voter_of_twice_the_weight(election: Election, utility: Utility) -> None:
    first, *others = election.ballots
    twins = (first, Ballot("twin", first.points, weight=first.weight), *others)
    one = (Ballot(first.voter, first.points, weight=2 * first.weight), *others)
    assert _outcomes(replace(election, ballots=twins), utility) == _outcomes(replace(election, ballots=one), utility)


@settings(max_examples=1000, deadline=None)
@given(election=elections(projects=4, voters=4), utility=UTILITIES)
def test_a_project_that_nobody_supports_changes_nothing(election: Election, utility: Utility) -> None:
    more = replace(election, projects=(*election.projects, Project("unloved", 1)))
    assert _outcomes(election, utility) == _outcomes(more, utility)


def _outcomes(election: Election, utility: Utility) -> list[tuple[str, ...]]:
    endowment = starting_endowment(election, "exact")
    return [
        complete(EqualShares(election, utility, "listed"), EqualSharesParameters(utility, "utilitarian")).projects,
        bounded_overspending(election, utility, "listed", endowment).projects,
        tuple(one.project for one in phragmen(election, "listed")),
        greedy(election, "votes", "listed", skip=False),
    ]


def test_a_larger_budget_can_cost_a_winner_its_place() -> None:
    """Equal shares is not monotone in the budget: theory says so, and here it is seen."""
    names = {"a": 4, "b": 3, "c": 3}
    found = [
        (small, large)
        for small in range(1, 12)
        for large in range(small + 1, 13)
        for ballots in (("ab", "ac", "bc"), ("ab", "b", "ac", "c"), ("a", "ab", "bc", "c"))
        if not set(_won(names, ballots, small)) <= set(_won(names, ballots, large))
    ]
    assert found


def _won(costs: dict[str, int], ballots: tuple[str, ...], budget: int) -> tuple[str, ...]:
    said = tuple(Ballot(str(place), dict.fromkeys(names, Fraction(1))) for place, names in enumerate(ballots))
    vote = Election(budget, tuple(Project(name, cost) for name, cost in costs.items()), said)
    return allocate_equal_shares(vote, EqualSharesParameters("cost", "none")).selected


def test_completing_by_utility_breaks_the_price_system_and_says_for_which_projects() -> None:
    vote = Election(10, (Project("a", 6),), (Ballot("x", {"a": Fraction(1)}), Ballot("y", {})))
    result = allocate_equal_shares(vote, EqualSharesParameters("cost", "utilitarian"))
    assert result.selected == ("a",)
    check = result.certificate["price system"]
    assert check.holds is False
    assert check.witness == {"not_paid_by_voters": ["a"]}


@pytest.mark.parametrize("skip", [True, False])
def test_an_outcome_beside_which_something_fits_is_not_called_exhaustive(*, skip: bool) -> None:
    vote = Election(10, (Project("a", 6), Project("b", 4)), (Ballot("x", {"a": Fraction(1)}),))
    check = allocate_greedy(vote, GreedyParameters("votes", skip=skip)).certificate["exhaustive"]
    assert check.holds is False
    assert check.witness == {"would_fit": ["b"], "of_these_voted_for": []}
