"""Greedy rules: projects in the order of their votes, as long as the budget lasts."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.ties import TieBreak, tie_rank

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
    return sorted(
        (project for project in election.cost if election.votes[project]),
        key=lambda project: place(election, project, measure, tie_break),
    )


Place = tuple[bool, Fraction, Fraction, str, int]


def place(election: Election, project: str, measure: Measure, tie_break: TieBreak) -> Place:
    """Return what sorts a project into that order."""
    first, value = worth(election.votes[project], election.cost[project], measure)
    return (not first, -value, *tie_rank(project, election, tie_break))


def worth(votes: Fraction, cost: int, measure: Measure) -> tuple[bool, Fraction]:
    """Return what projects are ordered by; for each unit of cost, what costs nothing comes before all else."""
    if measure == "votes":
        return False, votes
    return (not cost, votes if not cost else votes / cost)
