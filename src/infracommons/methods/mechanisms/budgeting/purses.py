"""What voters have left while projects are bought: floats to look around quickly, whole numbers to be exact.

A voter who has not run out has the endowment less the price of every project that they helped to buy. So exact sums
over many voters need one product a purchase, not one a voter.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from infracommons.methods.mechanisms.budgeting.groups import Groups, Side, Whole

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
CLOSE = 1e-9  # relative; a thousand times what the floats here can be wrong by


@dataclass(frozen=True)
class _Paid:
    """One purchase: its price of a unit of utility, and of each group what one voter paid in units of utility."""

    rho: Fraction
    utility: Whole  # 0 where a group did not pay in full


class Purses:
    """The money of every group of voters."""

    def __init__(self, groups: Groups, endowment: Fraction) -> None:
        """Give a voter of weight 1 the endowment, and the others theirs by weight."""
        self._groups = groups
        self._unit = endowment / groups.weight_scale
        self._nearly: Floats = np.asarray(groups.weight * float(self._unit), dtype=np.float64)
        self._is_empty: Flags = np.full(len(groups.weight), not endowment)
        self._kind = _numbered(groups.weight)  # groups of one kind have exactly the same left
        self._amount_of: dict[int, Fraction] = {}
        self._paid: list[_Paid] = []
        self._error = float(self._nearly.max(initial=0.0)) * CLOSE

    def nearly_rho(self, project: str, cost: int) -> float | None:
        """Return rho as a float; None where the supporters surely cannot pay."""
        side = self._groups.sides[project]
        have, count = self._nearly[side.groups], self._groups.count[side.groups]
        if float((have * count).sum()) < cost * (1 - CLOSE):
            return None
        per_unit = have / side.utility
        order = np.argsort(per_unit)
        spent = np.concatenate(([0.0], np.cumsum((have * count)[order])[:-1]))
        units = (side.utility * count)[order]
        rest = units.sum() - np.concatenate(([0.0], np.cumsum(units)[:-1]))
        rho = (cost - spent) / rest
        pays = np.flatnonzero(rho <= per_unit[order])
        # Without one, the supporters can only just pay, or only just not: exact numbers tell.
        return float(rho[pays[0]] if len(pays) else per_unit[order[-1]])

    def rho(self, project: str, cost: int, nearly: float) -> Fraction | None:
        """Return rho exactly, given it nearly; None where the supporters cannot pay after all."""
        side = self._groups.sides[project]
        gap, unsure = self._gap(side, nearly)
        count = self._groups.count[side.groups]
        need = cost - self._sum(side.groups[(gap < 0) & ~unsure])
        rest = int((side.utility * count)[(gap >= 0) | unsure].sum())
        # Floats cannot tell of these whether they give all; the poorest for a unit of utility do so first.
        for amount, utility, voters in sorted(self._kinds(side, unsure), key=lambda kind: kind[0] / kind[1]):
            if need * utility <= amount * rest:
                break
            need -= amount * voters
            rest -= utility * voters
        return need / rest if rest else None

    def pay(self, project: str, rho: Fraction) -> Fraction:
        """Take from each supporter what the project costs them; return the most that one voter paid."""
        side = self._groups.sides[project]
        gap, unsure = self._gap(side, float(rho))
        gives_all: Flags = gap < 0
        for place in np.flatnonzero(unsure):
            gives_all[place] = self._amount(int(side.groups[place])) <= rho * int(side.utility[place])
        most = max(rho * int(side.utility[~gives_all].max(initial=0)), self._most(side.groups[gives_all]))
        paid = np.zeros(len(self._nearly), dtype=np.int64)
        paid[side.groups[~gives_all]] = side.utility[~gives_all]
        self._nearly -= float(rho) * paid
        self._nearly[side.groups[gives_all]] = 0.0
        self._is_empty[side.groups[gives_all]] = True
        self._paid.append(_Paid(rho, paid))
        self._kind = _numbered(np.where(self._is_empty, -1, self._kind * (int(paid.max(initial=0)) + 1) + paid))
        self._amount_of.clear()
        return most

    def nearly_raised(self, project: str, price: float | None) -> float:
        """Return what supporters would give at this price of a unit of utility, nearly; all they have where None."""
        side = self._groups.sides[project]
        have, count = self._nearly[side.groups], self._groups.count[side.groups]
        asked = have if price is None else price * side.utility
        return float((np.minimum(have, asked) * count).sum())

    def together(self, project: str) -> Fraction:
        """Return what the supporters of a project have left together, exactly."""
        return self._sum(self._groups.sides[project].groups)

    def largest_cost(self, project: str, price: float, cost: int) -> float:
        """Return nearly the largest cost that supporters can pay at a price, where utility grows with the cost.

        `cost` is the present one. What they give is concave in the cost, so it is enough from zero up to one point.
        """
        side = self._groups.sides[project]
        each, count = price * side.utility / cost, self._groups.count[side.groups]
        order = np.argsort(self._nearly[side.groups] / each)
        have, each, count = self._nearly[side.groups][order], each[order], count[order]
        if float((each * count).sum()) <= 1:
            return 0.0
        spent = np.cumsum(have * count)
        rest = (each * count).sum() - np.cumsum(each * count)
        ends = have / each  # the cost at which each has just enough
        last = int(np.flatnonzero(spent + rest * ends >= ends)[-1])
        return float(spent[last] / (1 - rest[last]))

    def amounts(self) -> list[Fraction]:
        """Return what one voter of each group has left, exactly."""
        return [self._amount(group) for group in range(len(self._nearly))]

    def _gap(self, side: Side, nearly: float) -> tuple[Floats, Flags]:
        """Return how much more than their price supporters have, nearly, and of whom floats cannot tell the sign."""
        gap = self._nearly[side.groups] - nearly * side.utility
        return gap, np.abs(gap) <= self._error

    def _kinds(self, side: Side, chosen: Flags) -> list[tuple[Fraction, int, int]]:
        """Return (money left, utility, voters) of the chosen supporters, equal ones together."""
        found: dict[tuple[int, int], list[int]] = {}
        for place in np.flatnonzero(chosen):
            group, utility = int(side.groups[place]), int(side.utility[place])
            entry = found.setdefault((int(self._kind[group]), utility), [group, 0])
            entry[1] += int(self._groups.count[group])
        return [(self._amount(group), utility, voters) for (_, utility), (group, voters) in found.items()]

    def _sum(self, groups: Whole) -> Fraction:
        """Return what all voters of these groups have together."""
        own = groups[~self._is_empty[groups]]
        count = self._groups.count[own]
        whole = self._unit * int((self._groups.weight[own] * count).sum())
        return whole - sum((paid.rho * int((paid.utility[own] * count).sum()) for paid in self._paid), Fraction(0))

    def _amount(self, group: int) -> Fraction:
        kind = int(self._kind[group])
        if kind not in self._amount_of:
            spent = sum((paid.rho * int(paid.utility[group]) for paid in self._paid), Fraction(0))
            own = self._unit * int(self._groups.weight[group]) - spent
            self._amount_of[kind] = Fraction(0) if self._is_empty[group] else own
        return self._amount_of[kind]

    def _most(self, groups: Whole) -> Fraction:
        near = groups[self._nearly[groups] >= self._nearly[groups].max(initial=0.0) - self._error]
        return max((self._amount(int(group)) for group in near), default=Fraction(0))


def _numbered(values: Whole) -> Whole:
    """Return small numbers, the same for the same value: so they can be multiplied again without growing."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)
