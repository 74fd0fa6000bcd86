"""Opens a publication for all where enough subscribers renew, else keeps it for them (subscribe to open)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.result import Certificate, Check, Mechanism, Result, Step, largest_remainder, refuse


@dataclass(frozen=True)
class Subscriber:
    """A subscriber of last year, what it would pay before the discount, in minor units, and whether it renews."""

    id: str
    price: int
    renews: bool


@dataclass(frozen=True)
class SubscribeParameters:
    """`target` in minor units after discounts; `tolerance`: the part of it that may lack.

    `override`: the reason for opening all the same where even more lacks, and who decided it; both or none.
    """

    target: int
    tolerance: Fraction
    discount: Fraction = Fraction(0)
    override_reason: str = ""
    override_by: str = ""


def decide_opening(subscribers: Sequence[Subscriber], parameters: SubscribeParameters) -> Result:
    """Return what each pays: renewers their price less the discount, open or not; others nothing.

    Source: R. Crow, R. Gallagher, K. Naim, Subscribe to Open, Learned Publishing 33 (2020).
    """
    prices = {one.id: one.price * (1 - parameters.discount) for one in subscribers if one.renews}
    whole = sum(prices.values(), Fraction(0))
    amounts = dict.fromkeys((one.id for one in subscribers), 0)
    amounts |= largest_remainder(prices, round(whole))
    paid = sum(amounts.values())
    least = parameters.target * (1 - parameters.tolerance)
    enough = paid >= least
    opened = enough or bool(parameters.override_reason)
    lacking = max(0, -(-(least - paid).numerator // (least - paid).denominator))
    fewest = _enough(subscribers, lacking, parameters)
    words = {True: "open for all", False: "kept for subscribers"}[opened]
    checks = (
        Check("reached", enough, "renewals reach the target less the tolerance", lacking or None),
        Check("decided_by_rule", enough or not opened, "the rule decided, nobody overrode it", _override(parameters)),
        Check("balance", paid == round(whole), "renewers pay their prices less the discount, to the minor unit"),
    )
    return Result(
        "pledge_subscribe_to_open",
        _told(parameters),
        amounts,
        (Step(words, {"renewed": paid, "target": parameters.target, "needed": least, "lacking": lacking}),),
        Certificate(checks),
        selected=tuple(prices) if opened else (),
        losers={} if enough else {"open access": {"short_by": lacking, "with": fewest}},
        details={"open": opened, "by_override": opened and not enough, "renewed": paid, "lacking": lacking},
    )


def _enough(subscribers: Sequence[Subscriber], lacking: int, parameters: SubscribeParameters) -> list[str] | None:
    """Return the fewest who did not renew that would have sufficed, the largest first; None where all would not."""
    found: list[str] = []
    missing = Fraction(lacking)
    for one in sorted((one for one in subscribers if not one.renews), key=lambda one: (-one.price, one.id)):
        if missing <= 0:
            break
        found.append(one.id)
        missing -= one.price * (1 - parameters.discount)
    return found if missing <= 0 else None


def _override(parameters: SubscribeParameters) -> dict[str, str] | None:
    if not parameters.override_reason:
        return None
    return {"reason": parameters.override_reason, "by": parameters.override_by}


def _told(parameters: SubscribeParameters) -> dict[str, Any]:
    return {
        "target": parameters.target,
        "tolerance": parameters.tolerance,
        "discount": parameters.discount,
        "override": _override(parameters),
        "rounding": "largest_remainder, ties to the id that comes first",
    }


def _subscriber(where: str, value: object) -> Subscriber:
    given = read.parts(where, value, ["id", "price", "renews"])
    return Subscriber(
        read.text(f"{where}.id", given["id"]),
        read.money(f"{where}.price", given["price"]),
        read.flag(f"{where}.renews", given["renews"]),
    )


def _inputs(given: Mapping[str, Any]) -> tuple[Subscriber, ...]:
    read.parts("", given, ["subscribers"])
    found = forms.records("subscribers", given["subscribers"], _subscriber)
    forms.no_twins("subscribers", [one.id for one in found])
    return found


def _parameters(given: Mapping[str, Any]) -> SubscribeParameters:
    read.parts("", given, ["target", "tolerance"], ["discount", "override"])
    reason = by = ""
    if given.get("override") is not None:
        override = read.parts("override", given["override"], ["reason", "by"])
        reason, by = read.text("override.reason", override["reason"]), read.text("override.by", override["by"])
    target = read.money("target", given["target"])
    if not target:
        refuse("target", given["target"], "must be more than zero")
    discount = forms.part("discount", given.get("discount", 0))
    return SubscribeParameters(target, forms.part("tolerance", given["tolerance"]), discount, reason, by)


_SUBSCRIBER = forms.schema(
    {
        "id": forms.told(forms.NAME, "Name of the subscriber."),
        "price": forms.told(forms.AMOUNT, "What it would pay before the discount."),
        "renews": {"type": "boolean", "description": "Whether it renews."},
    }
)
MECHANISMS = (
    Mechanism(
        "pledge_subscribe_to_open",
        "pledges",
        "Subscribe to open",
        "Opens a publication where enough subscribers renew, with a recorded tolerance and a reason for any override.",
        decide_opening,
        _inputs,
        _parameters,
        forms.schema({"subscribers": forms.listed(_SUBSCRIBER, "Subscribers of last year.")}),
        forms.schema(
            {
                "target": forms.told(forms.AMOUNT, "What renewals must bring, after discounts."),
                "tolerance": forms.told(forms.PART, "The part of the target that may lack, 0 to 1."),
            },
            {
                "discount": forms.told(forms.PART, "Part off the price for those who renew; 0 by default."),
                "override": {
                    **forms.schema(
                        {
                            "reason": {"type": "string", "description": "Why it is opened all the same."},
                            "by": {"type": "string", "description": "Who decided."},
                        }
                    ),
                    "description": "A decision to open although too much lacks.",
                },
            },
        ),
        ("subscribers",),
    ),
)
