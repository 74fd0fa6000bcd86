"""Who comes first of equals: the order is named, published before the vote, and ends with the order of the list."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, get_args

from infracommons.methods.mechanisms.budgeting.election import Election

TieBreak = Literal["listed", "lower_cost", "higher_cost", "more_votes", "name"]
TIE_BREAKS: tuple[str, ...] = get_args(TieBreak)


def first_of(equals: Sequence[str], election: Election, tie_break: TieBreak) -> str:
    """Return the one that comes first; what the named order leaves equal, the order of the list decides."""
    return min(equals, key=lambda one: tie_rank(one, election, tie_break)) if len(equals) > 1 else equals[0]


def tie_rank(project: str, election: Election, tie_break: TieBreak) -> tuple[Fraction, str, int]:
    """Return what is the smaller, the earlier the project comes."""
    order = election.order[project]
    if tie_break == "name":
        return Fraction(0), project, order
    if tie_break == "more_votes":
        return -election.votes[project], "", order
    sign = {"listed": 0, "lower_cost": 1, "higher_cost": -1}[tie_break]
    return Fraction(sign * election.cost[project]), "", order
