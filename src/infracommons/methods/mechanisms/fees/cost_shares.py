"""Shares a cost among members by size, income and use, between floors, caps and yearly limits: the general tariff."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

from infracommons.methods.mechanisms.fees.levels import Bounds, between, rounded, rounded_to
from infracommons.methods.mechanisms.fees.members import (
    Discounts,
    Limits,
    Member,
    bounds,
    power,
)
from infracommons.methods.result import Certificate, Check, Result, Step, refuse

OTHERS, TARGET = "other_members", "target"


@dataclass(frozen=True)
class CostShare:
    """The cost to cover, in minor units, and who covers it."""

    target: int
    members: tuple[Member, ...]


@dataclass(frozen=True)
class CostShareParameters:
    """How weights are made: size to `alpha`, times the coefficient of the income group, times measures to exponents.

    Without coefficients all groups count alike. `discounts_paid_by`: `other_members` (weights are lowered, so that the
    target is met) or `target` (fees are lowered after, each rounded by `rounding`, and less than the target comes in).
    """

    alpha: Fraction
    coefficients: Mapping[str, Fraction] = field(default_factory=dict)
    exponents: Mapping[str, Fraction] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    discounts: Discounts = field(default_factory=Discounts)
    discounts_paid_by: str = OTHERS
    rounding: str = "half_up"


def share_cost(inputs: CostShare, parameters: CostShareParameters) -> Result:
    """Return what each member pays: weight times one price, within bounds, by largest remainder to the minor unit.

    MethodInputError where the weights are all zero, or floors and caps leave no room, saying by how much.
    """
    before = weights_of(inputs, parameters, discounted=parameters.discounts_paid_by == OTHERS)
    limits = {one.id: bounds(one, parameters.limits, f"members[{place}]") for place, one in enumerate(inputs.members)}
    if not any(before.values()) and inputs.target > sum(one.low for one in limits.values()):
        refuse("members", [str(weight) for weight in before.values()], "the weights sum to zero")
    exact = between(inputs.target, before, limits)
    amounts = rounded_to(exact, inputs.target)
    trace = [_priced(exact, before, limits)]
    if parameters.discounts_paid_by == TARGET:
        for place, one in enumerate(inputs.members):
            left = parameters.discounts.factor(one, f"members[{place}]")
            amounts[one.id] = rounded(amounts[one.id] * left, parameters.rounding)
        trace.append(Step("discounts were taken off the fees", {"less": inputs.target - sum(amounts.values())}))
    checks = _checks(inputs, parameters, before, limits, amounts)
    return Result(
        "fee_shares",
        _told(parameters),
        amounts,
        tuple(trace),
        Certificate(checks),
        details={"weights": before, "exact": exact, "bounds": limits},
    )


def weights_of(inputs: CostShare, parameters: CostShareParameters, *, discounted: bool) -> dict[str, Fraction]:
    """Return the weight of each member; MethodInputError where a group has no coefficient or a measure is missing."""
    found = {}
    for place, one in enumerate(inputs.members):
        where = f"members[{place}]"
        weight = power(one.size, parameters.alpha)
        if parameters.coefficients:
            if one.income_group not in parameters.coefficients:
                refuse(f"{where}.income_group", one.income_group, "has no coefficient among the parameters")
            weight *= parameters.coefficients[one.income_group]
        for name, exponent in parameters.exponents.items():
            if name not in one.measures:
                refuse(f"{where}.{name}", None, "missing, and the parameters have an exponent for it")
            weight *= power(one.measures[name], exponent)
        factor = parameters.discounts.factor(one, where)
        found[one.id] = weight * factor if discounted else weight
    return found


def _priced(exact: Mapping[str, Fraction], weights: Mapping[str, Fraction], limits: Mapping[str, Bounds]) -> Step:
    low = [name for name, fee in exact.items() if fee == limits[name].low and fee]
    high = [name for name, fee in exact.items() if fee == limits[name].high]
    price = next((exact[name] / weights[name] for name in exact if name not in {*low, *high} and weights[name]), None)
    words = f"{len(low)} pay their least, {len(high)} their most, the others weight times price"
    return Step(words, {"at_least": low, "at_most": high, "price": price})


def _checks(
    inputs: CostShare,
    parameters: CostShareParameters,
    weights: Mapping[str, Fraction],
    limits: Mapping[str, Bounds],
    amounts: Mapping[str, int],
) -> tuple[Check, ...]:
    missing = inputs.target - sum(amounts.values())
    outside = [
        name
        for name, fee in amounts.items()
        if fee < limits[name].low or (limits[name].high is not None and fee > (limits[name].high or 0))
    ]
    order = sorted(amounts, key=lambda name: (weights[name], amounts[name]))
    turned = next(([a, b] for a, b in pairwise(order) if weights[a] < weights[b] and amounts[a] > amounts[b]), None)
    poorer = _poorer_pays_more(inputs, parameters, amounts)
    return (
        Check("balance", not missing, "the fees add up to the target, to the minor unit", missing or None),
        Check("bounds", not outside, "floors, caps and yearly limits hold", outside or None),
        Check("equal_treatment", not (odd := _unequal(weights, limits, amounts)), "equals pay alike", odd),
        Check("monotone", turned is None, "who weighs more pays no less", turned),
        Check("income", poorer is None, "no member pays more than one like it from a richer group", poorer),
    )


def _unequal(
    weights: Mapping[str, Fraction], limits: Mapping[str, Bounds], amounts: Mapping[str, int]
) -> list[str] | None:
    alike: dict[tuple[Fraction, Bounds], list[str]] = {}
    for name in amounts:
        alike.setdefault((weights[name], limits[name]), []).append(name)
    for names in alike.values():
        low, high = min(names, key=amounts.__getitem__), max(names, key=amounts.__getitem__)
        if amounts[high] - amounts[low] > 1:
            return [low, high]
    return None


def _poorer_pays_more(
    inputs: CostShare, parameters: CostShareParameters, amounts: Mapping[str, int]
) -> list[str] | None:
    """Return a pair of twins in all but the income group of which the one with the lower coefficient pays more."""
    twins: dict[object, list[Member]] = {}
    for one in inputs.members:
        same = (one.size, tuple(sorted(one.measures.items())), one.floor, one.cap, one.last_fee, one.discounts)
        twins.setdefault(same, []).append(one)
    for members in twins.values():
        order = sorted(members, key=lambda one: (parameters.coefficients.get(one.income_group, 0), amounts[one.id]))
        for poor, rich in pairwise(order):
            if poor.income_group != rich.income_group and amounts[poor.id] > amounts[rich.id] + 1:
                return [poor.id, rich.id]
    return None


def _told(parameters: CostShareParameters) -> dict[str, Any]:
    """Return all parameters, those by default too, as the result keeps them."""
    return {
        "alpha": parameters.alpha,
        "coefficients": parameters.coefficients,
        "exponents": parameters.exponents,
        "floor": parameters.limits.floor,
        "cap": parameters.limits.cap,
        "most_rise": parameters.limits.most_rise,
        "most_fall": parameters.limits.most_fall,
        "discounts": parameters.discounts.rates,
        "discount_mode": parameters.discounts.mode,
        "discounts_paid_by": parameters.discounts_paid_by,
        "rounding": "largest_remainder, ties to the id that comes first",
        "discount_rounding": parameters.rounding,
    }
