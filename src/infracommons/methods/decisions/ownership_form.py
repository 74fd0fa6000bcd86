"""Ownership cost as one JSON document: plans with lines on the same drivers; costs and break-evens out."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

from infracommons.methods import reading as read
from infracommons.methods.decisions.cost_uncertainty import Price, Uncertain, uncertain_cost
from infracommons.methods.decisions.ownership_cost import Cost, Plan, break_even_volume, ownership_cost, unit_cost
from infracommons.methods.decisions.ownership_schema import SCHEMA, read_plans
from infracommons.methods.decisions.whole_units import adding_up, whole
from infracommons.methods.result import VERSION, Certificate, Check, MethodInputError


@dataclass(frozen=True)
class LineCost:
    """One line: its present value and what it costs in each year, undiscounted; minor units."""

    present_value: int
    by_year: tuple[int, ...]
    is_in_kind: bool


@dataclass(frozen=True)
class Spread:
    """Present cost that 10, 50 and 90 per cent of draws stay below, and the mean; minor units.

    `drivers`: the part of the variance that each uncertain line causes.
    """

    p10: int
    p50: int
    p90: int
    mean: int
    drivers: Mapping[str, float]


@dataclass(frozen=True)
class PlanCost:
    """What one plan costs at present value, in cash and in kind, which add up to the total; minor units.

    `leaving`: by year, what one pays who leaves at its end, undiscounted. `unit_costs`: present cost for each unit of
    a driver over all years, minor units to four digits after the point.
    """

    total: int
    cash: int
    in_kind: int
    lines: Mapping[str, LineCost]
    leaving: tuple[int, ...]
    unit_costs: Mapping[str, Decimal | None]
    spread: Spread


@dataclass(frozen=True)
class BreakEven:
    """The yearly volume of a driver at which two plans cost the same, to four digits; None where none is, and why."""

    plans: tuple[str, str]
    driver: str
    volume: Decimal | None
    words: str


@dataclass(frozen=True)
class OwnershipResult:
    """What every plan costs, the cheapest, and at which volumes the order turns."""

    method: str
    parameters: Mapping[str, Any]
    cheapest: tuple[str, ...]
    plans: Mapping[str, PlanCost]
    break_even: tuple[BreakEven, ...]
    certificate: Certificate
    seed: int
    version: str = VERSION


def run_ownership(form: Mapping[str, Any]) -> OwnershipResult:
    """Return what every plan costs; MethodInputError names the place of what is wrong."""
    read.parts("", form, SCHEMA["required"], SCHEMA["properties"])
    plans = read_plans(form)
    leaves = read.flag("leaves", form["leaves"])
    draws = read.whole("draws", form.get("draws", 10_000), 1, 1_000_000)
    seed = read.whole("seed", form.get("seed", 0), 0)
    exact = {name: ownership_cost(plan, leaves=leaves) for name, (plan, _) in plans.items()}
    costs = {}
    for name, (plan, prices) in plans.items():
        drawn = uncertain_cost(plan, prices, draws=draws, seed=seed, leaves=leaves)
        costs[name] = _told(plan, exact[name], drawn)
    first = next(iter(plans.values()))[0]
    least = min(one.total for one in exact.values())
    return OwnershipResult(
        "ownership",
        {"years": first.years, "discount": first.discount, "pays_at": first.pays_at, "leaves": leaves,
         "draws": draws, "volumes": first.volumes, "uncertain_lines_at": "their mode or median in all but the spread",
         "rounding": "largest_remainder, ties to the id that comes first"},
        tuple(name for name, one in exact.items() if one.total == least),
        costs,
        tuple(_even(one, other, driver, plans) for one, other in combinations(plans, 2) for driver in first.volumes),
        Certificate(_checks(costs)),
        seed,
    )  # fmt: skip


def _told(plan: Plan, cost: Cost, drawn: Uncertain) -> PlanCost:
    """Return a cost in whole minor units that add up."""
    worth = cost.rounded()
    years = [adding_up({name: row[year] for name, row in cost.by_year.items()},
                       whole(sum((row[year] for row in cost.by_year.values()), Fraction(0))))
             for year in range(plan.years)]  # fmt: skip
    lines = {one.line_id: LineCost(worth[one.line_id], tuple(year[one.line_id] for year in years), one.is_in_kind)
             for one in plan.lines}  # fmt: skip
    in_kind = sum(one.present_value for one in lines.values() if one.is_in_kind)
    total = sum(worth.values())
    units = {driver: _to_four_digits(unit_cost(cost, plan, driver)) for driver in plan.volumes}
    spread = Spread(round(drawn.p10), round(drawn.p50), round(drawn.p90), round(drawn.mean), drawn.drivers)
    return PlanCost(total, total - in_kind, in_kind, lines, tuple(map(whole, cost.leaving)), units, spread)


def _even(one: str, other: str, driver: str, plans: Mapping[str, tuple[Plan, Mapping[str, Price]]]) -> BreakEven:
    try:
        volume = _to_four_digits(break_even_volume(plans[one][0], plans[other][0], driver))
    except MethodInputError as error:
        return BreakEven((one, other), driver, None, error.problem)
    words = "They never cost the same." if volume is None else "At this volume in every year they cost the same."
    return BreakEven((one, other), driver, volume, words)


def _to_four_digits(exact: Fraction | None) -> Decimal | None:
    return None if exact is None else Decimal(whole(exact * 10**4)).scaleb(-4)


def _checks(costs: Mapping[str, PlanCost]) -> tuple[Check, ...]:
    off = [
        name
        for name, one in costs.items()
        if one.cash + one.in_kind != one.total or one.total != sum(line.present_value for line in one.lines.values())
    ]
    sure = not any(one.spread.drivers for one in costs.values())
    words = "Lines add up to the total, and cash and in kind do."
    order = sorted(costs, key=lambda name: costs[name].total)
    open_ = [name for name in order[1:] if costs[name].spread.p10 <= costs[order[0]].spread.p90]
    return (
        Check("lines_add_up", not off, words, off or None),
        Check("all_prices_sure", sure, "All prices are sure." if sure else "Some prices are drawn."),
        Check("cheapest_beyond_doubt", not open_, "The cheapest plan's 90th percentile is below the 10th of all others."
              if not open_ else "These plans could turn out as cheap.", open_ or None),
    )  # fmt: skip
