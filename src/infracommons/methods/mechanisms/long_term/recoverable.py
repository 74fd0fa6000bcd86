"""Follows a grant that is returned out of surpluses, and is not owed where there are none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.long_term.returns import xirr
from infracommons.methods.result import Certificate, Check, Mechanism, Result, Step, refuse

MOST_YEARS = 1000


@dataclass(frozen=True)
class RecoverableGrant:
    """A grant in minor units and the surpluses of the grantee, one a year; negative: a deficit."""

    grant: int
    surpluses: tuple[int, ...]


@dataclass(frozen=True)
class RecoveryTerms:
    """The part of each surplus that is returned, and the most in all, as a multiple of the grant."""

    share: Fraction
    most: Fraction = Fraction(1)


def recover(inputs: RecoverableGrant, terms: RecoveryTerms) -> Result:
    """Return what is returned each year: a part of surpluses, rounded down, until the most. Nothing is owed otherwise.

    A recoverable grant is not a loan: where surpluses stay away nothing is due, and no receivable stands in the books.
    Source: National Center for Family Philanthropy on recoverable grants (30 cents of each dollar of surplus).
    """
    left = int(inputs.grant * terms.most)
    returned: dict[str, int] = {}
    trace = []
    for year, surplus in enumerate(inputs.surpluses, start=1):
        part = min(left, int(max(0, surplus) * terms.share))
        left -= part
        returned[f"year {year}"] = part
        trace.append(Step(f"year {year}", {"surplus": surplus, "returned": part, "still_to_return": left}))
    total = sum(returned.values())
    over = [year for year, surplus in zip(returned, inputs.surpluses, strict=True) if returned[year] > max(0, surplus)]
    start = date(2001, 1, 1)
    flows = [(start, -inputs.grant)]
    flows += [(start + timedelta(days=365 * year), part) for year, part in enumerate(returned.values(), start=1)]
    return Result(
        "recoverable_grant",
        {"share": terms.share, "most": terms.most, "rounding": "down"},
        returned,
        tuple(trace),
        Certificate(
            (
                Check("most", total <= inputs.grant * terms.most, "no more is returned than agreed"),
                Check("out_of_surplus", not over, "no year returns more than its surplus", over or None),
                Check(
                    "whole", total >= inputs.grant, "the whole grant comes back", max(0, inputs.grant - total) or None
                ),
            )
        ),
        details={
            "returned": total,
            "not_returned": max(0, inputs.grant - total),
            "yearly_return": xirr(flows) if total and inputs.grant else None,
        },
    )


def _grant(given: Mapping[str, Any]) -> RecoverableGrant:
    read.parts("", given, ["grant", "surpluses"])
    surpluses = forms.records("surpluses", given["surpluses"], forms.signed_money)
    if len(surpluses) > MOST_YEARS:
        refuse("surpluses", len(surpluses), f"more than {MOST_YEARS} years cannot be followed")
    return RecoverableGrant(read.money("grant", given["grant"]), surpluses)


def _recovery(given: Mapping[str, Any]) -> RecoveryTerms:
    read.parts("", given, ["share"], ["most"])
    return RecoveryTerms(forms.part("share", given["share"]), read.share("most", given.get("most", 1), 0, 10))


MECHANISMS = (
    Mechanism(
        "recoverable_grant",
        "long_term",
        "Recoverable grant",
        "Follows a grant that is returned out of surpluses, and is not owed where there are none.",
        recover,
        _grant,
        _recovery,
        forms.schema(
            {
                "grant": forms.told(forms.AMOUNT, "The grant."),
                "surpluses": forms.listed(forms.MONEY, "Surplus of the grantee by year; negative: a deficit.")
                | {"maxItems": MOST_YEARS},
            }
        ),
        forms.schema(
            {"share": forms.told(forms.PART, "Part of each surplus that is returned, 0.3 for 30 cents.")},
            {"most": forms.told(forms.QUANTITY, "Most in all, as a multiple of the grant; 1 by default.")},
        ),
    ),
)
