"""The outcome with the most votes in all that the budget can pay for, found exactly as a whole-number programme."""

from fractions import Fraction
from math import lcm

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.result import refuse

_LARGEST = 2**50  # up to it the solver's floats hold whole numbers exactly


def optimal(election: Election) -> tuple[str, ...]:
    """Return the projects whose votes add up to the most, in the order of the list; of equals, the first found.

    Budget, quotas, floors, exclusions and minimum votes hold. Solved by HiGHS to a gap of zero. Raises
    MethodInputError where no outcome keeps the floors, or numbers are too large to be exact.
    """
    projects = election.projects
    if not projects:
        return ()
    scale = lcm(1, *(votes.denominator for votes in election.votes.values()))
    votes = [int(election.votes[project.id] * scale) for project in projects]
    if sum(votes) > _LARGEST or election.total([project.id for project in projects]) > _LARGEST:
        refuse("votes and costs", max(votes), "too large, or too many decimals, to be solved exactly")
    rules = election.constraints
    may_win = [
        election.supporters[project.id] >= max(1, rules.minimum_votes) and project.cost <= election.budget
        for project in projects
    ]
    found = milp(
        -np.array(votes, dtype=float),
        constraints=_constraints(election),
        bounds=Bounds(0, np.array(may_win, dtype=float)),
        integrality=np.ones(len(projects)),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        refuse("constraints.floors", dict(rules.floors), "no outcome within the budget keeps them")
    return tuple(project.id for project, wins in zip(projects, found.x, strict=True) if wins > 0.5)  # noqa: PLR2004


def _constraints(election: Election) -> list[LinearConstraint]:
    costs = np.array([project.cost for project in election.projects], dtype=float)
    rules = election.constraints
    found = [LinearConstraint(costs, ub=election.budget)]
    for category, most in rules.quotas.items():
        inside = np.array([category in project.categories for project in election.projects])
        found.append(LinearConstraint(costs * inside, ub=most))
    for location, least in rules.floors.items():
        inside = np.array([location == project.location for project in election.projects])
        found.append(LinearConstraint(costs * inside, lb=least))
    for group in rules.exclusive:
        inside = np.array([project.id in group for project in election.projects], dtype=float)
        found.append(LinearConstraint(inside, ub=1))
    return found


def votes_of(election: Election, chosen: tuple[str, ...]) -> Fraction:
    """Return the votes of an outcome in all."""
    return sum((election.votes[project] for project in chosen), Fraction(0))
