"""Exact equal shares: like equal shares, but all who pay for a project pay exactly the same.

Source: S. Kraiczy, I. Robinson, E. Elkind, Streamlining Equal Shares, 2025 (arXiv 2502.11797), algorithms 1, 3 and 5.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import zip_longest
from math import lcm
from typing import Literal

import numpy as np

from infracommons.methods.mechanisms.budgeting.completions import Stop, ends
from infracommons.methods.mechanisms.budgeting.election import Election
from infracommons.methods.mechanisms.budgeting.purses import Floats
from infracommons.methods.mechanisms.budgeting.ties import TieBreak, tie_rank

ExactUtility = Literal["cost", "cardinality"]
ExactCompletion = Literal["none", "add_one", "add_opt", "add_opt_skip", "utilitarian"]
_CLOSE = 1e-9  # what floats can be wrong by, and more
Rank = tuple[Fraction, tuple[Fraction, str, int]]  # the smaller, the earlier: less utility for money, then the tie


@dataclass(frozen=True)
class EqualPart:
    """One purchase: the groups of voters who pay, and what each pays for a unit of weight."""

    project: str
    payers: tuple[int, ...]
    part: Fraction
    rank: Rank


@dataclass(frozen=True)
class Money:
    """What a unit of weight of each group has: whole numbers of 1/`unit`, which are quicker than fractions."""

    of: Sequence[int]
    unit: int

    def less(self, groups: Sequence[int], part: Fraction) -> "Money":
        """Return what is left where these groups pay a part each."""
        unit = lcm(self.unit, part.denominator)
        grown, paid = unit // self.unit, part.numerator * (unit // part.denominator)
        left = [amount * grown for amount in self.of]
        for group in groups:
            left[group] -= paid
        return Money(left, unit)


@dataclass(frozen=True)
class ExactOutcome:
    """What was bought, in order, at an endowment of a voter of weight 1, and what is left."""

    purchases: tuple[EqualPart, ...]
    endowment: Fraction
    money: Money

    @cached_property
    def left(self) -> Sequence[Fraction]:
        """What a unit of weight of each group has left."""
        return [Fraction(amount, self.money.unit) for amount in self.money.of]

    @property
    def projects(self) -> tuple[str, ...]:
        """The projects bought, in order."""
        return tuple(one.project for one in self.purchases)


Watch = Callable[[Money, Sequence[str], EqualPart | None], None]


class ExactShares:
    """An election made ready to be counted at many endowments. Approval is what counts: any points above zero."""

    def __init__(self, election: Election, utility: ExactUtility, tie_break: TieBreak) -> None:
        """Take the election, how utility is counted, and who is bought first of equals."""
        self.election, self.utility = election, utility
        self._weight_scale = lcm(1, *(ballot.weight.denominator for ballot in election.ballots))
        numbers: dict[tuple[str, ...], int] = {}
        self._weight: list[int] = []  # of all voters of a group, those with the same ballot, in 1/weight_scale
        self.group: dict[str, int] = {}
        for ballot in election.ballots:
            number = numbers.setdefault(tuple(sorted(ballot.names)), len(numbers))
            if number == len(self._weight):
                self._weight.append(0)
            self._weight[number] += int(ballot.weight * self._weight_scale)
            self.group[ballot.voter] = number
        self.backers: dict[str, list[int]] = {}
        for names, number in numbers.items():
            for project in names:
                self.backers.setdefault(project, []).append(number)
        self._ties = {project: tie_rank(project, election, tie_break) for project in self.backers}

    def run(self, endowment: Fraction, watch: Watch | None = None) -> ExactOutcome:
        """Return the outcome: again and again the project of the most utility for the money that its payers give.

        `watch` is called before each purchase and at the end, with the money, what was bought, and the purchase.
        """
        money = Money([endowment.numerator] * len(self._weight), endowment.denominator)
        bought: list[EqualPart] = []
        waiting: dict[str, Fraction | None] = {  # a bound of its rank: as money only shrinks, that only grows
            project: None for project in self.backers if not self.election.bars((), project)
        }
        while True:
            chosen = [one.project for one in bought]
            best = self._best(waiting, money, chosen)
            if watch:
                watch(money, chosen, best)
            if best is None:
                return ExactOutcome(tuple(bought), endowment, money)
            del waiting[best.project]
            money = money.less(best.payers, best.part)
            bought.append(best)

    def next_change(self, outcome: ExactOutcome, *, of_winners: bool = True) -> Fraction | None:
        """Return by how little more money for each voter of weight 1 the count goes another way; None: by none.

        Up to there nothing changes, not even who pays for what: so nothing between need be tried (ADD-OPT). Without
        `of_winners`, by how little a loser comes in: what winners cost whom may change before (ADD-OPT-SKIP).
        """
        least: Fraction | None = None
        may_change = [one for one in self.backers if of_winners or one not in outcome.projects]

        def look(money: Money, chosen: Sequence[str], best: EqualPart | None) -> None:
            nonlocal least
            nearly = np.array([amount / money.unit for amount in money.of])
            for project in may_change:
                if project in chosen or self.election.bars(chosen, project):
                    continue
                # Floats only choose what is looked at exactly.
                close = self._nearly_needs(project, nearly, best)
                if close < np.inf and (least is None or close <= float(least) * (1 + _CLOSE) + _CLOSE):
                    needs = self._needs(project, money, best)
                    least = needs if least is None or (needs is not None and needs < least) else least

        self.run(outcome.endowment, look)
        return least

    def lacking(self, project: str, outcome: ExactOutcome) -> Fraction | None:
        """Return how much more each supporter of weight 1 would need at the end to buy it; None: it has none."""
        return self._needs(project, outcome.money, None) if project in self.backers else None

    def _needs(self, project: str, money: Money, best: EqualPart | None) -> Fraction | None:
        """Return how much more each needs for a crowd that comes before `best`; None where no crowd does."""
        return min(
            (
                self._part(project, weight) - Fraction(poorest, money.unit)
                for weight, poorest in self._crowds(project, money)
                if best is None or self._rank(project, weight) < best.rank
            ),
            default=None,
        )

    def _nearly_needs(self, project: str, nearly: Floats, best: EqualPart | None) -> float:
        own = np.array(self.backers[project])
        order = own[np.argsort(-nearly[own])]
        weight = np.cumsum(np.array([self._weight[group] for group in order], dtype=float)) / self._weight_scale
        needs = self.election.cost[project] / weight - nearly[order]
        if best is not None:
            worth = weight if self.utility == "cost" else weight / max(1, self.election.cost[project])
            needs = needs[worth >= float(-best.rank[0]) * (1 - _CLOSE)]
        return float(needs.min(initial=np.inf))

    def _best(self, waiting: dict[str, Fraction | None], money: Money, chosen: Sequence[str]) -> EqualPart | None:
        best: EqualPart | None = None
        for project in sorted(waiting, key=lambda one: (waiting[one] is not None, waiting[one] or 0)):
            bound = waiting[project]
            if best and bound is not None and bound > best.rank[0]:
                break
            offer = None if self.election.bars(chosen, project) else self._offer(project, money)
            if offer is None:
                del waiting[project]
                continue
            waiting[project] = offer.rank[0]
            best = offer if best is None or offer.rank < best.rank else best
        return best

    def _offer(self, project: str, money: Money) -> EqualPart | None:
        """Return the purchase by the most supporters who can all give the same; None where no crowd can."""
        cost, found = self.election.cost[project] * money.unit * self._weight_scale, None
        for weight, poorest in self._crowds(project, money):
            if cost <= poorest * weight:
                found = weight, poorest
        if found is None:
            return None
        weight, poorest = found
        payers = tuple(group for group in self.backers[project] if money.of[group] >= poorest)
        return EqualPart(project, payers, self._part(project, weight), self._rank(project, weight))

    def _crowds(self, project: str, money: Money) -> Iterator[tuple[int, int]]:
        """Yield the weight of the richest supporters and what the poorest of them has, one crowd in the next."""
        order = sorted(self.backers[project], key=money.of.__getitem__, reverse=True)
        weight = 0
        for group, following in zip_longest(order, order[1:]):
            weight += self._weight[group]
            if following is None or money.of[following] < money.of[group]:
                yield weight, money.of[group]

    def _part(self, project: str, weight: int) -> Fraction:
        return Fraction(self.election.cost[project] * self._weight_scale, weight)

    def _rank(self, project: str, weight: int) -> Rank:
        """Return what sorts purchases; what costs nothing comes first."""
        cost = self.election.cost[project]
        worth = Fraction(weight, self._weight_scale * (1 if self.utility == "cost" else cost)) if cost else self._free
        return -worth, self._ties[project]

    @property
    def _free(self) -> Fraction:
        return Fraction(sum(self._weight) + 1)


def raised(
    shares: ExactShares, start: Fraction, completion: ExactCompletion, step: Fraction, stop: Stop
) -> tuple[ExactOutcome, int]:
    """Return the last outcome before more money would overspend the budget, and how often the endowment was raised.

    `add_one` raises it by `step` at a time, `add_opt` by just so much that something changes, `add_opt_skip` by just so
    much that a loser comes in. With `exhaustive` it also ends at the first outcome beside which nothing else fits.
    """
    best, steps = shares.run(start), 0
    while completion.startswith("add_") and not ends(shares.election, best, stop):
        by = step if completion == "add_one" else shares.next_change(best, of_winners=completion == "add_opt")
        following = shares.run(best.endowment + by) if by else best
        number = 1
        if completion == "add_one" and following.purchases == best.purchases:
            number = -(-(shares.next_change(best) or 0) // step)  # those between change nothing
            following = shares.run(best.endowment + number * step)
        if following is best or not number or shares.election.total(following.projects) > shares.election.budget:
            return (
                (shares.run(best.endowment + (number - 1) * step), steps + number - 1) if number > 1 else (best, steps)
            )
        best, steps = following, steps + number
    return best, steps


def left_by_voter(shares: ExactShares, outcome: ExactOutcome) -> Mapping[str, Fraction]:
    """Return what each voter has left."""
    return {one.voter: outcome.left[shares.group[one.voter]] * one.weight for one in shares.election.ballots}
