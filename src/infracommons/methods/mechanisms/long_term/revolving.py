"""Follows a fund that lends its repayments again: how much it lends in all, what is lost, what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.result import Certificate, Check, Mechanism, Result, Step


@dataclass(frozen=True)
class LoanFund:
    """A fund: cash in minor units, cost of running it in each period, and most that is asked for in a period."""

    cash: int
    cost: int = 0
    demand: int | None = None


@dataclass(frozen=True)
class LoanTerms:
    """Periods to follow; equal `instalments` after `grace` periods; parts of each instalment that fail and come back.

    `interest`: for a period, on all that is out. `keep`: cash not lent.
    """

    periods: int
    instalments: int
    grace: int = 0
    default: Fraction = Fraction(0)
    recovery: Fraction = Fraction(0)
    interest: Fraction = Fraction(0)
    keep: int = 0


def revolve(fund: LoanFund, terms: LoanTerms) -> Result:
    """Return what is lent in each period: all cash above `keep`, up to the demand; repayments are lent again.

    In a period instalments come first, then costs are paid as far as cash goes, then the rest is lent. Parts of a cent
    that fail are rounded up, those that come back or bear interest down.
    """
    cash, outstanding, lost, unpaid = fund.cash, 0, 0, 0
    due: dict[int, int] = {}
    lent: list[int] = []
    trace = []
    for period in range(1, terms.periods + 1):
        before, instalment = cash, due.pop(period, 0)
        interest = int(outstanding * terms.interest)
        failed = -int(-(instalment * terms.default) // 1)
        recovered = int(failed * terms.recovery)
        cash += instalment - failed + recovered + interest
        paid = min(fund.cost, cash)
        unpaid += fund.cost - paid
        new = max(0, cash - paid - terms.keep)
        new = new if fund.demand is None else min(new, fund.demand)
        cash -= paid + new
        outstanding += new - instalment
        lost += failed - recovered
        for number, part in enumerate(_equal(new, terms.instalments), start=1):
            due[period + terms.grace + number] = due.get(period + terms.grace + number, 0) + part
        lent.append(new)
        numbers = {
            "cash_before": before,
            "repaid": instalment - failed,
            "recovered": recovered,
            "interest": interest,
            "cost": paid,
            "lent": new,
            "lost": failed - recovered,
            "cash": cash,
            "outstanding": outstanding,
        }
        trace.append(Step(f"period {period}", numbers))
    earned = sum(step.numbers["interest"] for step in trace)
    spent = sum(step.numbers["cost"] for step in trace)
    identity = cash + outstanding + lost + spent - earned - fund.cash
    steps = [
        step.words
        for step, one in ((step, step.numbers) for step in trace)
        if one["cash_before"] + one["repaid"] + one["recovered"] + one["interest"] - one["cost"] - one["lent"]
        != one["cash"]
    ]
    words = "cash, loans that are out, losses and costs are the first cash and the interest"
    return Result(
        "revolving_fund",
        {**vars(terms), "rounding": "failures up, recoveries and interest down"},
        {f"period {number}": amount for number, amount in enumerate(lent, start=1)},
        tuple(trace),
        Certificate(
            (
                Check("conservation", not identity, words, identity or None),
                Check("cash_identity", not steps, "in each period cash changes by what comes and goes", steps or None),
                Check("costs_covered", not unpaid, "the fund can pay its own costs", unpaid or None),
            )
        ),
        details={
            "lent": sum(lent),
            "lending_multiple": Fraction(sum(lent), fund.cash) if fund.cash else None,
            "limit_of_multiple": _limit(terms),
            "cash": cash,
            "outstanding": outstanding,
            "lost": lost,
        },
    )


def _equal(amount: int, parts: int) -> list[int]:
    """Return equal whole parts, the first ones a unit larger where it does not divide."""
    each, more = divmod(amount, parts)
    return [each + (number < more) for number in range(parts)]


def _limit(terms: LoanTerms) -> Fraction | None:
    """Return 1/(1 - rho), rho being the part of money lent that comes back, without costs and interest."""
    lost = terms.default * (1 - terms.recovery)
    return 1 / lost if lost else None


def _fund(given: Mapping[str, Any]) -> LoanFund:
    read.parts("", given, ["cash"], ["cost", "demand"])
    demand = None if given.get("demand") is None else read.money("demand", given["demand"])
    return LoanFund(read.money("cash", given["cash"]), read.money("cost", given.get("cost", 0)), demand)


def _terms(given: Mapping[str, Any]) -> LoanTerms:
    read.parts("", given, ["periods", "instalments"], ["grace", "default", "recovery", "interest", "keep"])
    return LoanTerms(
        read.whole("periods", given["periods"], 1, 1200),
        read.whole("instalments", given["instalments"], 1, 1200),
        read.whole("grace", given.get("grace", 0), 0, 1200),
        forms.part("default", given.get("default", 0)),
        forms.part("recovery", given.get("recovery", 0)),
        read.share("interest", given.get("interest", 0), 0, 1),
        read.money("keep", given.get("keep", 0)),
    )


def _count(words: str) -> dict[str, Any]:
    return {"type": "integer", "minimum": 0, "maximum": 1200, "description": words}


MECHANISMS = (
    Mechanism(
        "revolving_fund",
        "long_term",
        "Revolving fund",
        "Follows a fund that lends its repayments again: how much it lends in all, and what is lost.",
        revolve,
        _fund,
        _terms,
        forms.schema(
            {"cash": forms.told(forms.AMOUNT, "Cash at the start.")},
            {
                "cost": forms.told(forms.AMOUNT, "Cost of running the fund in each period."),
                "demand": forms.told(forms.AMOUNT, "Most that is asked for in a period; none by default."),
            },
        ),
        forms.schema(
            {"periods": _count("Periods to follow."), "instalments": _count("Equal instalments of each loan.")},
            {
                "grace": _count("Periods before the first instalment; 0 by default."),
                "default": forms.told(forms.PART, "Part of each instalment that is not paid."),
                "recovery": forms.told(forms.PART, "Part of that which is recovered."),
                "interest": forms.told(forms.PART, "Interest for a period on what is out."),
                "keep": forms.told(forms.AMOUNT, "Cash that is not lent."),
            },
        ),
    ),
)
