"""Puts voters with equal ballots and weights together, and their weights and utilities on whole numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Literal

import numpy as np
import numpy.typing as npt

from infracommons.methods.mechanisms.budgeting.election import Election, points_of
from infracommons.methods.result import refuse

Utility = Literal["cost", "cardinality", "borda"]
Whole = npt.NDArray[np.int64]
_LARGEST = 2**53  # up to it sums are exact in whole numbers and in floats alike


@dataclass(frozen=True)
class Side:
    """The supporters of one project: the numbers of their groups, and the utility of one voter in each."""

    groups: Whole
    utility: Whole


@dataclass(frozen=True)
class Groups:
    """All voters: names by group, voters and weight of a group, and who supports what.

    Weights and utilities are whole multiples of `1 / weight_scale` and `1 / utility_scale`: nothing is rounded.
    """

    members: Sequence[Sequence[str]]
    count: Whole
    weight: Whole
    sides: Mapping[str, Side]
    weight_scale: int
    utility_scale: int


def grouped(election: Election, utility: Utility) -> Groups:
    """Return the voters of an election; projects that cost nothing or have no supporter have no side.

    `cost`: the utility of a project is its cost, times the voter's points; `cardinality`: the points, 1 on approval
    ballots. Of a ranking Borda points are counted: see `Election.counted_by` for the other utilities. A voter of weight
    w counts as w voters of weight 1: endowment and utility are both w times as large. Raises MethodInputError where
    numbers grow beyond what is exact.
    """
    members: dict[tuple[Fraction, tuple[tuple[str, Fraction], ...]], list[str]] = {}
    for ballot in election.ballots:
        key = (ballot.weight, tuple(sorted(points_of(election, ballot).items())))
        members.setdefault(key, []).append(ballot.voter)
    backers: dict[str, list[tuple[int, Fraction]]] = {}
    costs = {project: Fraction(cost) for project, cost in election.cost.items()}
    for number, (weight, points) in enumerate(members):
        for project, value in points:
            if election.cost[project] > 0:
                units = value if weight == 1 else value * weight
                if utility == "cost":
                    units = costs[project] if units == 1 else units * costs[project]
                backers.setdefault(project, []).append((number, units))
    weight_scale = lcm(1, *(weight.denominator for weight, _ in members))
    utility_scale = lcm(1, *(value.denominator for found in backers.values() for _, value in found))
    return Groups(
        list(members.values()),
        _whole("weights", [Fraction(len(found)) for found in members.values()], 1),
        _whole("weights", [weight for weight, _ in members], weight_scale),
        {
            project: Side(
                np.array([number for number, _ in found], dtype=np.int64),
                _whole(f"points of {project}", [value for _, value in found], utility_scale),
            )
            for project, found in backers.items()
        },
        weight_scale,
        utility_scale,
    )


def _whole(where: str, values: Sequence[Fraction], scale: int) -> Whole:
    scaled = [value.numerator * (scale // value.denominator) for value in values]
    if sum(scaled) > _LARGEST:
        refuse(where, max(values, default=None), "too large, or too many decimals, to be counted exactly")
    return np.array(scaled, dtype=np.int64)
