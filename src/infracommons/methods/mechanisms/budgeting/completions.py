"""What the method of equal shares does with money that is left over: every way, each named, none by default."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, Protocol

from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.equal_shares import EqualShares, Outcome
from infracommons.methods.mechanisms.budgeting.greedy import Measure, ranked
from infracommons.methods.mechanisms.budgeting.groups import Utility
from infracommons.methods.mechanisms.budgeting.phragmen import phragmen
from infracommons.methods.mechanisms.budgeting.purses import Purses
from infracommons.methods.mechanisms.budgeting.ties import TieBreak
from infracommons.methods.result import refuse

Completion = Literal["none", "add_one", "utilitarian", "add_one_utilitarian", "phragmen"]
Stop = Literal["overspend", "exhaustive"]
Start = Literal["exact", "floor"]
_MOST_COUNTS = 100_000


@dataclass(frozen=True)
class Completed:
    """An outcome with how it was completed: endowments tried beyond the first, and what was added at the end."""

    outcome: Outcome
    steps: int
    added: tuple[str, ...]

    @property
    def projects(self) -> tuple[str, ...]:
        """All winners, in the order in which they won."""
        return (*self.outcome.projects, *self.added)


def starting_endowment(election: Election, start: Start) -> Fraction:
    """Return the equal part of the budget of a voter of weight 1: exact, or rounded down to a whole unit."""
    weight = sum((ballot.weight for ballot in election.ballots), Fraction(0))
    part = Fraction(election.budget) / weight if weight else Fraction(0)
    return part // election.scale * election.scale * Fraction(1) if start == "floor" else part


def add_one(shares: EqualShares, start: Fraction, step: Fraction, stop: Stop) -> Completed:
    """Raise every voter's endowment by `step` until the outcome of the next step would overspend the budget.

    With `exhaustive`, also stop at the first outcome beside which no other project fits. MethodInputError where the
    step is so small that it takes too many counts. Source: the completion of the
    vote in Wieliczka, 2023, and of equalshares.net.
    """
    election = shares.election
    best, steps, counts = shares.run(start), 0, 0
    while not ends(election, best, stop):
        counts += 1
        if counts > _MOST_COUNTS:
            refuse("parameters.step", str(step), f"so small that {_MOST_COUNTS} counts did not reach the end")
        further = steps + _unchanged(shares, best, step) + 1
        following = shares.run(start + further * step)
        if election.total(following.projects) > election.budget:
            if further - 1 > steps:
                best, steps = shares.run(start + (further - 1) * step), further - 1
            break
        best, steps = following, further
    return Completed(best, steps, ())


def _unchanged(shares: EqualShares, outcome: Outcome, step: Fraction) -> int:
    """Return how many steps more surely buy the same: they need not be tried, so that few rich voters take no hours.

    Where every supporter of every winner paid in full, no price can fall; only a loser whose price in full is as low
    as that of a winner, or that comes after all of them, can come in, and not before its supporters have its cost.
    """
    election, groups = shares.election, outcome.groups
    rules = election.constraints
    units = {project: int((side.utility * groups.count[side.groups]).sum()) for project, side in groups.sides.items()}
    price = {project: Fraction(election.cost[project], number) for project, number in units.items()}
    in_full = all(
        one.rho == price[one.project] * groups.utility_scale for one in outcome.purchases if one.project in price
    )
    if not in_full or rules.quotas or rules.exclusive:
        return 0
    waiting = {one for one in price if one not in outcome.projects and election.supporters[one] >= rules.minimum_votes}
    waits: list[int] = []

    def look(purses: Purses, rho: Fraction | None) -> None:
        for project in sorted(waiting):
            if rho is None or price[project] <= rho:
                waiting.discard(project)
                own = groups.sides[project].groups
                weight = Fraction(int((groups.weight[own] * groups.count[own]).sum()), groups.weight_scale)
                missing = election.cost[project] - purses.together(project)
                waits.append(max(0, -(-missing // (weight * step)) - 1))

    shares.run(outcome.endowment, look)
    return min(waits, default=0)


class Bought(Protocol):
    """What was bought at an endowment of a voter of weight 1."""

    @property
    def projects(self) -> tuple[str, ...]:
        """The projects, in order."""

    @property
    def endowment(self) -> Fraction:
        """The endowment."""


def ends(election: Election, outcome: Bought, stop: Stop) -> bool:
    """Return whether endowments need not be raised further."""
    needed = max(1, election.constraints.minimum_votes)
    everything = sum(1 for number in election.supporters.values() if number >= needed)
    least = min((ballot.weight for ballot in election.ballots), default=Fraction(1))
    if len(outcome.projects) >= everything or outcome.endowment * least > election.budget:
        return True  # one voter alone could pay for all that fits: more money changes nothing but overspends
    return stop == "exhaustive" and is_exhaustive(election, outcome.projects)


def utilitarian(election: Election, chosen: Sequence[str], utility: Utility, tie_break: TieBreak) -> tuple[str, ...]:
    """Return what is added: again and again the project of the most utility for its cost that still fits.

    With utility by cost that is the project with the most votes; else, the most votes for each unit of cost. Source:
    the completion of the computation tool of equalshares.net, by number of supporters.
    """
    measure: Measure = "votes" if utility == "cost" else "votes_per_cost"
    added: list[str] = []
    for project in ranked(election, measure, tie_break):
        if election.allows([*chosen, *added], project):
            added.append(project)
    return tuple(added)


def is_exhaustive(election: Election, chosen: Sequence[str]) -> bool:
    """Return whether no other project fits beside these into budget and constraints."""
    return not any(election.allows(chosen, project) for project in election.cost)


def by_phragmen(election: Election, outcome: Outcome, tie_break: TieBreak) -> tuple[str, ...]:
    """Return what is added where voters go on earning money, from what they have left, and buy as soon as they can.

    Source: D. Peters, P. Skowron, Proportionality and the Limits of Welfarism, EC 2020 (completion of rule X).
    """
    bought = phragmen(election, tie_break, already=outcome.projects, left=outcome.left)
    return tuple(one.project for one in bought)
