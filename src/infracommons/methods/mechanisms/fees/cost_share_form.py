"""The form of the general tariff: its JSON Schemas, and how inputs and parameters are read."""

from collections.abc import Mapping
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.fees.cost_shares import OTHERS, TARGET, CostShare, CostShareParameters
from infracommons.methods.mechanisms.fees.gaming import share_cost_and_report
from infracommons.methods.mechanisms.fees.levels import ROUNDINGS
from infracommons.methods.mechanisms.fees.members import (
    DISCOUNTS,
    LIMITS,
    MEASURES,
    MEMBER,
    read_discounts,
    read_limits,
    read_members,
)
from infracommons.methods.result import Mechanism


def _inputs(given: Mapping[str, Any]) -> CostShare:
    read.parts("", given, ["target", "members"])
    return CostShare(read.money("target", given["target"]), read_members(given["members"]))


def _parameters(given: Mapping[str, Any]) -> CostShareParameters:
    read.parts("", given, PARAMETERS["required"], PARAMETERS["properties"])
    exponents = {
        name: read.share(f"{name}_exponent", given[f"{name}_exponent"], 0, 10)
        for name in MEASURES
        if given.get(f"{name}_exponent") is not None
    }
    return CostShareParameters(
        read.share("alpha", given["alpha"], 0, 10),
        read.entries("coefficients", forms.or_else(given, "coefficients", {}), forms.part),
        exponents,
        read_limits(given),
        read_discounts(given),
        read.choice("discounts_paid_by", given.get("discounts_paid_by", OTHERS), (OTHERS, TARGET)),
        read.choice("discount_rounding", given.get("discount_rounding", "half_up"), ROUNDINGS),
    )


PARAMETERS = forms.schema(
    {"alpha": forms.told(forms.QUANTITY, "Exponent of size: 1 in proportion, 0 all alike, 0.5 by the square root.")},
    {
        "coefficients": {
            "type": "object",
            "additionalProperties": forms.PART,
            "description": "Coefficient by income group; all alike where not given.",
        },
        **{
            f"{name}_exponent": forms.told(forms.QUANTITY, f"Exponent of {name}; not used where absent.")
            for name in MEASURES
        },
        **LIMITS,
        **DISCOUNTS,
        "discounts_paid_by": {
            "enum": [OTHERS, TARGET],
            "description": "Who bears the discounts: the other members, or the target, which is then not met.",
        },
        "discount_rounding": {"enum": list(ROUNDINGS), "description": "Rounding of fees that the target discounts."},
    },
)
MECHANISMS = (
    Mechanism(
        "fee_shares",
        "fees",
        "Shares of a cost",
        "Divides a cost among members by size, income group and use, within floors, caps and yearly limits.",
        share_cost_and_report,
        _inputs,
        _parameters,
        forms.schema(
            {
                "target": forms.told(forms.AMOUNT, "The cost to cover."),
                "members": forms.listed(MEMBER, "Who covers it."),
            }
        ),
        PARAMETERS,
        ("members",),
    ),
)
