"""Phragmen's rule for budgets: voters earn money steadily and together, and buy a project as soon as they can.

Source: M. Los, Z. Christoff, D. Grossi, Proportional Budget Allocations: Towards a Systematization, IJCAI 2022.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.ties import TieBreak, first_of


@dataclass(frozen=True)
class Bought:
    """One purchase: the moment, counted in money that a voter of weight 1 has earned by then."""

    project: str
    moment: Fraction


def phragmen(
    election: Election,
    tie_break: TieBreak,
    *,
    already: Sequence[str] = (),
    left: Mapping[str, Fraction] | None = None,
) -> tuple[Bought, ...]:
    """Return the purchases in order; the rule ends when the next project in turn no longer fits.

    Approval is what counts: any points above zero support a project. What costs more than the whole budget does not
    take part. To complete another outcome, name its projects in `already`, and what its voters have left in `left`.
    """
    left = left or {}
    backers = {
        project: [ballot for ballot in election.ballots if project in ballot.names]
        for project in election.cost
        if election.supporters[project] >= max(1, election.constraints.minimum_votes)
        and election.cost[project] <= election.budget
        and project not in already
    }
    weight = {project: sum((ballot.weight for ballot in own), Fraction(0)) for project, own in backers.items()}
    # When each voter last had nothing; before the beginning for those who start with money.
    spent_at = {ballot.voter: -left.get(ballot.voter, Fraction(0)) / ballot.weight for ballot in election.ballots}
    bought: list[Bought] = []
    while backers:
        moments = {
            project: (election.cost[project] + sum((b.weight * spent_at[b.voter] for b in own), Fraction(0)))
            / weight[project]
            for project, own in backers.items()
        }
        first = _first(moments, election, tie_break)
        chosen = [*already, *(one.project for one in bought)]
        if not election.allows(chosen, first):
            if election.total(chosen) + election.cost[first] <= election.budget:
                del backers[first]  # barred by a quota or an exclusion: the others go on
                continue
            break
        bought.append(Bought(first, moments[first]))
        for ballot in backers.pop(first):
            spent_at[ballot.voter] = moments[first]
    return tuple(bought)


def _first(moments: Mapping[str, Fraction], election: Election, tie_break: TieBreak) -> str:
    soonest = min(moments.values())
    equals = sorted((one for one in moments if moments[one] == soonest), key=election.order.__getitem__)
    return first_of(equals, election, tie_break)
