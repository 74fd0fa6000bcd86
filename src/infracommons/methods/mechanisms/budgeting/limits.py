"""How much one ballot may say: projects, points, and what its projects may cost together."""

from dataclasses import dataclass
from fractions import Fraction

from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.result import refuse


@dataclass(frozen=True)
class Limits:
    """The most projects of a ballot (k-approval), points (cumulative) and cost in all (knapsack); None: no limit."""

    projects: int | None = None
    points: Fraction | None = None
    cost: int | None = None  # in units of the election


def hold(election: Election, limits: Limits) -> None:
    """Raise MethodInputError for the first ballot that says more than it may."""
    for place, ballot in enumerate(election.ballots):
        where, names = f"ballots[{place}]", ballot.names
        if limits.projects is not None and len(names) > limits.projects:
            refuse(where, list(names), f"names {len(names)} projects; at most {limits.projects} are allowed")
        points = sum(ballot.points.values(), Fraction(0))
        if limits.points is not None and points > limits.points:
            refuse(where, str(points), f"gives more points in all than the {limits.points} that are allowed")
        if limits.cost is not None and election.total(names) > limits.cost:
            refuse(where, list(names), f"costs {election.total(names)} in all, more than the {limits.cost} allowed")
