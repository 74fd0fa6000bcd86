"""Plays an endowment forward many times: will it keep its worth, and do the later years get as much as the early?"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from infracommons.methods.mechanisms.long_term.endowment import SpendingRule

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Markets:
    """Yearly returns after inflation: mean and standard deviation, independent and lognormal."""

    mean: float
    deviation: float


def outlook(start: float, first_spending: float, rule: SpendingRule, markets: Markets, **play: int) -> dict[str, Any]:
    """Return what happens to the worth and the spending of an endowment after inflation; `play`: years, runs, seed.

    `p_below_start`: part of runs in which the worth ends below its start. `generations`: mean spending of the second
    half of the years over that of the first. `worst_fall`: the fall of spending from its top, in the worst twentieth
    of runs. `p_spent`: part of runs that end with nothing. All numbers are real, so inflation in the rule is 0.
    """
    years, runs = play["years"], play["runs"]
    dice = np.random.Generator(np.random.PCG64(play["seed"]))
    spread = np.sqrt(np.log1p((markets.deviation / (1 + markets.mean)) ** 2))
    growth = np.exp(dice.normal(np.log1p(markets.mean) - spread**2 / 2, spread, size=(years, runs)))
    worth: Numbers = np.full(runs, float(start))
    values = [worth]
    last: Numbers = np.full(runs, float(first_spending))
    spending = np.zeros((years, runs))
    for year in range(years):
        last = np.minimum(_spending(values, last, rule), worth)
        spending[year] = last
        worth = (worth - last) * growth[year]
        values.append(worth)
    half = years // 2
    early, late = spending[:half].mean(), spending[-half:].mean()
    tops = np.maximum.accumulate(spending, axis=0)
    falls = np.where(tops > 0, 1 - spending / np.where(tops > 0, tops, 1), 0).max(axis=0)
    return {
        "p_below_start": float((worth < start).mean()),
        "generations": float(late / early) if early else None,
        "worst_fall": float(np.quantile(falls, 0.95)),
        "p_spent": float((worth <= 0).mean()),
        "median_worth": float(np.median(worth)),
        "median_spending": [float(one) for one in np.median(spending, axis=1)],
        **play,
    }


def _spending(values: list[Numbers], last: Numbers, rule: SpendingRule) -> Numbers:
    now = values[-1]
    if rule.rule == "rolling_mean":
        wanted = float(rule.rate) * np.mean(values[-rule.years :], axis=0)
    elif rule.rule == "smoothed":
        now = values[max(0, len(values) - 3)]  # the value of two years before
        wanted = float(rule.weight) * last + float((1 - rule.weight) * rule.rate) * now
    else:
        wanted = float(rule.rate) * now
    low, high = (rule.low or Fraction(0)), (rule.high if rule.high is not None else Fraction(1))
    found: Numbers = np.clip(wanted, float(low) * now, float(high) * now)
    return found
