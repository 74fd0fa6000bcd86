"""The method of equal shares, exactly: every voter has an equal part of the budget and spends it on what they support.

Source: D. Peters, G. Pierczynski, P. Skowron, Proportional Participatory Budgeting with Additive Utilities,
NeurIPS 2021.
"""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.groups import Groups, Side, Utility, grouped
from infracommons.methods.mechanisms.budgeting.purses import CLOSE, Purses
from infracommons.methods.mechanisms.budgeting.ties import TieBreak, first_of

Watch = Callable[[Purses, Fraction | None], None]


@dataclass(frozen=True)
class Purchase:
    """One project that was bought: `rho`, the price of one unit of utility, and the most that one voter paid."""

    project: str
    rho: Fraction
    most_paid: Fraction


@dataclass(frozen=True)
class Outcome:
    """What was bought, in order, in units of the election."""

    purchases: tuple[Purchase, ...]
    endowment: Fraction  # of a voter of weight 1
    groups: Groups
    purses: Purses

    @cached_property
    def left(self) -> Mapping[str, Fraction]:
        """What each voter has left."""
        pairs = zip(self.groups.members, self.purses.amounts(), strict=True)
        return {voter: amount for members, amount in pairs for voter in members}

    @property
    def projects(self) -> tuple[str, ...]:
        """The projects bought, in the order of purchase."""
        return tuple(purchase.project for purchase in self.purchases)


class EqualShares:
    """An election made ready, so that it can be answered for many endowments: the long part is done once."""

    def __init__(self, election: Election, utility: Utility, tie_break: TieBreak) -> None:
        """Take the election, how utility is counted (see `grouped`), and who is bought first of equals."""
        self.election, self.utility, self.tie_break = election, utility, tie_break
        self.groups = grouped(election, utility)
        self.cost: Mapping[str, int] = election.cost
        self._free = [one.id for one in election.projects if not one.cost and election.supporters[one.id]]

    def run(self, endowment: Fraction, watch: Watch | None = None) -> Outcome:
        """Return the outcome where a voter of weight 1 may spend `endowment`; constraints but the budget hold.

        `watch` is called before every purchase with the purses and its rho in scaled units, and at the end with None.
        """
        purses = Purses(self.groups, endowment)
        # What costs nothing and has a supporter is bought first, for nothing.
        bought = [Purchase(project, Fraction(0), Fraction(0)) for project in self._free]
        at_least = dict.fromkeys(self.groups.sides, 0.0)  # bounds of rho: as money only shrinks, it only grows
        while best := self._cheapest(at_least, purses, [purchase.project for purchase in bought]):
            project, rho = best
            del at_least[project]
            if watch:
                watch(purses, rho)
            most = purses.pay(project, rho)
            bought.append(Purchase(project, rho * self.groups.utility_scale, most))
        if watch:
            watch(purses, None)
        return Outcome(tuple(bought), endowment, self.groups, purses)

    def where_costs(self, project: str, cost: int) -> "EqualShares | None":
        """Return the same where one project costs something else; None where its utilities would not be whole."""
        side, now = self.groups.sides[project], self.election.cost[project]
        utility = side.utility
        if self.utility == "cost":
            if (utility * cost % now).any():
                return None
            utility = utility * cost // now
        changed = copy(self)
        changed.groups = replace(self.groups, sides={**self.groups.sides, project: Side(side.groups, utility)})
        changed.cost = {**self.cost, project: cost}
        return changed

    def _cheapest(self, at_least: dict[str, float], purses: Purses, chosen: list[str]) -> tuple[str, Fraction] | None:
        """Return the project of the least rho; those that can never be bought again leave `at_least`.

        Floats only find the candidates: all whose rho is within their error of the least are compared exactly.
        """
        least = float("inf")
        for project in sorted(at_least, key=at_least.__getitem__):
            if at_least[project] > least * (1 + CLOSE):
                break
            rho = None if self.election.bars(chosen, project) else purses.nearly_rho(project, self.cost[project])
            if rho is None:
                del at_least[project]
            else:
                at_least[project] = rho
                least = min(least, rho)
        near = [project for project, rho in at_least.items() if rho <= least * (1 + CLOSE)]
        exact = {
            project: price
            for project in near
            if (price := purses.rho(project, self.cost[project], at_least[project])) is not None
        }
        if not exact:
            return None
        best = min(exact.values())
        equals = [project for project in sorted(exact, key=self.election.order.__getitem__) if exact[project] == best]
        return first_of(equals, self.election, self.tie_break), best
