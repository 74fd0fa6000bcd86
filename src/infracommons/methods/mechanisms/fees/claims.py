"""Divides too little money among those who are owed more: by proportion, equal awards, equal losses, or the Talmud."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.fees.levels import rounded_to
from infracommons.methods.result import Certificate, Check, Mechanism, Result, Step

RULES = ("proportional", "equal_awards", "equal_losses", "talmud")
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Claims:
    """The money there is, and who claims how much of it, in minor units."""

    estate: int
    claims: Mapping[str, int]


def divide_among_claims(inputs: Claims, rule: str) -> Result:
    """Return what each claimant gets; where there is enough for all, each gets the claim and the rest stays.

    Sources: R. J. Aumann and M. Maschler, Game Theoretic Analysis of a Bankruptcy Problem from the Talmud, Journal of
    Economic Theory 36 (1985); W. Thomson, Mathematical Social Sciences 45 (2003).
    """
    owed = sum(inputs.claims.values())
    given = min(inputs.estate, owed)
    exact = awards(Fraction(given), {name: Fraction(claim) for name, claim in inputs.claims.items()}, rule)
    amounts = rounded_to(exact, given)
    left = inputs.estate - given
    order = sorted(inputs.claims, key=lambda name: (inputs.claims[name], amounts[name]))
    turned = next(([a, b] for a, b in pairwise(order) if amounts[a] > amounts[b] + 1), None)
    over = [name for name, amount in amounts.items() if not 0 <= amount <= inputs.claims[name]]
    checks = (
        Check("balance", sum(amounts.values()) + left == inputs.estate, "paid and left over are the estate"),
        Check("bounds", not over, "nobody gets more than the claim or less than nothing", over or None),
        Check("order", turned is None, "who claims more gets no less, to one minor unit", turned),
    )
    losers = {
        name: {
            "short_by": claim - amounts[name],
            "words": "an estate as large as all claims would have sufficed",
            "estate_needed": owed,
        }
        for name, claim in inputs.claims.items()
        if amounts[name] < claim
    }
    return Result(
        "claims",
        {"rule": rule, "rounding": "largest_remainder, ties to the id that comes first"},
        amounts,
        (Step("the estate against the claims", {"estate": inputs.estate, "claims": owed, "left_over": left}),),
        Certificate(checks),
        losers=losers,
        details={"exact": exact, "left_over": left},
    )


def awards(estate: Fraction, claims: Mapping[str, Fraction], rule: str) -> dict[str, Fraction]:
    """Return the exact awards; `estate` must not be more than the claims together.

    >>> awards(Fraction(200), {"a": Fraction(100), "b": Fraction(200), "c": Fraction(300)}, "talmud")
    {'a': Fraction(50, 1), 'b': Fraction(75, 1), 'c': Fraction(75, 1)}
    """
    owed = sum(claims.values(), Fraction(0))
    if rule == "proportional":
        return {name: estate * claim / owed if owed else Fraction(0) for name, claim in claims.items()}
    if rule == "equal_awards":
        return _level(estate, claims)
    if rule == "equal_losses":
        losses = _level(owed - estate, claims)
        return {name: claim - losses[name] for name, claim in claims.items()}
    halves = {name: claim * HALF for name, claim in claims.items()}
    if estate <= owed * HALF:
        return _level(estate, halves)
    losses = _level(owed - estate, halves)
    return {name: claim - losses[name] for name, claim in claims.items()}


def _level(sum_: Fraction, most: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return the same for each, but no more than its most, adding up to the sum."""
    found: dict[str, Fraction] = {}
    for place, name in enumerate(sorted(most, key=most.__getitem__)):
        found[name] = min(most[name], sum_ / (len(most) - place))
        sum_ -= found[name]
    return {name: found[name] for name in most}


def _claim(where: str, value: object) -> tuple[str, int]:
    given = read.parts(where, value, ["id", "claim"])
    return read.text(f"{where}.id", given["id"]), read.money(f"{where}.claim", given["claim"])


def _inputs(given: Mapping[str, Any]) -> Claims:
    read.parts("", given, ["estate", "claims"])
    found = forms.records("claims", given["claims"], _claim)
    forms.no_twins("claims", [name for name, _ in found])
    return Claims(read.money("estate", given["estate"]), dict(found))


def _parameters(given: Mapping[str, Any]) -> str:
    read.parts("", given, ["rule"])
    return read.choice("rule", given["rule"], RULES)


_CLAIM = forms.schema(
    {
        "id": {**forms.NAME, "description": "Who claims."},
        "claim": forms.told(forms.AMOUNT, "How much."),
    }
)
MECHANISMS = (
    Mechanism(
        "claims",
        "fees",
        "Too many claims",
        "Divides money that is less than all claims: by proportion, equal awards, equal losses or the Talmud rule.",
        divide_among_claims,
        _inputs,
        _parameters,
        forms.schema(
            {"estate": forms.told(forms.AMOUNT, "The money there is."), "claims": forms.listed(_CLAIM, "The claims.")}
        ),
        forms.schema({"rule": {"enum": list(RULES), "description": "How the money is divided."}}),
        ("claims",),
    ),
)
