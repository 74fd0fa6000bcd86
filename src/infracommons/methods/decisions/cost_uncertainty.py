"""How sure a cost is: prices drawn from what they may be, and the total that 10, 50 or 90 per cent stay below."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite, log

import numpy as np

from infracommons.methods.decisions.ownership_cost import Plan, ownership_cost, priced
from infracommons.methods.decisions.table import Floats
from infracommons.methods.result import refuse

NINETIETH = 1.2815515655446004  # of the standard normal distribution


@dataclass(frozen=True)
class Triangular:
    """Between least and greatest, most likely at the mode, straight lines between."""

    least: float
    mode: float
    greatest: float


@dataclass(frozen=True)
class Pert:
    """Between least and greatest, around the mode with four times its weight (a beta distribution)."""

    least: float
    mode: float
    greatest: float


@dataclass(frozen=True)
class Lognormal:
    """Above zero, half of it below the median and nine tenths below `ninetieth`."""

    median: float
    ninetieth: float


Price = Triangular | Pert | Lognormal


@dataclass(frozen=True)
class Uncertain:
    """Present cost in minor units that 10, 50 and 90 per cent of draws stay below, the mean, and what drives it.

    `drivers`: the part of the variance of the total that each uncertain line causes; they sum to 1.
    """

    p10: float
    p50: float
    p90: float
    mean: float
    drivers: Mapping[str, float]
    draws: int
    seed: int


def uncertain_cost(
    plan: Plan, prices: Mapping[str, Price], *, draws: int, seed: int, leaves: bool = False
) -> Uncertain:
    """Return the spread of a plan's present cost when prices of some lines, by id, are drawn independently.

    Prices are in the minor units of the line. MethodInputError for unknown lines and for bounds out of order.
    """
    if draws < 1:
        refuse("draws", draws, "at least 1")
    known = [one.line_id for one in plan.lines]
    for name in prices:
        if name not in known:
            refuse(f"prices.{name}", name, "is not a line of the plan")
    # The total is a sum over lines of price times a sure factor: what the line costs at a price of one.
    ones = ownership_cost(priced(plan, [Fraction(1)] * len(plan.lines)), leaves=leaves).present_value
    generator = np.random.Generator(np.random.PCG64(seed))
    total, parts = np.zeros(draws), {}
    for one in plan.lines:
        factor = float(ones[one.line_id])
        if one.line_id in prices:
            amounts = factor * draw_price(generator, prices[one.line_id], draws, f"prices.{one.line_id}")
            parts[one.line_id] = float(np.var(amounts))
            total += amounts
        else:
            total += factor * float(one.price)
    p10, p50, p90 = (float(part) for part in np.quantile(total, [0.1, 0.5, 0.9]))
    whole = sum(parts.values())
    drivers = {name: part / whole if whole else 0.0 for name, part in parts.items()}
    return Uncertain(p10, p50, p90, float(np.mean(total)), drivers, draws, seed)


def draw_price(generator: np.random.Generator, price: Price, draws: int, where: str = "price") -> Floats:
    """Return draws of one price; a distribution without width gives its one value."""
    if isinstance(price, Lognormal):
        if not (0 < price.median <= price.ninetieth and isfinite(price.ninetieth)):
            refuse(where, (price.median, price.ninetieth), "above zero, the median not above the 90th percentile")
        spread = log(price.ninetieth / price.median) / NINETIETH
        return np.asarray(price.median * np.exp(spread * generator.standard_normal(draws)))
    low, mode, high = price.least, price.mode, price.greatest
    if not (0 <= low <= mode <= high and isfinite(high)):
        refuse(where, (low, mode, high), "zero or more, in the order least, mode, greatest")
    if low == high:
        return np.full(draws, float(low))
    if isinstance(price, Triangular):
        return generator.triangular(low, mode, high, draws)
    span = high - low
    return np.asarray(low + span * generator.beta(1 + 4 * (mode - low) / span, 1 + 4 * (high - mode) / span, draws))
