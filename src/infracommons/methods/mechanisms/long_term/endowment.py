"""Says how much an endowment may spend: a rate, a rolling mean, or the rule of Yale, inside a collar if any."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from infracommons.methods.result import Certificate, Check, Result, Step, refuse

RULES = ("simple", "rolling_mean", "smoothed")


@dataclass(frozen=True)
class Endowment:
    """Market values in minor units, one a year, oldest first; `last_spending` of the year before the first asked for.

    `inflation`: the yearly rise of prices by which last year's spending is carried on (smoothed rule only).
    """

    market_values: tuple[int, ...]
    last_spending: int | None = None
    inflation: Fraction = Fraction(0)


@dataclass(frozen=True)
class SpendingRule:
    """`rate` of the market value; `years` of a rolling mean; `weight` of last year's spending in the smoothed rule.

    `low` and `high`: the collar, parts of the market value that spending stays between.
    """

    rule: str
    rate: Fraction
    years: int = 1
    weight: Fraction = Fraction(0)
    low: Fraction | None = None
    high: Fraction | None = None


YALE = SpendingRule("smoothed", Fraction("0.0525"), 1, Fraction("0.8"), Fraction("0.045"), Fraction("0.06"))


def smoothed(last: Fraction, market_value: Fraction | int, inflation: Fraction, rule: SpendingRule) -> Fraction:
    """Return weight * last * (1 + inflation) + (1 - weight) * rate * market value, inside the collar, exactly.

    Source: Yale Endowment Report: 80 % of last year's spending carried on by inflation and 20 % of the target rate,
    5.25 %, of the market value two years before, not less than 4.5 % and not more than 6.0 % of that value.

    >>> from fractions import Fraction
    >>> float(smoothed(Fraction(5), 100, Fraction("0.03"), YALE))
    5.17
    """
    spending = rule.weight * last * (1 + inflation) + (1 - rule.weight) * rule.rate * market_value
    return collared(spending, Fraction(market_value), rule)


def collared(spending: Fraction, market_value: Fraction, rule: SpendingRule) -> Fraction:
    """Return spending moved to the nearest end of the collar where it is outside."""
    if rule.low is not None:
        spending = max(spending, rule.low * market_value)
    if rule.high is not None:
        spending = min(spending, rule.high * market_value)
    return spending


def yearly_spending(endowment: Endowment, rule: SpendingRule) -> list[Fraction]:
    """Return the exact spending for each market value: one a year, for a rolling mean from the year it is full."""
    values = endowment.market_values
    if rule.rule == "rolling_mean":
        windows = [values[end - rule.years : end] for end in range(rule.years, len(values) + 1)]
        means = [(Fraction(sum(window), rule.years), window[-1]) for window in windows]
        return [collared(rule.rate * mean, Fraction(last), rule) for mean, last in means]
    if rule.rule == "simple":
        return [collared(rule.rate * value, Fraction(value), rule) for value in values]
    found: list[Fraction] = []
    last = Fraction(endowment.last_spending or 0)
    for value in values:
        last = smoothed(last, value, endowment.inflation, rule)
        found.append(last)
    return found


def spend(endowment: Endowment, rule: SpendingRule) -> Result:
    """Return the spending of each year in whole minor units, rounded down so that never more than allowed is spent."""
    if rule.rule == "rolling_mean" and len(endowment.market_values) < rule.years:
        refuse("market_values", len(endowment.market_values), f"a mean of {rule.years} years needs as many values")
    if rule.rule == "smoothed" and endowment.last_spending is None:
        refuse("last_spending", None, "missing: the smoothed rule carries on last year's spending")
    exact = yearly_spending(endowment, rule)
    values = endowment.market_values[len(endowment.market_values) - len(exact) :]
    amounts = {f"year {place}": int(one) for place, one in enumerate(exact, start=1)}
    return Result(
        "endowment_spending",
        {
            "rule": rule.rule,
            "rate": rule.rate,
            "years": rule.years,
            "weight": rule.weight,
            "low": rule.low,
            "high": rule.high,
            "rounding": "down",
        },
        amounts,
        tuple(
            Step(f"year {place}", {"market_value": value, "spending": one, "part": one / value if value else None})
            for place, (one, value) in enumerate(zip(exact, values, strict=True), start=1)
        ),
        Certificate(_checks(exact, values, rule)),
        details={"exact": exact},
    )


def _checks(exact: Sequence[Fraction], values: Sequence[int], rule: SpendingRule) -> tuple[Check, ...]:
    both = list(enumerate(zip(exact, values, strict=True), start=1))
    outside = [place for place, (one, value) in both if one != collared(one, Fraction(value), rule)]
    over = [place for place, (one, value) in both if one > value]
    return (
        Check("collar", not outside, "spending stays inside the collar", outside or None),
        Check("covered", not over, "no year spends more than the whole market value", over or None),
    )
