"""Gives each member the fee of its band, by rank, size or class, less discounts, within yearly limits: a price list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.fees.levels import ROUNDINGS, rounded
from infracommons.methods.mechanisms.fees.members import (
    DISCOUNTS,
    LIMITS,
    MEMBER,
    Discounts,
    Limits,
    Member,
    bounds,
    read_discounts,
    read_limits,
    read_members,
)
from infracommons.methods.result import Certificate, Check, Mechanism, Result, Step, refuse

BY = ("rank", "size", "class")
TIES = ("best_rank", "worst_rank", "by_id")


@dataclass(frozen=True)
class Band:
    """A fee in minor units for ranks or sizes up to and with `up_to` (None: all others), or for a class."""

    fee: int
    up_to: Fraction | None = None
    class_name: str = ""


@dataclass(frozen=True)
class BandParameters:
    """The price list. Ranks: the member of the largest size has rank 1; `ties` says what equal sizes get.

    The order is fixed: fee of the band, discounts, rounding, floor, cap and yearly limits, then the surcharge on top.
    """

    by: str
    bands: tuple[Band, ...]
    rounding: str
    ties: str = "best_rank"
    discounts: Discounts = field(default_factory=Discounts)
    limits: Limits = field(default_factory=Limits)
    surcharge: Fraction = Fraction(0)


def charge_by_bands(members: tuple[Member, ...], parameters: BandParameters) -> Result:
    """Return what each pays, the surcharge in it; `details` has fee and surcharge apart, and the rank.

    MethodInputError for a member that no band is for, or whose floor and limits contradict each other.
    """
    places = _ranks(members, parameters.ties) if parameters.by == "rank" else {one.id: one.size for one in members}
    fees: dict[str, int] = {}
    trace = []
    for place, one in enumerate(members):
        where = f"members[{place}]"
        listed = _listed(one, places[one.id], parameters, where)
        asked = rounded(listed * parameters.discounts.factor(one, where), parameters.rounding)
        limit = bounds(one, parameters.limits, where)
        fees[one.id] = max(limit.low, asked if limit.high is None else min(asked, limit.high))
        numbers = {"listed": listed, "discounted": asked, "fee": fees[one.id]}
        trace.append(Step(f"{one.id}: band, discounts, limits", numbers))
    extra = {name: rounded(fee * parameters.surcharge, parameters.rounding) for name, fee in fees.items()}
    amounts = {name: fee + extra[name] for name, fee in fees.items()}
    details: dict[str, Any] = {"fees": fees, "surcharges": extra}
    if parameters.by == "rank":
        details["ranks"] = places
    return Result(
        "fee_bands",
        _told(parameters),
        amounts,
        tuple(trace),
        Certificate(_checks(members, parameters, fees)),
        details=details,
    )


def fee_at(bands: tuple[Band, ...], place: Fraction | int) -> int | None:
    """Return the fee of the first band that reaches `place`, None where none does."""
    return next((band.fee for band in bands if band.up_to is None or place <= band.up_to), None)


def _listed(one: Member, place: Fraction, parameters: BandParameters, where: str) -> int:
    if parameters.by == "class":
        found = next((band.fee for band in parameters.bands if band.class_name == one.class_name), None)
    else:
        found = fee_at(parameters.bands, place)
    if found is None:
        key, value = ("class", one.class_name) if parameters.by == "class" else (parameters.by, place)
        refuse(f"{where}.{key}", str(value), "no band is for this")
    return found


def _ranks(members: tuple[Member, ...], ties: str) -> dict[str, Fraction]:
    order = sorted(members, key=lambda one: (-one.size, one.id))
    ranks = {one.id: Fraction(place) for place, one in enumerate(order, start=1)}
    if ties == "best_rank":
        for former, one in pairwise(order):
            if former.size == one.size:
                ranks[one.id] = ranks[former.id]
    if ties == "worst_rank":
        for later, one in pairwise(reversed(order)):
            if later.size == one.size:
                ranks[one.id] = ranks[later.id]
    return ranks


def _checks(members: tuple[Member, ...], parameters: BandParameters, fees: Mapping[str, int]) -> tuple[Check, ...]:
    limits = {one.id: bounds(one, parameters.limits, one.id) for one in members}
    outside = [
        name
        for name, fee in fees.items()
        if fee < limits[name].low or (limits[name].high is not None and fee > (limits[name].high or 0))
    ]
    alike: dict[object, set[int]] = {}
    for one in members:
        key = (one.size, one.class_name, one.floor, one.cap, one.last_fee, tuple(sorted(one.discounts)))
        alike.setdefault(key, set()).add(fees[one.id])
    unequal = [sorted(found) for found in alike.values() if len(found) > 1]
    return (
        Check("bounds", not outside, "floors, caps and yearly limits hold", outside or None),
        Check("equal_treatment", not unequal, "members that are alike pay the same", unequal or None),
    )


def _told(parameters: BandParameters) -> dict[str, Any]:
    return {
        "by": parameters.by,
        "bands": [{"up_to": band.up_to, "class": band.class_name, "fee": band.fee} for band in parameters.bands],
        "rounding": parameters.rounding,
        "ties": parameters.ties,
        "discounts": parameters.discounts.rates,
        "discount_mode": parameters.discounts.mode,
        "floor": parameters.limits.floor,
        "cap": parameters.limits.cap,
        "most_rise": parameters.limits.most_rise,
        "most_fall": parameters.limits.most_fall,
        "surcharge": parameters.surcharge,
    }


def _band(where: str, value: object) -> Band:
    given = read.parts(where, value, ["fee"], ["up_to", "class"])
    return Band(
        read.money(f"{where}.fee", given["fee"]),
        None if given.get("up_to") is None else read.share(f"{where}.up_to", given["up_to"]),
        read.text(f"{where}.class", given["class"]) if forms.or_else(given, "class", "") != "" else "",
    )


def _bands(value: object, by: str) -> tuple[Band, ...]:
    """Return the bands, checked: ends that rise, and only the last without an end; classes that differ."""
    found = forms.records("bands", value, _band)
    if by == "class":
        for place, band in enumerate(found):
            if not band.class_name:
                refuse(f"bands[{place}].class", None, "missing, and the bands are by class")
        forms.no_twins("bands", [band.class_name for band in found])
        return found
    for place, (former, band) in enumerate(pairwise(found), start=1):
        if former.up_to is None:
            refuse(f"bands[{place - 1}].up_to", None, "missing; only the last band may be without an end")
        if band.up_to is not None and band.up_to <= former.up_to:
            refuse(f"bands[{place}].up_to", str(band.up_to), "must be more than that of the band before")
    return found


def _inputs(given: Mapping[str, Any]) -> tuple[Member, ...]:
    read.parts("", given, ["members"])
    return read_members(given["members"])


def _parameters(given: Mapping[str, Any]) -> BandParameters:
    read.parts("", given, PARAMETERS["required"], PARAMETERS["properties"])
    by = read.choice("by", given["by"], BY)
    if by == "rank" and "ties" not in given:
        refuse("ties", None, "missing: say which rank members of equal size get")
    return BandParameters(
        by,
        _bands(given["bands"], by),
        read.choice("rounding", given["rounding"], ROUNDINGS),
        read.choice("ties", given.get("ties", "best_rank"), TIES),
        read_discounts(given),
        read_limits(given),
        read.share("surcharge", given.get("surcharge", 0), 0, 1),
    )


_BAND = forms.schema(
    {"fee": forms.told(forms.AMOUNT, "Fee of the band.")},
    {
        "up_to": forms.told(forms.QUANTITY, "Last rank or size of the band, itself included; none: all others."),
        "class": {"type": "string", "description": "The class that the fee is for."},
    },
)
PARAMETERS = forms.schema(
    {
        "by": {"enum": list(BY), "description": "What decides the band: rank by size (largest first), size, or class."},
        "bands": forms.listed(_BAND, "The price list, ends rising."),
        "rounding": {"enum": list(ROUNDINGS), "description": "Rounding of a discounted fee to the minor unit."},
    },
    {
        "ties": {"enum": list(TIES), "description": "Rank of members of equal size."},
        **DISCOUNTS,
        **LIMITS,
        "surcharge": forms.told(forms.PART, "Part added on top, 0.05 for 5 %; 0 where not given."),
    },
)
MECHANISMS = (
    Mechanism(
        "fee_bands",
        "fees",
        "Price list in bands",
        "Gives each member the fee of its band by rank, size or class, less discounts, within yearly limits.",
        charge_by_bands,
        _inputs,
        _parameters,
        forms.schema({"members": forms.listed(MEMBER, "Who pays.")}),
        PARAMETERS,
        ("members",),
    ),
)
