"""Sets how much to keep in reserve: the largest of months of costs, a bad year, an orderly end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.result import Certificate, Check, Mechanism, Result, Step, refuse


@dataclass(frozen=True)
class Needs:
    """Money in minor units. `monthly_results`: for each year or run looked at, income less costs month by month."""

    monthly_costs: int
    monthly_results: tuple[tuple[int, ...], ...] = ()
    winding_down: int = 0
    reserve: int = 0  # that there is


@dataclass(frozen=True)
class ReservePolicy:
    """Months of costs to keep, and the part of years or runs whose worst shortfall the reserve must cover."""

    months: Fraction
    certainty: Fraction


def target(needs: Needs, policy: ReservePolicy) -> Result:
    """Return the reserve to keep, the largest of its three reasons, and what is missing."""
    months = -(-(needs.monthly_costs * policy.months).numerator // (needs.monthly_costs * policy.months).denominator)
    worst = sorted(worst_shortfall(run) for run in needs.monthly_results)
    reasons = {
        "months_of_costs": months,
        "worst_shortfall": covering(worst, policy.certainty),
        "winding_down": needs.winding_down,
    }
    largest = max(reasons, key=lambda name: reasons[name])
    missing = max(0, reasons[largest] - needs.reserve)
    enough = Check("enough", not missing, "the reserve there is reaches the target", missing or None)
    return Result(
        "reserve_target",
        {"months": policy.months, "certainty": policy.certainty, "rounding": "up"},
        {"reserve": reasons[largest]},
        (Step(f"the largest reason is {largest}", reasons),),
        Certificate((enough,)),
        losers={name: {"less_by": reasons[largest] - value} for name, value in reasons.items() if name != largest},
        details={"reasons": reasons, "decided_by": largest, "missing": missing},
    )


def worst_shortfall(results: Sequence[int]) -> int:
    """Return how far below its start a purse falls that takes these results one after the other; 0 where it never does.

    >>> worst_shortfall([-100, 300, -250, -50])
    100
    """
    return max(0, -min(accumulate(results), default=0))


def covering(shortfalls: Sequence[int], certainty: Fraction) -> int:
    """Return the least of the shortfalls, in rising order, that covers this part of them; 0 where there are none."""
    needed = -(-(len(shortfalls) * certainty).numerator // (len(shortfalls) * certainty).denominator)
    return shortfalls[needed - 1] if needed else 0


def _run(where: str, value: object) -> tuple[int, ...]:
    return forms.records(where, value, forms.signed_money)


def _inputs(given: Mapping[str, Any]) -> Needs:
    read.parts("", given, ["monthly_costs"], ["monthly_results", "winding_down", "reserve"])
    return Needs(
        read.money("monthly_costs", given["monthly_costs"]),
        forms.records("monthly_results", given.get("monthly_results", ()), _run, least=0),
        read.money("winding_down", given.get("winding_down", 0)),
        read.money("reserve", given.get("reserve", 0)),
    )


def _parameters(given: Mapping[str, Any]) -> ReservePolicy:
    read.parts("", given, ["months", "certainty"])
    certainty = forms.part("certainty", given["certainty"])
    if not certainty:
        refuse("certainty", given["certainty"], "must be more than zero")
    return ReservePolicy(read.share("months", given["months"], 0, 1200), certainty)


MECHANISMS = (
    Mechanism(
        "reserve_target",
        "long_term",
        "Reserve target",
        "Sets the reserve to the largest of months of costs, a bad run's shortfall, and the cost of closing in order.",
        target,
        _inputs,
        _parameters,
        forms.schema(
            {"monthly_costs": forms.told(forms.AMOUNT, "Costs of a month.")},
            {
                "monthly_results": forms.listed(
                    forms.listed(forms.MONEY, "Income less costs by month."), "Years or runs looked at.", 0
                ),
                "winding_down": forms.told(forms.AMOUNT, "Cost of closing down in order."),
                "reserve": forms.told(forms.AMOUNT, "The reserve there is."),
            },
        ),
        forms.schema(
            {
                "months": forms.told(forms.QUANTITY, "Months of costs to keep."),
                "certainty": forms.told(forms.PART, "Part of years or runs to be covered, 0.95 for 19 of 20."),
            }
        ),
    ),
)
