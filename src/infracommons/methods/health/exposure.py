"""How much hangs on few sources or funders, how long the money lasts, and which funder's exit bites."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from infracommons.methods.health.accounts import Year
from infracommons.methods.health.concentration import effective_number, gini, herfindahl, lorenz, shares

_MONTHS = 12
_BY_LINES = ("contributions", "program_service_revenue", "investment_income", "royalties", "other_revenue")
REST = "all other revenue"


@dataclass(frozen=True)
class Concentration:
    """How unevenly revenue is spread, exact: Herfindahl index, equal givers of the same effect, top share, Gini."""

    amounts: Mapping[str, int]
    herfindahl: Fraction | None = None
    effective_number: Fraction | None = None
    top: str = ""
    top_share: Fraction | None = None
    gini: Fraction | None = None
    lorenz: tuple[tuple[Fraction, Fraction], ...] = ()
    why_not: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Exit:
    """What follows when one funder leaves and costs stay: the yearly gap in minor units, and how long cash fills it.

    `months` is None where no gap opens, or where it cannot be told; `words` says which.
    """

    funder: str
    share: Fraction | None
    gap: int | None
    months: Fraction | None
    words: str


def by_source(year: Year) -> Concentration:
    """Return the concentration over sources: those given, else the lines of the form; R3 of ten is its top share."""
    if year.sources:
        return _measured(_with_rest(year, year.sources))
    found = {name: year.lines[name] for name in _BY_LINES}
    missing = [name for name, amount in found.items() if amount is None]
    if missing:
        return Concentration({}, why_not=f"not known: {', '.join(missing)}, and no sources are given")
    return _measured(_with_rest(year, {name: amount or 0 for name, amount in found.items()}))


def by_funder(year: Year) -> Concentration:
    """Return the concentration over named funders alone; how much of revenue they give is in the remark."""
    if not year.funders:
        return Concentration({}, why_not="no funders are named")
    total, named = year.lines["total_revenue"], sum(year.funders.values())
    part = f"{named / total:.1%} of the revenue" if total else "of revenue that is not known"
    return _measured(year.funders, f"over named funders only, who give {part}")


def exits(year: Year) -> tuple[Exit, ...]:
    """Return, for each named funder, the largest first, what their exit would mean."""
    ordered = sorted(year.funders.items(), key=lambda one: (-one[1], one[0]))
    return tuple(_exit(year, name, amount) for name, amount in ordered)


def runway(year: Year) -> Exit:
    """Return how long cash and savings last when everything goes on as in this year, no funder leaving."""
    return _exit(year, "", 0)


def _exit(year: Year, funder: str, amount: int) -> Exit:
    needed = ("cash", "savings", "total_revenue", "total_expenses", "depreciation")
    missing = [name for name in needed if year.lines[name] is None]
    revenue = year.lines["total_revenue"]
    share = Fraction(amount, revenue) if revenue and funder else None
    if missing:
        return Exit(funder, share, None, None, f"cannot be told: {', '.join(missing)} not known")
    cash, savings, income, expenses, depreciation = (year.lines[name] or 0 for name in needed)
    gap = expenses - depreciation - (income - amount)
    if gap <= 0:
        return Exit(funder, share, 0, None, "no gap opens: what comes in still covers what is paid out")
    months = max(Fraction(cash + savings), Fraction(0)) / Fraction(gap, _MONTHS)
    return Exit(funder, share, gap, months, f"cash and savings fill the gap for {float(months):.1f} months")


def _with_rest(year: Year, parts: Mapping[str, int]) -> dict[str, int]:
    """Return the parts with what they leave of the total revenue, so that shares are of all revenue."""
    rest = (year.lines["total_revenue"] or 0) - sum(parts.values())
    return {**parts, REST: rest} if rest else dict(parts)


def _measured(amounts: Mapping[str, int], remark: str = "") -> Concentration:
    negative = [name for name, amount in amounts.items() if amount < 0]
    if negative:
        return Concentration(amounts, why_not=f"below zero, so shares mean nothing: {', '.join(negative)}")
    values = list(amounts.values())
    found = shares(values)
    if found is None:
        return Concentration(amounts, why_not="there is no revenue to spread")
    top = max(amounts, key=lambda name: amounts[name])
    return Concentration(amounts, herfindahl(values), effective_number(values), top, found[0], gini(values),
                         tuple(lorenz(values) or ()), remark=remark)  # fmt: skip
