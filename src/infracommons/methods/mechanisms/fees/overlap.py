"""Shares a common collection: open volumes evenly among all, each other volume among the members that hold it too."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.fees.levels import ROUNDINGS, rounded, rounded_to
from infracommons.methods.result import Certificate, Check, Mechanism, Result, Step

LARGEST = "largest_remainder"


@dataclass(frozen=True)
class Holder:
    """A member, and for each number of holders how many volumes it shares with so many, itself counted."""

    id: str
    overlaps: tuple[tuple[int, Fraction], ...] = ()


@dataclass(frozen=True)
class Collection:
    """What is kept: `open_volumes` in the public domain, `cost` of one volume a year in currency units."""

    open_volumes: Fraction
    cost: Fraction
    members: tuple[Holder, ...]
    number_of_members: int | None = None  # of all, where `members` are only some of them


@dataclass(frozen=True)
class OverlapParameters:
    """`multiplier` on the cost, for a surplus; `rounding` of each fee, or largest_remainder over all of them."""

    multiplier: Fraction
    rounding: str


def share_collection(inputs: Collection, parameters: OverlapParameters) -> Result:
    """Return PD*X*C/N + sum of volumes*C*X/H of each member, in minor units.

    Source: HathiTrust, Pricing Model 2013-2019, www.hathitrust.org/pricing_model_2019.
    """
    count = inputs.number_of_members or len(inputs.members)
    unit = inputs.cost * parameters.multiplier * 100  # minor units for one volume
    common = inputs.open_volumes * unit / count
    exact = {
        one.id: common + sum((volumes * unit / holders for holders, volumes in one.overlaps), Fraction(0))
        for one in inputs.members
    }
    whole = rounded(sum(exact.values(), Fraction(0)), "half_even")
    if parameters.rounding == LARGEST:
        amounts = rounded_to(exact, whole)
    else:
        amounts = {name: rounded(fee, parameters.rounding) for name, fee in exact.items()}
    off = sum(amounts.values()) - whole
    words = "the fees add up to the cost to be covered, to the minor unit"
    return Result(
        "fee_overlap",
        {"multiplier": parameters.multiplier, "rounding": parameters.rounding},
        amounts,
        (Step("each pays the same for the open volumes", {"each": common, "members": count}),),
        Certificate((Check("balance", not off, words, {"more_than_the_cost": off} if off else None),)),
        details={"exact": exact, "open_volumes_each": common},
    )


def _overlap(where: str, value: object) -> tuple[int, Fraction]:
    given = read.parts(where, value, ["holders", "volumes"])
    volumes = read.share(f"{where}.volumes", given["volumes"])
    return read.whole(f"{where}.holders", given["holders"], 1), volumes


def _holder(where: str, value: object) -> Holder:
    given = read.parts(where, value, ["id"], ["overlaps"])
    overlaps = forms.records(f"{where}.overlaps", given.get("overlaps", ()), _overlap, least=0)
    return Holder(read.text(f"{where}.id", given["id"]), overlaps)


def _inputs(given: Mapping[str, Any]) -> Collection:
    read.parts("", given, ["open_volumes", "cost_per_volume", "members"], ["number_of_members"])
    members = forms.records("members", given["members"], _holder)
    forms.no_twins("members", [one.id for one in members])
    number = given.get("number_of_members")
    return Collection(
        read.share("open_volumes", given["open_volumes"]),
        read.share("cost_per_volume", given["cost_per_volume"]),
        members,
        None if number is None else read.whole("number_of_members", number, len(members)),
    )


def _parameters(given: Mapping[str, Any]) -> OverlapParameters:
    read.parts("", given, ["multiplier", "rounding"])
    rounding = read.choice("rounding", given["rounding"], (*ROUNDINGS, LARGEST))
    return OverlapParameters(read.share("multiplier", given["multiplier"]), rounding)


_OVERLAP = forms.schema(
    {
        "holders": {
            "type": "integer",
            "minimum": 1,
            "description": "How many members hold these volumes, this one too.",
        },
        "volumes": forms.told(forms.QUANTITY, "How many volumes."),
    }
)
_HOLDER = forms.schema(
    {"id": {**forms.NAME, "description": "Name of the member."}},
    {"overlaps": forms.listed(_OVERLAP, "Volumes in copyright that it holds in print, by number of holders.", 0)},
)
MECHANISMS = (
    Mechanism(
        "fee_overlap",
        "fees",
        "Common collection and overlap",
        "Divides the cost of open volumes evenly, and of each other volume among the members that hold it.",
        share_collection,
        _inputs,
        _parameters,
        forms.schema(
            {
                "open_volumes": forms.told(forms.QUANTITY, "Volumes that are open to all."),
                "cost_per_volume": forms.told(forms.QUANTITY, "Cost of a volume a year, in units of the currency."),
                "members": forms.listed(_HOLDER, "Who pays."),
            },
            {
                "number_of_members": {
                    "type": "integer",
                    "minimum": 1,
                    "description": "Number of all members, where only some are listed.",
                }
            },
        ),
        forms.schema(
            {
                "multiplier": forms.told(forms.QUANTITY, "What the cost is multiplied by, for a surplus."),
                "rounding": {
                    "enum": [*ROUNDINGS, LARGEST],
                    "description": "Each fee for itself, or by largest remainder so that the sum is the cost.",
                },
            }
        ),
    ),
)
