"""For each project that did not win: how far away it was, and what would have been enough."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from infracommons.methods.mechanisms.budgeting.bos import Bounded
from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.equal_shares import EqualShares, Outcome
from infracommons.methods.mechanisms.budgeting.exact_shares import ExactOutcome, ExactShares
from infracommons.methods.mechanisms.budgeting.greedy import Measure, place, worth
from infracommons.methods.mechanisms.budgeting.optimal import Score, optimal, votes_of
from infracommons.methods.mechanisms.budgeting.phragmen import Bought
from infracommons.methods.mechanisms.budgeting.purses import Purses
from infracommons.methods.mechanisms.budgeting.ties import TieBreak, tie_rank
from infracommons.methods.mechanisms.budgeting.voters import shown
from infracommons.methods.result import MethodInputError

Losers = Mapping[str, Mapping[str, Any]]
_MOST_TRIED = 40  # costs below the largest that floats allow; below these the answer is "none was found"
_UNSURE = 1e-6  # relative; what floats are wrong by is a thousandth of it


def greedy_losers(
    election: Election, chosen: Sequence[str], measure: Measure, tie_break: TieBreak, *, skip: bool
) -> Losers:
    """Return for each loser the most that it could have cost, and the fewest whole votes more; None: none suffices.

    Exact: a lower cost or more votes only move a project forward, where more of the budget is left.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for project in election.cost:
        if project in chosen:
            continue
        run = _Without(election, project, measure, tie_break, skip=skip)
        votes, cost = election.votes[project], election.cost[project]
        top = int(max(election.votes.values(), default=Fraction(0))) * max(1, cost) + 1
        more = _least(top, lambda number, run=run, votes=votes, cost=cost: run.wins(votes + number, cost))
        lower = _least(cost, lambda number, run=run, votes=votes, cost=cost: run.wins(votes, cost - number))
        found[project] = {
            "votes": votes,
            "more_votes_needed": more,
            "cost_that_would_have_won": None if lower is None or not votes else cost - lower,
            "kept_out_by_conditions": not _is_free(election, chosen, project),
        }
    return found


def _least(top: int, holds: Any) -> int | None:  # noqa: ANN401 - a test of a whole number, true from some number on
    """Return the least number up to `top` for which it holds."""
    if not holds(top):
        return None
    low, high = 0, top
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


class _Without:
    """A greedy count without one project: what it would have met at each place in the order."""

    def __init__(self, election: Election, project: str, measure: Measure, tie_break: TieBreak, *, skip: bool) -> None:
        self._election, self._project, self._measure, self._tie_break = election, project, measure, tie_break
        others = [one for one in election.cost if one != project and election.votes[one]]
        self._order = sorted(others, key=lambda one: place(election, one, measure, tie_break))
        self._places = [place(election, one, measure, tie_break) for one in self._order]
        self._before: list[list[str]] = [[]]  # what is chosen before the project of that place is looked at
        for one in self._order:
            chosen = self._before[-1]
            if election.allows(chosen, one):
                chosen = [*chosen, one]
            elif not skip:
                break
            self._before.append(chosen)

    def wins(self, votes: Fraction, cost: int) -> bool:
        """Return whether the project wins with these votes and this cost."""
        first, value = worth(votes, cost, self._measure)
        rank = tie_rank(self._project, self._election, self._tie_break)
        if self._tie_break == "more_votes":
            rank = (-votes, *rank[1:])
        if self._tie_break in {"lower_cost", "higher_cost"}:
            rank = (Fraction(cost if self._tie_break == "lower_cost" else -cost), *rank[1:])
        number = int(sum(1 for other in self._places if other < (not first, -value, *rank)))
        if not votes or number >= len(self._before):
            return False
        chosen, rules = self._before[number], self._election.constraints
        if self._election.supporters[self._project] < rules.minimum_votes:
            return False
        fits = self._election.total(chosen) + cost <= self._election.budget
        return fits and _is_free(self._election, chosen, self._project)


def _is_free(election: Election, chosen: Sequence[str], project: str) -> bool:
    """Return whether quotas and exclusions let the project stand beside these, at its own cost."""
    return election.keeps_rules([*chosen, project])


def equal_shares_losers(shares: EqualShares, outcome: Outcome, chosen: Sequence[str]) -> Losers:
    """Return for each loser what its supporters have left, and a cost and a number of supporters that suffice.

    Both are about the count at the last endowment: a completion, which could end elsewhere, is not run again. The cost
    is the largest: one more and the project loses, or wins by a tie alone. The supporters are the fewest
    found: other voters, those with most left first, who would have had to support it too.
    """
    losers = [one for one in shares.groups.sides if one not in chosen]
    nearly = _nearly_bought(shares, outcome.endowment, losers)
    amounts = outcome.purses.amounts()
    order = sorted(range(len(amounts)), key=amounts.__getitem__, reverse=True)
    rich = [(group, amounts[group], len(outcome.groups.members[group])) for group in order if amounts[group]]
    found: dict[str, Mapping[str, Any]] = {}
    for project in shares.election.cost:
        if project in chosen:
            continue
        backers = set(shares.groups.sides[project].groups.tolist()) if project in shares.groups.sides else set()
        money = outcome.purses.together(project) if backers else Fraction(0)
        cost = shares.election.cost[project]
        others = ((amount, voters) for group, amount, voters in rich if group not in backers)
        found[project] = {
            "supporters": shares.election.supporters[project],
            "supporters_money_left": money,
            "missing": max(Fraction(0), cost - money),
            "cost_that_would_have_won": _largest(shares, outcome, project, nearly.get(project, 0.0)),
            "more_supporters_enough": _enough(cost - money, others),
            "would_fit_the_budget": shares.election.total(chosen) + cost <= shares.election.budget,
            "kept_out_by_conditions": not _is_free(shares.election, chosen, project)
            or shares.election.supporters[project] < shares.election.constraints.minimum_votes,
        }
    return found


