"""The matching round as commands and pages run it: JSON in, checked at the door."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, cast, get_args

from infracommons.methods import reading
from infracommons.methods.forms import AMOUNT, NAME, NUMBER, PART, QUANTITY
from infracommons.methods.mechanisms.quadratic.gifts import (
    BoundedOver,
    Closeness,
    Excess,
    Formula,
    Gift,
    Groups,
    Pairs,
    Round,
    Rules,
)
from infracommons.methods.mechanisms.quadratic.rounds import allocate
from infracommons.methods.result import Mechanism

DRAFT = "https://json-schema.org/draft/2020-12/schema"
INPUTS_SCHEMA: Mapping[str, Any] = {
    "$schema": DRAFT,
    "type": "object",
    "additionalProperties": False,
    "required": ["pool", "gifts"],
    "properties": {
        "pool": AMOUNT | {"description": "Money to match gifts with; whole minor units or text."},
        "projects": {
            "type": "array",
            "items": NAME,
            "description": "All projects of the round; without it, those that gifts name.",
        },
        "gifts": {
            "type": "array",
            "description": "One record a gift; several gifts of a donor to a project are added up.",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["donor", "project", "amount"],
                "properties": {"donor": NAME, "project": NAME, "amount": AMOUNT},
            },
        },
        "scores": {
            "type": "object",
            "additionalProperties": NUMBER,
            "description": "Identity score of each donor, where the rules look at it.",
        },
        "groups": {
            "type": "object",
            "description": "Group to its members: a list of donors, or donors with weights.",
            "additionalProperties": {
                "anyOf": [
                    {"type": "array", "items": NAME},
                    {"type": "object", "additionalProperties": QUANTITY},
                ]
            },
        },
    },
}
_OF_FORMULA: Mapping[str, tuple[str, ...]] = {
    "quadratic": (),
    "pairwise": ("bound", "bounded_over", "pairs"),
    "clusters": ("closeness", "groups", "unit"),
}
PARAMETERS_SCHEMA: Mapping[str, Any] = {
    "$schema": DRAFT,
    "type": "object",
    "additionalProperties": False,
    "required": ["formula", "saturate", "minimum_gift", "cap", "cap_excess"],
    "properties": {
        "formula": {
            "enum": list(get_args(Formula)),
            "description": "quadratic: the plain formula; pairwise: pairs that often give alike count less; "
            "clusters: groups that stand close count less (connection-oriented cluster match).",
        },
        "saturate": {"type": "boolean", "description": "Hand out the whole pool even where less is asked for."},
        "minimum_gift": AMOUNT | {"description": "Gifts below this count for nothing."},
        "cap": {"oneOf": [{"type": "null"}, *AMOUNT["oneOf"]], "description": "Most for one project; null: no cap."},
        "cap_excess": {
            "enum": list(get_args(Excess)),
            "description": "What a cap cuts off: to_others in proportion to their matches, or kept in the pool.",
        },
        "identity": {
            "type": "array",
            "description": "From which score on a donor's gifts count with which part; below all of them, not at all.",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["score", "part"],
                "properties": {"score": NUMBER, "part": PART},
            },
        },
        "bound": {
            "oneOf": [{"type": "null"}, *AMOUNT["oneOf"]],
            "description": "pairwise: the bound M, money; null: no bound.",
        },
        "bounded_over": {
            "enum": list(get_args(BoundedOver)),
            "description": "pairwise: what a pair has in common is looked at over all projects, or the single one.",
        },
        "pairs": {"enum": list(get_args(Pairs)), "description": "pairwise: ordered counts each pair twice."},
        "closeness": {
            "enum": list(get_args(Closeness)),
            "description": "clusters: close when a group is shared (the paper), or by the part of friends (Gitcoin).",
        },
        "groups": {
            "enum": list(get_args(Groups)),
            "description": "clusters: groups as given; one for each project; or all who gave to the same projects.",
        },
        "unit": {"type": "integer", "minimum": 1, "description": "clusters: minor units in the unit of money."},
    },
    "allOf": [  # what one formula looks at is asked for there and refused elsewhere
        {
            "if": {"properties": {"formula": {"const": formula}}},
            "then": {"required": list(own)},
            "else": {"properties": dict.fromkeys(own, False)},
        }
        for formula, own in _OF_FORMULA.items()
        if own
    ],
}


def read_inputs(value: Mapping[str, Any]) -> Round:
    """Return the round that the JSON says; MethodInputError names the place of what is wrong."""
    found = reading.parts("", value, ("pool", "gifts"), ("projects", "scores", "groups"))
    gifts = tuple(_gift(f"gifts[{number}]", one) for number, one in enumerate(reading.rows("gifts", found["gifts"])))
    named = tuple(dict.fromkeys(gift.project for gift in gifts))
    return Round(
        pool=reading.money("pool", found["pool"]),
        projects=reading.texts("projects", found["projects"]) if "projects" in found else named,
        gifts=gifts,
        scores=reading.entries("scores", found.get("scores", {}), lambda where, one: reading.share(where, one, None)),
        groups=reading.entries("groups", found.get("groups", {}), _members),
    )


def _gift(where: str, value: object) -> Gift:
    found = reading.parts(where, value, ("donor", "project", "amount"))
    return Gift(
        reading.text(f"{where}.donor", found["donor"]),
        reading.text(f"{where}.project", found["project"]),
        reading.money(f"{where}.amount", found["amount"]),
    )


def _members(where: str, value: object) -> Mapping[str, Fraction]:
    if isinstance(value, Mapping):
        return reading.entries(where, value, reading.share)
    return dict.fromkeys(reading.texts(where, value), Fraction(1))


def read_parameters(value: Mapping[str, Any]) -> Rules:
    """Return the rules that the JSON says; what only another formula looks at is refused."""
    formula = cast("Formula", reading.choice("formula", _get(value, "formula"), get_args(Formula)))
    own = _OF_FORMULA[formula]
    found = reading.parts("", value, (*PARAMETERS_SCHEMA["required"], *own), ("identity",))
    special: dict[str, Any] = {}
    if formula == "pairwise":
        special = {
            "bound": None if found["bound"] is None else reading.money("bound", found["bound"], 1),
            "bounded_over": reading.choice("bounded_over", found["bounded_over"], get_args(BoundedOver)),
            "pairs": reading.choice("pairs", found["pairs"], get_args(Pairs)),
        }
    elif formula == "clusters":
        special = {
            "closeness": reading.choice("closeness", found["closeness"], get_args(Closeness)),
            "groups": reading.choice("groups", found["groups"], get_args(Groups)),
            "unit": reading.whole("unit", found["unit"], 1),
        }
    return Rules(
        formula=formula,
        saturate=reading.flag("saturate", found["saturate"]),
        minimum_gift=reading.money("minimum_gift", found["minimum_gift"]),
        cap=None if found["cap"] is None else reading.money("cap", found["cap"]),
        cap_excess=cast("Excess", reading.choice("cap_excess", found["cap_excess"], get_args(Excess))),
        identity=tuple(
            _band(f"identity[{number}]", one)
            for number, one in enumerate(reading.rows("identity", found.get("identity", ())))
        ),
        **special,
    )


def _get(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, Mapping) else reading.parts("", value, ())


def _band(where: str, value: object) -> tuple[Fraction, Fraction]:
    found = reading.parts(where, value, ("score", "part"))
    return (
        reading.share(f"{where}.score", found["score"], None),
        reading.share(f"{where}.part", found["part"], 0, 1),
    )


MECHANISMS: tuple[Mechanism, ...] = (
    Mechanism(
        name="quadratic_funding",
        family="quadratic",
        label="Quadratic funding",
        purpose="Matches gifts from a pool so that many small gifts count for more than one large one.",
        allocate=allocate,
        read_inputs=read_inputs,
        read_parameters=read_parameters,
        inputs_schema=INPUTS_SCHEMA,
        parameters_schema=PARAMETERS_SCHEMA,
        tables=("gifts",),
    ),
)
