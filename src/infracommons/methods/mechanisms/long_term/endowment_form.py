"""The form of spending from an endowment: what it reads, and the years ahead where they are asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.long_term.endowment import RULES, Endowment, SpendingRule, spend
from infracommons.methods.mechanisms.long_term.endowment_paths import Markets, outlook
from infracommons.methods.result import Mechanism, Result, refuse


@dataclass(frozen=True)
class SpendingPlan:
    """The rule, and the markets in which it is played forward where that is asked for (years, runs, seed)."""

    rule: SpendingRule
    markets: Markets | None = None
    play: Mapping[str, int] = field(default_factory=dict)


def spend_and_look(endowment: Endowment, plan: SpendingPlan) -> Result:
    """Return the spending of each year; in `details`, what may happen to worth and spending in the years ahead."""
    found = spend(endowment, plan.rule)
    if plan.markets is None:
        return found
    start, last = float(endowment.market_values[-1]), float(found.details["exact"][-1])
    return replace(
        found,
        parameters={**found.parameters, "outlook": {**vars(plan.markets), **plan.play}},
        details={**found.details, "outlook": outlook(start, last, plan.rule, plan.markets, **plan.play)},
        seed=plan.play["seed"],
    )


def _inputs(given: Mapping[str, Any]) -> Endowment:
    read.parts("", given, ["market_values"], ["last_spending", "inflation"])
    last = given.get("last_spending")
    return Endowment(
        forms.records("market_values", given["market_values"], read.money),
        None if last is None else read.money("last_spending", last),
        read.share("inflation", given.get("inflation", 0), Fraction(-1, 2), 10),
    )


def _rule(given: Mapping[str, Any]) -> SpendingRule:
    name = read.choice("rule", given["rule"], RULES)
    for rule, key in (("rolling_mean", "years"), ("smoothed", "weight")):
        if name == rule and key not in given:
            refuse(key, None, f"missing: the rule {rule} needs it")
        if name != rule and given.get(key) is not None:
            refuse(key, given[key], f"is only for the rule {rule}")
    low, high = (None if given.get(key) is None else forms.part(key, given[key]) for key in ("low", "high"))
    if low is not None and high is not None and low > high:
        refuse("low", given["low"], "is above high")
    years = read.whole("years", given["years"], 1, 100) if name == "rolling_mean" else 1
    weight = forms.part("weight", given["weight"]) if name == "smoothed" else Fraction(0)
    return SpendingRule(name, forms.part("rate", given["rate"]), years, weight, low, high)


def _parameters(given: Mapping[str, Any]) -> SpendingPlan:
    read.parts("", given, ["rule", "rate"], ["years", "weight", "low", "high", "outlook"])
    rule = _rule(given)
    if "outlook" not in given:
        return SpendingPlan(rule)
    asked = read.parts("outlook", given["outlook"], _OUTLOOK["required"])
    mean, deviation = (float(read.share(f"outlook.{key}", asked[key], least, 1))
                       for key, least in (("mean", Fraction(-1, 2)), ("deviation", 0)))  # fmt: skip
    limits = {"years": (2, 200), "runs": (1, 20_000), "seed": (0, None)}
    play = {key: read.whole(f"outlook.{key}", asked[key], *ends) for key, ends in limits.items()}
    return SpendingPlan(rule, Markets(mean, deviation), play)


_OUTLOOK = forms.schema(
    {
        "mean": forms.told(forms.NUMBER, "Mean yearly return after inflation, 0.04 for 4 %."),
        "deviation": forms.told(forms.PART, "Standard deviation of yearly returns, 0.12 for 12 %."),
        "years": {"type": "integer", "minimum": 2, "maximum": 200, "description": "Years to play forward."},
        "runs": {"type": "integer", "minimum": 1, "maximum": 20_000, "description": "How often chance is played."},
        "seed": {"type": "integer", "minimum": 0, "description": "Seed of chance."},
    }
)
MECHANISMS = (
    Mechanism(
        "endowment_spending",
        "long_term",
        "Spending from an endowment",
        "Says how much an endowment may spend each year, by a rate, a rolling mean or a smoothed rule with a collar.",
        spend_and_look,
        _inputs,
        _parameters,
        forms.schema(
            {
                "market_values": forms.listed(
                    forms.AMOUNT, "Market value by year, oldest first; for the Yale rule that of two years before."
                )
            },
            {
                "last_spending": forms.told(forms.AMOUNT, "Spending of the year before the first (smoothed rule)."),
                "inflation": forms.told(forms.NUMBER, "Yearly rise of prices, 0.03 for 3 %; 0 by default."),
            },
        ),
        forms.schema(
            {
                "rule": {"enum": list(RULES), "description": "The rule; Yale's is smoothed."},
                "rate": forms.told(forms.PART, "Target part of the market value, 0.0525 for 5.25 %."),
            },
            {
                "years": {"type": "integer", "minimum": 1, "description": "Years of the rolling mean."},
                "weight": forms.told(forms.PART, "Weight of last year's spending in the smoothed rule, 0.8 at Yale."),
                "low": forms.told(forms.PART, "Least part of the market value."),
                "high": forms.told(forms.PART, "Most part of the market value."),
                "outlook": {**_OUTLOOK, "description": "Plays the rule forward from the last year, after inflation."},
            },
        ),
    ),
)
