"""What an infrastructure costs to have over the years: lines driven by volumes, money of later years worth less.

In-kind lines are priced and kept apart; the cost of leaving is worked out for each year. Amounts are exact fractions of
minor units; `rounded` makes whole ones that add up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from infracommons.methods.result import largest_remainder, refuse

BEHAVIOURS = ("fixed", "step", "variable")
WHEN = ("running", "leaving")


@dataclass(frozen=True)
class Line:
    """One line of cost.

    `price`: minor units in money of year 1, for the whole (fixed), per started step of `step_size` units of the driver
    (step), or per unit (variable). It grows by `growth` a year. The line runs from year `start` to `end`, both
    included, counted from 1. `when` "leaving": it falls due once, in the year of leaving. `committed_until`: to this
    year a running line has to be paid even after leaving.
    """

    line_id: str
    behaviour: str
    price: Fraction
    start: int = 1
    end: int | None = None
    driver: str = ""
    step_size: Fraction = Fraction(1)
    growth: Fraction = Fraction(0)
    is_in_kind: bool = False
    when: str = "running"
    committed_until: int = 0


@dataclass(frozen=True)
class Plan:
    """One way to have it: its lines over `years`, the drivers' volumes by year, and how later money is valued.

    `pays_at`: "end" of each year, or "start", when a payment of year 1 is not discounted.
    """

    lines: tuple[Line, ...]
    years: int
    volumes: Mapping[str, tuple[Fraction, ...]]  # one for each year
    discount: Fraction
    pays_at: str

    def __post_init__(self) -> None:
        """Refuse what cannot be worked out."""
        if self.years < 1:
            refuse("years", self.years, "at least 1")
        if self.discount <= -1:
            refuse("discount", self.discount, "above -1")
        if self.pays_at not in {"start", "end"}:
            refuse("pays_at", self.pays_at, 'not one of "start", "end"')
        for name, volumes in self.volumes.items():
            if len(volumes) != self.years:
                refuse(f"volumes.{name}", len(volumes), f"one volume for each of {self.years} years was expected")
            if any(volume < 0 for volume in volumes):
                refuse(f"volumes.{name}", min(volumes), "negative")
        for place, one in enumerate(self.lines):
            _check(one, self, f"lines[{place}]")
            if one.line_id in [other.line_id for other in self.lines[:place]]:
                refuse(f"lines[{place}].line_id", one.line_id, "comes twice")


@dataclass(frozen=True)
class Cost:
    """What a plan costs: by line and year (undiscounted), at present value by line, in cash and in kind.

    `leaving` is what has to be paid by one who leaves at the end of each year, undiscounted: leaving lines at that
    year's volume and price, and what is committed for later years.
    """

    by_year: Mapping[str, tuple[Fraction, ...]]
    present_value: Mapping[str, Fraction]
    total: Fraction
    cash: Fraction
    in_kind: Fraction
    leaving: tuple[Fraction, ...]

    def rounded(self) -> dict[str, int]:
        """Return present values of lines in whole minor units that add up to the rounded total."""
        whole = int(self.total + Fraction(1, 2))
        return largest_remainder(self.present_value, whole)


def quantity(line: Line, plan: Plan, year: int) -> Fraction:
    """Return how often the price is paid in a year: once, by steps begun, or by units."""
    if line.behaviour == "fixed":
        return Fraction(1)
    volume = plan.volumes[line.driver][year - 1]
    if line.behaviour == "step":
        return Fraction(-(-volume // line.step_size))
    return volume


def paid(line: Line, plan: Plan, year: int) -> Fraction:
    """Return what a running line costs in a year, undiscounted minor units."""
    runs = line.when == "running" and line.start <= year <= (line.end or plan.years)
    return _priced(line, plan, year) if runs else Fraction(0)


def present(amount: Fraction, plan: Plan, year: int) -> Fraction:
    """Return what an amount of a year is worth at the beginning of year 1."""
    return amount / (1 + plan.discount) ** (year if plan.pays_at == "end" else year - 1)


def ownership_cost(plan: Plan, *, leaves: bool = False) -> Cost:
    """Return the cost of a plan; with `leaves`, leaving at the end of the last year is paid and counted too.

    Closed forms: a level payment c at the end of T years is c (1 - (1 + d)^-T)/d.
    """
    years = range(1, plan.years + 1)
    by_year = {one.line_id: tuple(paid(one, plan, year) for year in years) for one in plan.lines}
    worth = {name: sum((present(amount, plan, year) for year, amount in zip(years, row, strict=True)), Fraction(0))
             for name, row in by_year.items()}  # fmt: skip
    if leaves:
        for one in plan.lines:
            worth[one.line_id] += present(leaving_cost(one, plan, plan.years), plan, plan.years)
    in_kind = sum((worth[one.line_id] for one in plan.lines if one.is_in_kind), Fraction(0))
    total = sum(worth.values(), Fraction(0))
    leaving = tuple(sum((leaving_cost(one, plan, year) for one in plan.lines), Fraction(0)) for year in years)
    return Cost(by_year, worth, total, total - in_kind, in_kind, leaving)


def leaving_cost(line: Line, plan: Plan, year: int) -> Fraction:
    """Return what one line costs one who leaves at the end of a year, undiscounted."""
    if line.when == "leaving":
        return _priced(line, plan, year)
    until = min(line.committed_until, line.end or plan.years, plan.years)
    return sum((paid(line, plan, later) for later in range(year + 1, until + 1)), Fraction(0))


def break_even_volume(one: Plan, other: Plan, driver: str) -> Fraction | None:
    """Return the yearly volume of a driver, the same each year, at which both plans cost the same; None where never.

    q* = (F1 - F2)/(v2 - v1) at present value. MethodInputError where a line goes in steps with it: then there is not
    one volume.
    """
    for plan in (one, other):
        for place, line in enumerate(plan.lines):
            if line.behaviour == "step" and line.driver == driver:
                refuse(f"lines[{place}]", line.line_id, "goes in steps with the driver: there is not one break-even")
    fixed = [ownership_cost(_at(plan, driver, Fraction(0))).total for plan in (one, other)]
    slope = [ownership_cost(_at(plan, driver, Fraction(1))).total - start
             for plan, start in zip((one, other), fixed, strict=True)]  # fmt: skip
    if slope[0] == slope[1]:
        return None
    found = (fixed[0] - fixed[1]) / (slope[1] - slope[0])
    return found if found >= 0 else None


def unit_cost(cost: Cost, plan: Plan, driver: str) -> Fraction | None:
    """Return total present cost per unit of a driver over all years; None where there is no volume."""
    units = sum(plan.volumes[driver], Fraction(0)) if driver in plan.volumes else Fraction(0)
    return cost.total / units if units else None


def growing(start: Fraction, growth: Fraction, years: int) -> tuple[Fraction, ...]:
    """Return a volume that grows by the same part each year, from year 1."""
    return tuple(start * (1 + growth) ** year for year in range(years))


def priced(plan: Plan, prices: Sequence[Fraction]) -> Plan:
    """Return the plan with other prices, in the order of its lines."""
    return replace(plan, lines=tuple(replace(one, price=price) for one, price in zip(plan.lines, prices, strict=True)))


def _priced(line: Line, plan: Plan, year: int) -> Fraction:
    return line.price * (1 + line.growth) ** (year - 1) * quantity(line, plan, year)


def _at(plan: Plan, driver: str, volume: Fraction) -> Plan:
    return replace(plan, volumes={**plan.volumes, driver: (volume,) * plan.years})


def _check(line: Line, plan: Plan, where: str) -> None:
    if line.behaviour not in BEHAVIOURS:
        refuse(f"{where}.behaviour", line.behaviour, f"not one of {', '.join(BEHAVIOURS)}")
    if line.when not in WHEN:
        refuse(f"{where}.when", line.when, f"not one of {', '.join(WHEN)}")
    if line.price < 0:
        refuse(f"{where}.price", line.price, "negative")
    if line.behaviour != "fixed" and line.driver not in plan.volumes:
        refuse(f"{where}.driver", line.driver, "is not a driver with volumes")
    if line.step_size <= 0:
        refuse(f"{where}.step_size", line.step_size, "above zero was expected")
    if line.growth <= -1:
        refuse(f"{where}.growth", line.growth, "above -1")
    if not 1 <= line.start <= (line.end or plan.years) <= plan.years:
        refuse(f"{where}.start", (line.start, line.end), f"years run from 1 to {plan.years}, the start before the end")
