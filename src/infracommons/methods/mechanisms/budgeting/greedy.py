"""Greedy rules: projects in the order of their votes, as long as the budget lasts."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.ties import TieBreak, first_of

Measure = Literal["votes", "votes_per_cost"]


def greedy(election: Election, measure: Measure, tie_break: TieBreak, *, skip: bool) -> tuple[str, ...]:
    """Return the winners: by votes or by votes for each unit of cost, those with most first.

    With `skip`, a project that does not fit is passed over; without, the first that does not fit ends it. Projects
    without a vote never win.
    """
    chosen: list[str] = []
    for project in ranked(election, measure, tie_break):
        if election.allows(chosen, project):
            chosen.append(project)
        elif not skip:
            break
    return tuple(chosen)


def ranked(election: Election, measure: Measure, tie_break: TieBreak) -> Sequence[str]:
    """Return the projects with votes in the order in which the rule looks at them."""
    left = [project for project in election.cost if election.votes[project]]
    found: list[str] = []
    while left:
        most = max(worth(election, project, measure) for project in left)
        equals = [project for project in left if worth(election, project, measure) == most]
        first = first_of(equals, election, tie_break)
        found.append(first)
        left.remove(first)
    return found


def worth(election: Election, project: str, measure: Measure) -> tuple[bool, Fraction]:
    """Return what projects are ordered by; for each unit of cost, what costs nothing comes before all else."""
    votes, cost = election.votes[project], election.cost[project]
    if measure == "votes":
        return False, votes
    return (not cost, votes if not cost else votes / cost)
