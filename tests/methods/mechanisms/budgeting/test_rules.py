"""Each rule against a slow and plain way, on small votes."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.methods.mechanisms.budgeting.elections import elections

from infracommons.methods.mechanisms.budgeting.bos import bounded_overspending
from infracommons.methods.mechanisms.budgeting.completions import starting_endowment, utilitarian
from infracommons.methods.mechanisms.budgeting.election import Ballot, Constraints, Election, Project
from infracommons.methods.mechanisms.budgeting.equal_shares import EqualShares
from infracommons.methods.mechanisms.budgeting.greedy import Measure, greedy
from infracommons.methods.mechanisms.budgeting.optimal import Score, optimal, votes_of
from infracommons.methods.mechanisms.budgeting.phragmen import phragmen


@settings(max_examples=1000, deadline=None)
@given(election=elections(), measure=st.sampled_from(["votes", "votes_per_cost"]), skip=st.booleans())
def test_greedy_takes_what_is_best_again_and_again(election: Election, measure: Measure, *, skip: bool) -> None:
    chosen: list[str] = []
    left = [project for project in election.cost if election.votes[project]]
    while left:
        best = max(left, key=lambda one: election.votes[one] / (1 if measure == "votes" else election.cost[one]))
        left.remove(best)
        if election.total([*chosen, best]) <= election.budget:
            chosen.append(best)
        elif not skip:
            break
    assert list(greedy(election, measure, "listed", skip=skip)) == chosen


@settings(max_examples=1000, deadline=None)
@given(election=elections(), score=st.sampled_from(["votes", "proportional"]), data=st.data())
def test_no_outcome_that_keeps_the_conditions_has_more_than_the_optimal_one(
    election: Election, score: Score, data: st.DataObject
) -> None:
    names = list(election.cost)
    rules = Constraints(
        quotas={"green": data.draw(st.integers(0, 60))},
        exclusive=tuple(data.draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=1))),
        minimum_votes=data.draw(st.integers(0, 2)),
    )
    projects = tuple(
        Project(one.id, one.cost, ("green",) if place % 2 else ()) for place, one in enumerate(election.projects)
    )
    vote = Election(election.budget, projects, election.ballots, election.kind, rules)
    best = max(votes_of(vote, outcome, score) for outcome in _outcomes(vote))
    assert votes_of(vote, optimal(vote, score), score) == best


def _outcomes(election: Election) -> list[Sequence[str]]:
    found: list[Sequence[str]] = []
    for number in range(len(election.cost) + 1):
        for chosen in combinations(election.cost, number):
            enough = all(election.supporters[one] >= election.constraints.minimum_votes for one in chosen)
            if enough and election.total(chosen) <= election.budget and election.keeps_rules(chosen):
                found.append(chosen)
    return found


@settings(max_examples=1000, deadline=None)
@given(election=elections())
def test_phragmen_buys_what_voters_who_earn_step_by_step_buy(election: Election) -> None:
    purse = {ballot.voter: Fraction(0) for ballot in election.ballots}
    backers = {
        project: [ballot for ballot in election.ballots if project in ballot.names]
        for project in election.cost
        if election.supporters[project] and election.cost[project] <= election.budget
    }
    chosen: list[str] = []
    while backers:
        waits = {
            project: max(Fraction(0), election.cost[project] - sum((purse[one.voter] for one in own), Fraction(0)))
            / sum((one.weight for one in own), Fraction(0))
            for project, own in backers.items()
        }
        first = min(waits, key=lambda project: waits[project])
        if election.total([*chosen, first]) > election.budget:
            break
        chosen.append(first)
        for ballot in election.ballots:
            purse[ballot.voter] += waits[first] * ballot.weight
        for ballot in backers.pop(first):
            purse[ballot.voter] = Fraction(0)
    assert [one.project for one in phragmen(election, "listed")] == chosen


@settings(max_examples=1000, deadline=None)
@given(election=elections(), utility=st.sampled_from(["cost", "cardinality"]))
def test_bounded_overspending_buys_what_trying_every_price_buys(election: Election, utility: str) -> None:
    endowment = starting_endowment(election, "exact")
    money = {ballot.voter: endowment * ballot.weight for ballot in election.ballots}
    chosen: list[str] = []
    while True:
        offers = []
        for project in election.projects:
            own = {
                ballot.voter: ballot.weight * ballot.points[project.id] * (project.cost if utility == "cost" else 1)
                for ballot in election.ballots
                if project.id in ballot.points and money[ballot.voter]
            }
            if own and election.allows(chosen, project.id):
                offers += [
                    (*offer, election.order[project.id], project.id) for offer in _offers(project.cost, own, money)
                ]
        if not offers:
            break
        ratio, _, rho, _, best = min(offers, key=lambda offer: (offer[0], offer[3]))
        rho = min((offer[1], offer[2]) for offer in offers if offer[0] == ratio and offer[4] == best)[1]
        chosen.append(best)
        for ballot in election.ballots:
            units = (
                ballot.weight * ballot.points.get(best, Fraction(0)) * (election.cost[best] if utility == "cost" else 1)
            )
            money[ballot.voter] = max(Fraction(0), money[ballot.voter] - rho * units)
    found = bounded_overspending(election, utility, "listed", endowment)  # type: ignore[arg-type]  # drawn from its values
    assert list(found.projects) == chosen
    assert election.total(chosen) <= election.budget


def _offers(
    cost: int, worth: dict[str, Fraction], money: dict[str, Fraction]
) -> list[tuple[Fraction, Fraction, Fraction]]:
    """Return (ratio, -alpha, rho) for every price at which a voter runs out, and that at which all is covered."""
    prices = {money[voter] / units for voter, units in worth.items()}
    for poor in prices:
        spent = sum((money[v] for v, units in worth.items() if money[v] < poor * units), Fraction(0))
        rest = sum(units for v, units in worth.items() if money[v] >= poor * units)
        if spent < cost:
            prices = prices | {(cost - spent) / rest}
    found = []
    for price in prices:
        gives = sum((min(money[voter], price * units) for voter, units in worth.items()), Fraction(0))
        alpha = min(gives / cost, Fraction(1))
        found.append((price / alpha**2, -alpha, price / alpha))
    return found


@settings(max_examples=1000, deadline=None)
@given(election=elections(), utility=st.sampled_from(["cost", "cardinality"]))
def test_completion_by_utility_adds_the_best_that_fits_until_nothing_fits(election: Election, utility: str) -> None:
    shares = EqualShares(election, utility, "listed")  # type: ignore[arg-type]  # drawn from its values
    chosen = list(shares.run(starting_endowment(election, "exact")).projects)
    first = len(chosen)
    while fitting := [one for one in election.cost if election.allows(chosen, one) and election.votes[one]]:
        chosen.append(
            max(fitting, key=lambda one: election.votes[one] / (1 if utility == "cost" else election.cost[one]))
        )
    assert utilitarian(election, chosen[:first], utility, "listed") == tuple(chosen[first:])  # type: ignore[arg-type]  # as above


def test_without_skipping_the_first_project_that_does_not_fit_ends_the_count() -> None:
    ballots = tuple(Ballot(str(place), dict.fromkeys("abc"[: 3 - place], Fraction(1))) for place in range(3))
    election = Election(10, (Project("a", 6), Project("b", 6), Project("c", 4)), ballots)
    assert greedy(election, "votes", "listed", skip=False) == ("a",)
    assert greedy(election, "votes", "listed", skip=True) == ("a", "c")
