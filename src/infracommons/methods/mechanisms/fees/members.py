"""Who shares a cost and by which measures: the weight of a member, and the least and most that it may pay."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.fees.levels import Bounds
from infracommons.methods.result import refuse

DIGITS = 50  # of a power that is no fraction, such as a square root
MEASURES = ("gdp", "fte", "usage")
MODES = ("added", "multiplied")


@dataclass(frozen=True)
class Member:
    """One who pays. Money in minor units; `size` and measures in any unit that is the same for all members."""

    id: str
    size: Fraction = Fraction(1)
    income_group: str = ""
    class_name: str = ""
    measures: Mapping[str, Fraction] = field(default_factory=dict)
    floor: int | None = None
    cap: int | None = None
    last_fee: int | None = None
    discounts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """Floors, caps and yearly limits for all. `most_rise` and `most_fall`: part of last year's fee, None: no limit."""

    floor: int = 0
    cap: int | None = None
    most_rise: Fraction | None = None
    most_fall: Fraction | None = None


@dataclass(frozen=True)
class Discounts:
    """The part that each discount takes off, and whether several are added (30 + 15 = 45 %) or multiplied (40.5 %)."""

    rates: Mapping[str, Fraction] = field(default_factory=dict)
    mode: str = "multiplied"

    def factor(self, member: Member, where: str) -> Fraction:
        """Return what is left of the fee, 0 to 1; MethodInputError for an unknown discount or more than all."""
        left = Fraction(1)
        for name in member.discounts:
            if name not in self.rates:
                refuse(f"{where}.discounts", name, f"there is no such discount; known are {', '.join(self.rates)}")
            left = left - self.rates[name] if self.mode == "added" else left * (1 - self.rates[name])
        if left < 0:
            refuse(f"{where}.discounts", list(member.discounts), "added together they are more than the whole fee")
        return left


@lru_cache(maxsize=10_000)  # trials of a tariff and of mergers ask again and again
def power(base: Fraction, exponent: Fraction) -> Fraction:
    """Return base to the exponent: exact for whole exponents, else to 50 significant digits."""
    if exponent.denominator == 1:
        return base ** int(exponent)
    if not base:
        return Fraction(0)
    with localcontext() as context:
        context.prec = DIGITS
        high = Decimal(base.numerator) / Decimal(base.denominator)
        return Fraction(high ** (Decimal(exponent.numerator) / Decimal(exponent.denominator)))


def bounds(member: Member, limits: Limits, where: str) -> Bounds:
    """Return the least and most that a member pays; MethodInputError where its floor is above its cap.

    The member's own floor and cap stand instead of those for all. A yearly limit narrows them, to whole minor units.
    """
    low = limits.floor if member.floor is None else member.floor
    high = limits.cap if member.cap is None else member.cap
    if member.last_fee is not None and limits.most_fall is not None:
        exact = member.last_fee * (1 - limits.most_fall)
        low = max(low, -(-exact.numerator // exact.denominator))
    if member.last_fee is not None and limits.most_rise is not None:
        exact = member.last_fee * (1 + limits.most_rise)
        most = exact.numerator // exact.denominator
        high = most if high is None else min(high, most)
    if high is not None and low > high:
        refuse(where, member.id, f"the least to pay, {low}, is above the most, {high}, by {low - high} minor units")
    return Bounds(low, high)


def read_member(where: str, value: object) -> Member:
    """Return a member from JSON."""
    given = read.parts(where, value, ["id"], MEMBER_OPTIONAL)
    filled = {name: part for name, part in given.items() if part is not None and part != ""}  # as CSV leaves cells out

    def money(name: str) -> int | None:
        return read.money(f"{where}.{name}", filled[name]) if name in filled else None

    found = filled.get("discounts", ())
    names = [one for one in found.split(";") if one.strip()] if isinstance(found, str) else found  # as CSV has a list
    return Member(
        id=read.text(f"{where}.id", given["id"]),
        size=read.share(f"{where}.size", filled.get("size", 1)),
        income_group=read.text(f"{where}.income_group", filled["income_group"]) if "income_group" in filled else "",
        class_name=read.text(f"{where}.class", filled["class"]) if "class" in filled else "",
        measures={name: read.share(f"{where}.{name}", filled[name]) for name in MEASURES if name in filled},
        floor=money("floor"),
        cap=money("cap"),
        last_fee=money("last_fee"),
        discounts=tuple(one.strip() for one in forms.records(f"{where}.discounts", names, read.text, least=0)),
    )


def read_members(value: object, where: str = "members") -> tuple[Member, ...]:
    """Return members from JSON, one at least and none twice."""
    members = forms.records(where, value, read_member)
    forms.no_twins(where, [one.id for one in members])
    return members


def read_limits(given: Mapping[str, Any]) -> Limits:
    """Return the limits for all from JSON parameters."""
    return Limits(
        read.money("floor", given.get("floor", 0)),
        None if given.get("cap") is None else read.money("cap", given["cap"]),
        None if given.get("most_rise") is None else read.share("most_rise", given["most_rise"]),
        None if given.get("most_fall") is None else forms.part("most_fall", given["most_fall"]),
    )


def read_discounts(given: Mapping[str, Any]) -> Discounts:
    """Return the discounts from JSON parameters: with any discount, the mode must be named."""
    rates = read.entries("discounts", forms.or_else(given, "discounts", {}), forms.part)
    if rates and "discount_mode" not in given:
        refuse("discount_mode", None, "missing: say whether several discounts are added or multiplied")
    return Discounts(rates, read.choice("discount_mode", given.get("discount_mode", "multiplied"), MODES))


MEMBER_OPTIONAL: dict[str, Any] = {
    "size": forms.told(forms.QUANTITY, "Size in any unit, 1 where not given."),
    "income_group": {"type": "string", "description": "Group of the country, as in the parameter coefficients."},
    "class": {"type": "string", "description": "Class of the member, for bands by class."},
    "gdp": forms.told(forms.QUANTITY, "Gross domestic product, or any measure of means."),
    "fte": forms.told(forms.QUANTITY, "Full-time equivalents of staff or students."),
    "usage": forms.told(forms.QUANTITY, "Usage."),
    "floor": forms.told(forms.AMOUNT, "The least that this member pays, instead of the one for all."),
    "cap": forms.told(forms.AMOUNT, "The most that this member pays, instead of the one for all."),
    "last_fee": forms.told(forms.AMOUNT, "What it paid last year."),
    "discounts": {"type": "array", "items": forms.NAME, "description": "Names of the discounts it gets."},
}
MEMBER = forms.schema({"id": {**forms.NAME, "description": "Name of the member."}}, MEMBER_OPTIONAL)
LIMITS: dict[str, Any] = {
    "floor": forms.told(forms.AMOUNT, "The least that anyone pays; 0 where not given."),
    "cap": forms.told(forms.AMOUNT, "The most that anyone pays; none where not given."),
    "most_rise": forms.told(forms.QUANTITY, "The largest rise over last year, 0.03 for 3 %; none where not given."),
    "most_fall": forms.told(forms.PART, "The largest fall from last year, 0.03 for 3 %; none where not given."),
}
DISCOUNTS: dict[str, Any] = {
    "discounts": {"type": "object", "additionalProperties": forms.PART, "description": "Part taken off, by name."},
    "discount_mode": {"enum": list(MODES), "description": "What several discounts do together."},
}
