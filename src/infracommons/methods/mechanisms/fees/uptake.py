"""Tries out a tariff before it is asked of anyone: who pays, who joins, who leaves, and whether the cost is covered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from infracommons.methods.health.concentration import gini
from infracommons.methods.mechanisms.fees.members import Member
from infracommons.methods.mechanisms.fees.uptake_figures import Asked, by_group, on_leaving
from infracommons.methods.result import Certificate, Check, MethodInputError, Result, Step, refuse

SAME, AGAIN = "same_fees", "shared_again"
OFTEN = 0.9
Floats = npt.NDArray[np.float64]
Tariff = Callable[[tuple[Member, ...]], Result]


@dataclass(frozen=True)
class Candidate:
    """One who may pay: a member of today (with a fee of last year) or one who may join.

    `budget`: what it could spend, in minor units; `currency`: its own, where that is not the tariff's.
    """

    member: Member
    budget: int
    currency: str = ""


@dataclass(frozen=True)
class Logit:
    """Chance to pay: 1/(1 + exp(-(intercept - slope * fee/budget)))."""

    intercept: Fraction
    slope: Fraction

    def chance(self, part: Floats) -> Floats:
        """Return the chance to pay a fee that is `part` of the budget."""
        return np.asarray(1 / (1 + np.exp(np.clip(float(self.slope) * part - float(self.intercept), -700, 700))))


@dataclass(frozen=True)
class UptakeParameters:
    """How those asked decide, and what is drawn.

    `stay` is for members of today, `join` for the others. `churn`: chance that a member leaves whatever the fee.
    `after`: `same_fees` (who leaves is missing) or `shared_again` (the tariff is worked out again for those who stay,
    until nobody leaves any more). `currencies`: standard deviation of the logarithm of each one's rate over the year.
    """

    mechanism: str
    tariff_parameters: Mapping[str, Any]
    stay: Logit
    join: Logit
    after: str
    churn: Fraction
    draws: int
    seed: int
    currencies: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Uptake:
    """The cost to be covered, in minor units, and who is asked."""

    cost: int
    candidates: tuple[Candidate, ...]


def simulate_uptake(inputs: Uptake, parameters: UptakeParameters, tariff: Tariff) -> Result:
    """Return the fees asked, and what is likely to come in; draws hang on the seed alone.

    Source: K. Train, Discrete Choice Methods with Simulation, 2009, chapter 3, for the logit. MethodInputError where
    a currency is not among the parameters, or the tariff has no answer for all together.
    """
    for place, one in enumerate(inputs.candidates):
        if one.currency and one.currency not in parameters.currencies:
            refuse(f"members[{place}].currency", one.currency, "is not among the currencies of the parameters")
    fees = dict(tariff(tuple(one.member for one in inputs.candidates)).amounts)
    game = _Game(inputs, parameters, tariff)
    paid = [game.drawn(fees, row) for row in range(parameters.draws)]
    revenue = [sum(own.values()) for own in paid]
    chance = {one.member.id: sum(one.member.id in own for own in paid) / len(paid) for one in inputs.candidates}
    expected = sum(revenue) // len(paid)
    covered = sum(amount >= inputs.cost for amount in revenue) / len(paid)
    ordered = sorted(revenue)
    below = {f"p{part}": ordered[-(-part * len(paid) // 100) - 1] for part in (10, 50, 90)}
    whole = sum(fees.values())
    asked = [Asked(one.member, one.budget, fees[one.member.id], chance[one.member.id]) for one in inputs.candidates]
    details = {
        "chance_to_pay": chance,
        "expected_members": round(sum(chance.values()), 6),
        "revenue": {"expected": expected, **below},
        "chance_to_cover_the_cost": covered,
        "break_even_uptake": Fraction(inputs.cost, whole) if whole >= inputs.cost and whole else None,
        "by_income_group": by_group(asked, lambda one: one.member.income_group),
        "by_class": by_group(asked, lambda one: one.member.class_name),
        "gini_of_fees": gini(list(fees.values())),
        "one_leaves": on_leaving(asked, inputs.cost, tariff),
    }  # fmt: skip
    return Result(
        "fee_uptake",
        game.told(),
        fees,
        (Step(f"{len(fees)} are asked, {len(paid)} draws of who pays", {"asked": whole, "cost": inputs.cost}),),
        Certificate(_checks(inputs.cost, whole, revenue, after=parameters.after)),
        details=details,
        seed=parameters.seed,
    )  # fmt: skip


def _checks(cost: int, whole: int, revenue: list[int], *, after: str) -> tuple[Check, ...]:
    expected, covered = sum(revenue) // len(revenue), sum(amount >= cost for amount in revenue) / len(revenue)
    often = covered >= OFTEN
    checks = [
        Check("fees_cover_the_cost", whole >= cost, "if all pay, the cost is covered", _missing(cost - whole)),
        Check("covered_nine_times_in_ten", often, f"the cost is covered in {covered:.1%} of draws",
              None if often else {"chance": covered}),
    ]  # fmt: skip
    if after == SAME:  # where the cost is shared again never more comes in, so the mean says little
        on_average = Check("covered_on_average", expected >= cost, "what comes in on average covers the cost",
                           _missing(cost - expected))  # fmt: skip
        checks.insert(1, on_average)
    return tuple(checks)


def _missing(amount: int) -> dict[str, int] | None:
    return {"missing": amount} if amount > 0 else None


class _Game:
    """All draws of one simulation: how each one decides stays the same whatever it is asked."""

    def __init__(self, inputs: Uptake, parameters: UptakeParameters, tariff: Tariff) -> None:
        self.inputs, self.parameters, self.tariff = inputs, parameters, tariff
        self.known: dict[frozenset[str], dict[str, int]] = {}
        generator = np.random.Generator(np.random.PCG64(parameters.seed))
        shape = (parameters.draws, len(inputs.candidates))
        self.mood, self.luck = generator.random(shape), generator.random(shape)
        names = sorted(parameters.currencies)
        moves = np.exp(generator.standard_normal((parameters.draws, len(names)))
                       * [float(parameters.currencies[name]) for name in names])  # fmt: skip
        self.dearer = np.ones(shape)
        for at, one in enumerate(inputs.candidates):
            if one.currency:
                self.dearer[:, at] = moves[:, names.index(one.currency)]
        self.budgets = np.array([float(one.budget) for one in inputs.candidates])
        self.is_member = np.array([one.member.last_fee is not None for one in inputs.candidates])
        self.churns = self.is_member & (self.luck < float(parameters.churn))

    def drawn(self, fees: Mapping[str, int], row: int) -> dict[str, int]:
        """Return who pays what in one draw."""
        own = dict(fees)
        while True:
            staying = self._staying(own, row)
            if self.parameters.after == SAME or len(staying) in {0, len(own)}:
                return {name: own[name] for name in staying}
            try:
                own = self._shared_again(frozenset(staying))
            except MethodInputError:  # their caps leave no room for the cost: they pay what they were asked
                return {name: own[name] for name in staying}

    def _shared_again(self, staying: frozenset[str]) -> dict[str, int]:
        """Return the fees where only these are left; many draws end up with the same."""
        if staying not in self.known:
            rest = tuple(one.member for one in self.inputs.candidates if one.member.id in staying)
            self.known[staying] = dict(self.tariff(rest).amounts)
        return self.known[staying]

    def _staying(self, fees: Mapping[str, int], row: int) -> set[str]:
        asked = [at for at, one in enumerate(self.inputs.candidates) if one.member.id in fees]
        amounts = np.array([float(fees[self.inputs.candidates[at].member.id]) for at in asked])
        part = amounts * self.dearer[row, asked] / self.budgets[asked]
        chance = np.where(self.is_member[asked], self.parameters.stay.chance(part), self.parameters.join.chance(part))
        pays = (self.mood[row, asked] < chance) & ~self.churns[row, asked]
        return {self.inputs.candidates[at].member.id for at, yes in zip(asked, pays, strict=True) if yes}

    def told(self) -> dict[str, Any]:
        """Return all parameters."""
        own = self.parameters
        return {
            "tariff": {"mechanism": own.mechanism, "parameters": own.tariff_parameters},
            "stay": own.stay, "join": own.join, "after": own.after, "churn": own.churn, "currencies": own.currencies,
            "draws": own.draws,
        }  # fmt: skip
