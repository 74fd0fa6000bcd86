"""Equal shares with bounded overspending: supporters may pay for a project that they can nearly afford.

Source: G. Papasotiropoulos, S. Z. Pishbin, O. Skibski, P. Skowron, T. Was, Method of Equal Shares with Bounded
Overspending, EC 2025 (arXiv 2409.15005), section 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.groups import Groups, Side, Utility, grouped
from infracommons.methods.mechanisms.budgeting.purses import CLOSE, Floats
from infracommons.methods.mechanisms.budgeting.ties import TieBreak, first_of


@dataclass(frozen=True)
class Offer:
    """What supporters offer: they cover the part `alpha` of the cost (1: all) at the price `rho` of a unit of utility.

    Each then pays rho for every unit, or all that they have: so `rho / alpha`, which is to be small, weighs price
    against what is missing.
    """

    project: str
    rho: Fraction
    alpha: Fraction

    @property
    def ratio(self) -> Fraction:
        """Return what the rule compares."""
        return self.rho / self.alpha


@dataclass(frozen=True)
class Bounded:
    """What was bought, in order, and what a voter of each group has left."""

    offers: tuple[Offer, ...]
    groups: Groups
    left: Sequence[Fraction]

    @property
    def projects(self) -> tuple[str, ...]:
        """The projects bought, in order."""
        return tuple(offer.project for offer in self.offers)


def bounded_overspending(election: Election, utility: Utility, tie_break: TieBreak, endowment: Fraction) -> Bounded:
    """Return what is bought where a voter of weight 1 has `endowment`; a project must fit what is left of the budget.

    A project is offered where alpha * cost = sum(min(money, alpha * rho * utility)) over its supporters; the rule buys
    the one of the least rho / alpha, and takes rho * utility, as far as they have it, from each supporter.
    """
    groups = grouped(election, utility)
    money = [endowment * int(weight) / groups.weight_scale for weight in groups.weight]
    offers = [
        Offer(one.id, Fraction(0), Fraction(1))
        for one in election.projects
        if not one.cost and election.supporters[one.id] and election.allows([], one.id)
    ]
    while offer := _best(election, groups, money, [one.project for one in offers], tie_break):
        side = groups.sides[offer.project]
        for group, units in zip(side.groups.tolist(), side.utility.tolist(), strict=True):
            money[group] = max(Fraction(0), money[group] - offer.rho * units)
        offers.append(Offer(offer.project, offer.rho * groups.utility_scale, offer.alpha))
    return Bounded(tuple(offers), groups, money)


def _best(
    election: Election, groups: Groups, money: Sequence[Fraction], chosen: list[str], tie_break: TieBreak
) -> Offer | None:
    nearly = np.array([float(amount) for amount in money])
    ratios = {
        project: ratio
        for project, side in groups.sides.items()
        if election.allows(chosen, project)
        and (ratio := _nearly_least(side, groups, nearly, election.cost[project])) is not None
    }
    if not ratios:
        return None
    limit = min(ratios.values()) * (1 + CLOSE)
    # Floats only choose who is looked at exactly.
    offers = [
        _offer(project, groups, money, election.cost[project]) for project, ratio in ratios.items() if ratio <= limit
    ]
    least = min(offer.ratio for offer in offers)
    equals = {offer.project: offer for offer in offers if offer.ratio == least}
    return equals[first_of(sorted(equals, key=election.order.__getitem__), election, tie_break)]


def _nearly_least(side: Side, groups: Groups, nearly: Floats, cost: int) -> float | None:
    """Return the least rho / alpha of a project, nearly; None where its supporters have nothing."""
    keep = nearly[side.groups] > 0
    if not keep.any():
        return None
    have, units = nearly[side.groups][keep], side.utility[keep].astype(float)
    count = groups.count[side.groups][keep]
    order = np.argsort(have / units)
    spent = np.concatenate(([0.0], np.cumsum((have * count)[order])[:-1]))
    rest = np.cumsum((units * count)[order][::-1])[::-1]
    ends = (have / units)[order]
    enough = np.flatnonzero(spent + rest * ends >= cost)
    last = int(enough[0]) if len(enough) else len(ends) - 1
    covered = np.minimum((spent + rest * ends)[: last + 1] / cost, 1.0)
    ratio = float((ends[: last + 1] / covered**2).min())
    if len(enough):
        ratio = min(ratio, float((cost - spent[last]) / rest[last]))
    return ratio


def _offer(project: str, groups: Groups, money: Sequence[Fraction], cost: int) -> Offer:
    """Return the best offer for a project, exactly: the least ratio is where a supporter runs out, or all is covered.

    Between these the ratio first grows and then falls, as what is collected grows along a line.
    """
    side = groups.sides[project]
    kinds: dict[tuple[Fraction, int], int] = {}
    for group, units in zip(side.groups.tolist(), side.utility.tolist(), strict=True):
        if money[group] > 0:
            kinds[money[group], units] = kinds.get((money[group], units), 0) + int(groups.count[group])
    spent, rest = Fraction(0), sum(units * voters for (_, units), voters in kinds.items())
    found: list[Offer] = []
    for (amount, units), voters in sorted(kinds.items(), key=lambda kind: kind[0][0] / kind[0][1]):
        price = amount / units
        if spent + rest * price >= cost:
            found.append(Offer(project, (cost - spent) / rest, Fraction(1)))
            break
        alpha = (spent + rest * price) / cost
        found.append(Offer(project, price / alpha, alpha))
        spent += amount * voters
        rest -= units * voters
    return min(found, key=lambda offer: (offer.ratio, -offer.alpha))
