"""The outcome with the most votes in all that the budget can pay for, found exactly as a whole-number programme."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.result import refuse

Score = Literal["votes", "proportional"]  # proportional: a voter's first winner counts 1, the second 1/2, then 1/3
_LARGEST = 2**50  # up to it the solver's floats hold whole numbers exactly
_SURE = 0.5


def optimal(election: Election, score: Score = "votes", *, must_win: str | None = None) -> tuple[str, ...]:
    """Return the projects whose score adds up to the most, in the order of the list; of equals, the first found.

    `votes`: all points; `proportional`: proportional approval voting (T. N. Thiele, 1895), for approvals. Budget,
    quotas, floors, exclusions and minimum votes hold. Solved by HiGHS to a gap of zero. Raises MethodInputError where
    no outcome keeps the floors (or has `must_win`), or numbers are too large to be exact.
    """
    if not election.projects:
        return ()
    values, rows = (_by_votes if score == "votes" else _by_voter)(election)
    if values.sum() > _LARGEST or election.total(list(election.cost)) > _LARGEST:
        refuse("votes and costs", str(values.max()), "too large, or too many decimals, to be solved exactly")
    rules, number = election.constraints, len(election.projects)
    may_win = [
        election.supporters[project.id] >= max(1, rules.minimum_votes) and project.cost <= election.budget
        for project in election.projects
    ]
    least = np.array([project.id == must_win for project in election.projects], dtype=float)
    most = np.array(may_win, dtype=float)
    if (least > most).any():
        refuse("projects", must_win, "can win in no outcome")
    rest = len(values) - number
    found = milp(
        -values.astype(float),
        constraints=[*_constraints(election, rest), *rows],
        bounds=Bounds(np.concatenate((least, np.zeros(rest))), np.concatenate((most, np.ones(rest)))),
        integrality=np.concatenate((np.ones(number), np.zeros(rest))),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        refuse("constraints.floors", dict(rules.floors), "no outcome within the budget keeps them")
    return tuple(project.id for project, wins in zip(election.projects, found.x[:number], strict=True) if wins > _SURE)


def _by_votes(election: Election) -> tuple[npt.NDArray[np.float64], list[LinearConstraint]]:
    scale = lcm(1, *(votes.denominator for votes in election.votes.values()))
    return np.array([float(election.votes[project.id] * scale) for project in election.projects]), []


def _by_voter(election: Election) -> tuple[npt.NDArray[np.float64], list[LinearConstraint]]:
    """Return columns for each kind of ballot and number of winners: they count as far as so many of it win."""
    kinds: dict[tuple[int, ...], Fraction] = {}
    for ballot in election.ballots:
        key = tuple(sorted(election.order[project] for project in ballot.names))
        kinds[key] = kinds.get(key, Fraction(0)) + ballot.weight
    scale = lcm(*range(1, 1 + max((len(key) for key in kinds), default=1)), *(w.denominator for w in kinds.values()))
    values = [0.0] * len(election.projects)
    entries: list[tuple[int, int, float]] = []
    for row, (key, weight) in enumerate(kinds.items()):
        entries += [(row, place, -1.0) for place in key]
        entries += [(row, len(values) + level, 1.0) for level in range(len(key))]
        values += [float(weight * scale / level) for level in range(1, 1 + len(key))]
    if not entries:
        return np.array(values), []
    across, down, data = zip(*entries, strict=True)
    table = coo_array((data, (across, down)), shape=(len(kinds), len(values))).tocsr()
    return np.array(values), [LinearConstraint(table, ub=0)]


def _constraints(election: Election, rest: int) -> list[LinearConstraint]:
    costs = np.array([project.cost for project in election.projects], dtype=float)
    rules, projects = election.constraints, election.projects

    def row(values: npt.NDArray[np.float64], least: float, most: float) -> LinearConstraint:
        return LinearConstraint(np.concatenate((values, np.zeros(rest))), least, most)

    found = [row(costs, -np.inf, election.budget)]
    for category, most in rules.quotas.items():
        found.append(row(costs * np.array([category in one.categories for one in projects]), -np.inf, most))
    for location, least in rules.floors.items():
        own = costs * np.array([location == one.location for one in projects])
        found.append(row(own, min(least, own.sum()), np.inf))
    inside = [np.array([float(one.id in group) for one in projects]) for group in rules.exclusive]
    return [*found, *(row(one, -np.inf, 1) for one in inside)]


def votes_of(election: Election, chosen: Sequence[str], score: Score = "votes") -> Fraction:
    """Return the score of an outcome in all."""
    if score == "votes":
        return sum((election.votes[project] for project in chosen), Fraction(0))
    inside = set(chosen)
    harmonic = [Fraction(0)]
    for level in range(1, 1 + len(inside)):
        harmonic.append(harmonic[-1] + Fraction(1, level))
    won = ((ballot.weight, len(inside.intersection(ballot.names))) for ballot in election.ballots)
    return sum((weight * harmonic[number] for weight, number in won), Fraction(0))
