"""A joint investment as one JSON document: spending, shares and gains in; payments and present values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.decisions.collective_investment import PROFILES, Investment, Member, collective_investment
from infracommons.methods.decisions.whole_units import adding_up, whole
from infracommons.methods.result import VERSION, Certificate, refuse

PAYS_AT = ("start", "end")


@dataclass(frozen=True)
class InvestmentResult:
    """What each member pays and what it comes to, in minor units.

    `net_present_value` is rounded so that members add up to `together`.
    `bridge`: by year, what somebody has to advance (negative: in hand).
    """

    method: str
    parameters: Mapping[str, Any]
    payments: Mapping[str, tuple[int, ...]]
    net_present_value: Mapping[str, int]
    together: int
    bridge: tuple[int, ...]
    paid_back_in: int | None
    certificate: Certificate
    seed: None = None  # nothing is drawn
    version: str = VERSION


def run_investment(form: Mapping[str, Any]) -> InvestmentResult:
    """Return payments and net present values; MethodInputError names the place of what is wrong."""
    read.parts("", form, SCHEMA["required"], SCHEMA["properties"])
    spent = forms.records("spent", form["spent"], read.money)
    members = forms.records("members", form["members"], lambda where, one: _member(where, one, len(spent)))
    forms.no_twins("members", [name for name, _ in members])
    plan = Investment(
        spent,
        dict(members),
        read.share("discount", form["discount"], None, 10),
        read.choice("profile", form["profile"], PROFILES),
        read.choice("pays_at", form["pays_at"], PAYS_AT),
    )
    found = collective_investment(plan)
    together = whole(found.together)
    parameters = {"years": len(spent), "discount": plan.discount, "profile": plan.profile, "pays_at": plan.pays_at}
    return InvestmentResult(
        "investment",
        {**parameters, "rounding": "largest_remainder, ties to the id that comes first"},
        found.payments,
        adding_up(found.net_present_value, together),
        together,
        found.bridge,
        found.paid_back_in,
        found.certificate,
    )


def _member(where: str, value: object, years: int) -> tuple[str, Member]:
    given = read.parts(where, value, ["id", "share", "gains"])
    gains = forms.records(f"{where}.gains", given["gains"], forms.signed_money)
    if len(gains) != years:
        refuse(f"{where}.gains", len(gains), f"one for each of {years} years was expected")
    return read.text(f"{where}.id", given["id"]), Member(read.share(f"{where}.share", given["share"]), gains)


_MEMBER = forms.schema(
    {
        "id": {**forms.NAME, "description": "Name of the member."},
        "share": forms.told(forms.QUANTITY, "Its part of the cost, in any unit; shares are divided by their sum."),
        "gains": forms.listed(forms.MONEY, "What it gains in each year; negative where it loses."),
    }
)
SCHEMA = forms.schema(
    {
        "spent": forms.listed(forms.AMOUNT, "What is spent together in each year; five years are usual."),
        "members": forms.listed(_MEMBER, "Who invests."),
        "discount": forms.told(forms.NUMBER, "How much less money is worth a year later, 0.03 for 3 %; above -1."),
        "profile": {
            "enum": list(PROFILES),
            "description": "lumpy: members pay when money is spent; smooth: in equal yearly parts.",
        },
        "pays_at": {
            "enum": list(PAYS_AT),
            "description": "Start or end of a year; at the start year 1 counts in full.",
        },
    }
)
