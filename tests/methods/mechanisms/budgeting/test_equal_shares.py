"""Equal shares, quick and exact, against a naive way in plain fractions that asks every voter one by one."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.budgeting.completions import add_one, is_exhaustive, starting_endowment
from infracommons.methods.mechanisms.budgeting.election import Ballot, Election, Project
from infracommons.methods.mechanisms.budgeting.equal_shares import EqualShares


def naive(election: Election, endowment: Fraction, utility: str) -> list[tuple[str, Fraction]]:
    """Return what is bought and at which price of a unit of utility."""
    left = {ballot.voter: endowment * ballot.weight for ballot in election.ballots}
    worth = {
        ballot.voter: {
            project: ballot.weight * points * (election.cost[project] if utility == "cost" else 1)
            for project, points in ballot.points.items()
            if points
        }
        for ballot in election.ballots
    }
    bought: list[tuple[str, Fraction]] = []
    while True:
        prices = {}
        for project in election.projects:
            own = {voter: worth[voter][project.id] for voter in worth if project.id in worth[voter]}
            if not own or project.id in dict(bought) or sum(left[voter] for voter in own) < project.cost:
                continue
            prices[project.id] = price(project.cost, own, left)
        if not prices:
            return bought
        best = min(prices, key=lambda one: (prices[one], election.order[one]))
        bought.append((best, prices[best]))
        for voter, own in worth.items():
            left[voter] -= min(left[voter], prices[best] * own.get(best, 0))


def price(cost: int, worth: dict[str, Fraction], left: dict[str, Fraction]) -> Fraction:
    """Return the least rho with sum(min(left, rho * worth)) = cost: try each set of those who run out."""
    order = sorted(worth, key=lambda voter: left[voter] / worth[voter])
    for poor in range(len(order)):
        rest = sum(worth[voter] for voter in order[poor:])
        rho = (cost - sum((left[voter] for voter in order[:poor]), Fraction(0))) / rest
        if rho * worth[order[poor]] <= left[order[poor]]:
            return Fraction(rho)
    raise AssertionError


@st.composite
def elections(draw: st.DrawFn) -> Election:
    number = draw(st.integers(1, 6))
    costs = draw(st.lists(st.integers(1, 60), min_size=number, max_size=number))
    names = [f"p{place}" for place in range(number)]
    points = st.dictionaries(st.sampled_from(names), st.sampled_from([1, 1, 1, 2, 3]).map(Fraction), max_size=number)
    weights = st.sampled_from([Fraction(1), Fraction(1), Fraction(2), Fraction(1, 3)])
    said = draw(st.lists(st.tuples(points, weights), min_size=1, max_size=9))
    ballots = tuple(Ballot(f"v{place}", dict(sorted(p.items())), weight=w) for place, (p, w) in enumerate(said))
    projects = tuple(Project(name, cost) for name, cost in zip(names, costs, strict=True))
    return Election(draw(st.integers(0, 200)), projects, ballots, "points")


@settings(max_examples=1000, deadline=None)
@given(election=elections(), utility=st.sampled_from(["cost", "cardinality"]))
def test_it_buys_what_the_naive_way_buys_at_the_same_prices(election: Election, utility: str) -> None:
    endowment = starting_endowment(election, "exact")
    outcome = EqualShares(election, utility, "listed").run(endowment)  # type: ignore[arg-type]  # drawn from its values
    assert [(one.project, one.rho) for one in outcome.purchases] == naive(election, endowment, utility)
    weight = sum((ballot.weight for ballot in election.ballots), Fraction(0))
    assert sum(outcome.left.values(), Fraction(0)) == endowment * weight - election.total(outcome.projects)
    assert all(amount >= 0 for amount in outcome.left.values())


@settings(max_examples=300, deadline=None)
@given(election=elections(), stop=st.sampled_from(["overspend", "exhaustive"]))
def test_completion_by_one_ends_where_the_naive_way_ends(election: Election, stop: str) -> None:
    start, step = starting_endowment(election, "floor"), Fraction(1)
    done = add_one(EqualShares(election, "cost", "listed"), start, step, stop)  # type: ignore[arg-type]  # as above
    best, steps = naive(election, start, "cost"), 0
    supported = sum(1 for number in election.supporters.values() if number)
    while len(best) < supported and not (stop == "exhaustive" and is_exhaustive(election, [p for p, _ in best])):
        following = naive(election, start + (steps + 1) * step, "cost")
        if election.total([project for project, _ in following]) > election.budget:
            break
        best, steps = following, steps + 1
    assert list(done.outcome.projects) == [project for project, _ in best]
    least = min(ballot.weight for ballot in election.ballots)
    # Once one voter alone could pay for everything that fits, more steps change nothing and are not tried.
    assert done.steps == steps or done.outcome.endowment * least > election.budget
