"""What the method of equal shares does with money that is left over: every way, each named, none by default."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.equal_shares import EqualShares, Outcome
from infracommons.methods.mechanisms.budgeting.ties import TieBreak, first_of

Completion = Literal["none", "add_one", "utilitarian"]
Stop = Literal["overspend", "exhaustive"]
Start = Literal["exact", "floor"]


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
    return Fraction(part.numerator // part.denominator) if start == "floor" else part


def add_one(shares: EqualShares, start: Fraction, step: Fraction, stop: Stop) -> Completed:
    """Raise every voter's endowment by `step` until the outcome of the next step would overspend the budget.

    With `exhaustive`, also stop at the first outcome beside which no other project fits. Source: the completion of the
    vote in Wieliczka, 2023, and of equalshares.net.
    """
    election = shares.election
    everything = sum(1 for project, number in election.supporters.items() if number)
    best, steps = shares.run(start), 0
    while not _ends(election, best, everything, stop):
        following = shares.run(start + (steps + 1) * step)
        if election.total(following.projects) > election.budget:
            break
        best, steps = following, steps + 1
    return Completed(best, steps, ())


def _ends(election: Election, outcome: Outcome, everything: int, stop: Stop) -> bool:
    least = min((ballot.weight for ballot in election.ballots), default=Fraction(1))
    if len(outcome.projects) >= everything or outcome.endowment * least > election.budget:
        return True  # one voter alone could pay for all that fits: more money changes nothing but overspends
    return stop == "exhaustive" and is_exhaustive(election, outcome.projects)


def utilitarian(election: Election, chosen: Sequence[str], tie_break: TieBreak) -> tuple[str, ...]:
    """Return what is added: again and again the project with the most votes for its cost that still fits."""
    added: list[str] = []
    while fitting := [one for one in election.cost if election.allows([*chosen, *added], one) and election.votes[one]]:
        most = max(_per_cost(election, one) for one in fitting)
        equals = [one for one in fitting if _per_cost(election, one) == most]
        added.append(first_of(equals, election, tie_break))
    return tuple(added)


def _per_cost(election: Election, project: str) -> tuple[bool, Fraction]:
    cost = election.cost[project]
    return (not cost, election.votes[project] / cost if cost else election.votes[project])


def is_exhaustive(election: Election, chosen: Sequence[str]) -> bool:
    """Return whether no other project fits beside these into budget and constraints."""
    return not any(election.allows(chosen, project) for project in election.cost)