def _enough(missing: Fraction, others: Iterable[tuple[Fraction, int]]) -> int | None:
    """Return how many of the richest other voters have together what is missing; None where all do not."""
    number = 0
    for amount, voters in others:
        if missing <= 0:
            break
        taken = min(voters, -(-missing // amount))
        number += taken
        missing -= taken * amount
    return number if missing <= 0 else None


def _nearly_bought(shares: EqualShares, endowment: Fraction, losers: Sequence[str]) -> Mapping[str, float]:
    """Return nearly the largest cost at which each loser would have been bought before something else was."""
    best = dict.fromkeys(losers, 0.0)

    def look(purses: Purses, rho: Fraction | None) -> None:
        for project in losers:
            most = purses.nearly_raised(project, None)
            if rho is None:
                best[project] = max(best[project], most)
            elif most > best[project]:
                best[project] = max(best[project], _largest_at(shares, purses, project, float(rho)))

    shares.run(endowment, look)
    return best


def _largest_at(shares: EqualShares, purses: Purses, project: str, price: float) -> float:
    """Return nearly the largest cost of a project that supporters can pay at this price of a unit of utility."""
    if shares.utility == "cost":
        return purses.largest_cost(project, price, shares.election.cost[project])
    return purses.nearly_raised(project, price)


def _largest(shares: EqualShares, outcome: Outcome, project: str, nearly: float) -> int | None:
    """Return the largest whole cost below its own at which the project is bought; None where none was found.

    Floats say where to begin; the count is run again to see, for ties can put another first.
    """
    most = shares.election.cost[project] - 1
    top = min(int(nearly + max(1.0, nearly) * _UNSURE), most)
    for cost in range(top, max(0, top - _MOST_TRIED), -1):
        if project in _anew(shares, project, cost).run(outcome.endowment).projects:
            return cost
    return None


def _anew(shares: EqualShares, project: str, cost: int) -> EqualShares:
    """Return the same count where one project costs something else."""
    cheaper = shares.where_costs(project, cost)
    if cheaper is not None:
        return cheaper
    projects = tuple(replace(one, cost=cost) if one.id == project else one for one in shares.election.projects)
    return EqualShares(replace(shares.election, projects=projects), shares.utility, shares.tie_break)


def optimal_losers(election: Election, chosen: Sequence[str], score: Score) -> Losers:
    """Return for each loser how many votes the best outcome with it has less; so many more, and one, make it win.

    None where no outcome that keeps the conditions has it. Exact: one more programme is solved for each.
    """
    best = votes_of(election, chosen, score)
    found: dict[str, Mapping[str, Any]] = {}
    for project in election.cost:
        if project in chosen:
            continue
        try:
            with_it = optimal(election, score, must_win=project)
        except MethodInputError:
            found[project] = {"votes": election.votes[project], "less_with_it": None}
            continue
        found[project] = {"votes": election.votes[project], "less_with_it": best - votes_of(election, with_it, score)}
    return found


def phragmen_losers(election: Election, bought: Sequence[Bought]) -> Losers:
    """Return for each loser when its turn would have come, next to when the count ended; None: it has no supporter."""
    ended = bought[-1].moment if bought else Fraction(0)
    last = {ballot.voter: Fraction(0) for ballot in election.ballots}
    for one in bought:
        for ballot in election.ballots:
            if one.project in ballot.names:
                last[ballot.voter] = one.moment
    chosen = [one.project for one in bought]
    found: dict[str, Mapping[str, Any]] = {}
    for project, cost in election.cost.items():
        if project in chosen:
            continue
        own = [ballot for ballot in election.ballots if project in ballot.names]
        weight = sum((ballot.weight for ballot in own), Fraction(0))
        debt = sum((ballot.weight * last[ballot.voter] for ballot in own), Fraction(0))
        turn = (cost + debt) / weight if weight else None
        found[project] = {
            "earned_at_its_turn": None if turn is None else shown(turn, election.scale),
            "earned_at_the_last_purchase": shown(ended, election.scale),
            "would_fit_the_budget": election.total(chosen) + cost <= election.budget,
        }
    return found


def bounded_losers(election: Election, outcome: Bounded, chosen: Sequence[str]) -> Losers:
    """Return for each loser what its supporters have left, and whether the rest of the budget would hold it."""
    room = election.budget - election.total(chosen)
    found: dict[str, Mapping[str, Any]] = {}
    for project, cost in election.cost.items():
        if project in chosen:
            continue
        side = outcome.groups.sides.get(project)
        groups = side.groups.tolist() if side else []
        money = sum((outcome.left[group] * int(outcome.groups.count[group]) for group in groups), Fraction(0))
        found[project] = {
            "supporters_money_left": shown(money, election.scale),
            "would_fit_the_budget": cost <= room,
            "cost_over_what_is_left_of_the_budget": max(0, cost - room),
        }
    return found


def exact_losers(shares: ExactShares, outcome: ExactOutcome, chosen: Sequence[str]) -> Losers:
    """Return for each loser how much more each supporter would have needed at the end; None: it has no supporter."""
    election, scale = shares.election, shares.election.scale
    found: dict[str, Mapping[str, Any]] = {}
    for project, cost in election.cost.items():
        if project in chosen:
            continue
        lacking = shares.lacking(project, outcome)
        found[project] = {
            "supporters": election.supporters[project],
            "more_for_each_supporter_enough": None if lacking is None else shown(lacking, scale),
            "would_fit_the_budget": election.total(chosen) + cost <= election.budget,
            "kept_out_by_conditions": election.bars(chosen, project),
        }
    return found
