"""The JSON Schema of a whole decision, as `decide run` takes it."""

from typing import Any

from infracommons.methods.decisions.form_parts import LARGEST, WRITTEN
from infracommons.methods.decisions.importance import MOST_SAMPLES
from infracommons.methods.decisions.normalisation import NORMALISATIONS
from infracommons.methods.decisions.promethee import SHAPES
from infracommons.methods.decisions.smaa import MOST_DRAWS

_NUMBER = {
    "description": 'A finite number, or text such as "12.5" or "1/3".',
    "oneOf": [
        {"type": "number", "minimum": -LARGEST, "maximum": LARGEST},
        {"type": "string", "pattern": WRITTEN},
    ],
}


def _object(words: str, required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:  # noqa: ANN401 - a schema
    return {"type": "object", "description": words, "required": list(required), "properties": properties,
            "additionalProperties": False}  # fmt: skip


def _array(words: str, items: Any, **limits: int) -> dict[str, Any]:  # noqa: ANN401 - a schema
    return {"type": "array", "description": words, "items": items, **limits}


_NOT_NEGATIVE = {
    "description": 'A number of at least zero, or text such as "12.5" or "1/3".',
    "oneOf": [
        {"type": "number", "minimum": 0, "maximum": LARGEST},
        {"type": "string", "pattern": WRITTEN.replace("[-+]?(", "[+]?(")},
    ],
}
_NAME = {"type": "string", "pattern": r"\S"}
_BY_CRITERION = {
    "type": "object",
    "description": "A number for each criterion.",
    "additionalProperties": _NOT_NEGATIVE,
}
_WEIGHTS: dict[str, Any] = {
    "weights": {
        "description": 'A weight for each criterion, divided by their sum; or "equal".',
        "oneOf": [_BY_CRITERION, {"const": "equal"}],
    },
    "swing": {**_BY_CRITERION, "description": "Points for going from worst to best, the greatest swing 100."},
    "ahp": _array(
        "Rows of judgements in the order of the criteria: how many times the row matters as much as the column.",
        _array("One row.", _NUMBER),
    ),
}
_PREFERENCE = _object(
    "How a difference counts in promethee_2; usual where missing.",
    shape={"enum": list(SHAPES), "description": "The preference function."},
    q={**_NOT_NEGATIVE, "description": "Up to here a difference does not count (u_shape, level, linear)."},
    p={**_NOT_NEGATIVE, "description": "From here it counts in full (v_shape, level, linear)."},
    s={**_NOT_NEGATIVE, "description": "Where the curve turns (gaussian)."},
)
_CRITERION = _object(
    "One criterion.",
    ("id", "direction"),
    id={**_NAME, "description": "Its name in values and weights."},
    label={"type": "string", "description": "Its name for people."},
    direction={"enum": ["max", "min"], "description": "Which way is better."},
    unit={"type": "string", "description": "The unit of its values."},
    worst={**_NUMBER, "description": "The worst value that could occur, fixed before options are seen."},
    best={**_NUMBER, "description": "The best value that could occur."},
    bounds=_array("Lowest and highest value, instead of worst and best.", _NUMBER, minItems=2, maxItems=2),
    points=_array(
        "Value function of the additive model: pairs of value and worth, 0 to 1.",
        _array("Value and worth.", _NUMBER, minItems=2, maxItems=2),
    ),
    expected={**_NUMBER, "description": "The wished-for value of spotis, where it is not the best."},
    preference=_PREFERENCE,
)
_CELL = {
    "description": "A number; [lowest, highest]; or null where it is not known and bounds are given.",
    "oneOf": [_NUMBER, _array("An interval.", _NUMBER, minItems=2, maxItems=2), {"type": "null"}],
}
_SENSITIVITY = _object(
    "What is tried out around the answer.",
    break_even={"type": "boolean", "description": "Weights at which the winner changes; true where missing."},
    rank_reversal={"type": "boolean", "description": "Drop and copy each option; true where missing."},
    smaa=_object(
        "How often each option takes each rank when weights and intervals are drawn.",
        draws={"type": "integer", "minimum": 1, "maximum": MOST_DRAWS, "description": "10,000 where missing."},
        weights={"enum": ["free", "ordered", "fixed"], "description": "free where missing."},
        order=_array("With ordered: all criteria, the most important first.", {"type": "string"}),
    ),
    sobol=_object(
        "Which input the lead of the first over the second hangs on.",
        samples={
            "enum": [2**power for power in range(1, MOST_SAMPLES.bit_length())],
            "description": "A power of 2; 1024 where missing.",
        },
        spread={**_NOT_NEGATIVE, "description": "Each weight goes up and down by this part of it; 0.25 where missing."},
    ),
)

DECISION_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Decision",
    **_object(
        "Options, criteria, what is known and how much each criterion counts. Give exactly one of weights, swing, ahp, "
        "stakeholders.",
        ("options", "criteria", "performances"),
        title={"type": "string", "description": "What is to be decided."},
        method={
            "enum": ["additive", "spotis", "promethee_2", "topsis", "vikor"],
            "description": "The rule; additive where missing.",
        },
        parameters=_object(
            "Of the rule.",
            normalisation={
                "enum": ["anchors", *NORMALISATIONS],
                "description": "Where missing: anchors (additive), vector (topsis), none (vikor).",
            },
            v={
                **_NUMBER,
                "description": "vikor: the weight of the summed loss against the worst one; 0.5 where missing.",
            },
        ),
        options=_array("Names of the options.", _NAME, minItems=1),
        criteria=_array("The criteria.", _CRITERION, minItems=1),
        performances={
            "type": "object",
            "description": "By option and criterion.",
            "additionalProperties": {"type": "object", "additionalProperties": _CELL},
        },
        **_WEIGHTS,
        stakeholders={
            "type": "object",
            "description": "By stakeholder: weights, swing or ahp. The ranking uses the mean of their weights.",
            "additionalProperties": _object("One stakeholder's weights.", **_WEIGHTS),
        },
        sensitivity=_SENSITIVITY,
        seed={"type": "integer", "minimum": 0, "description": "Of all draws; 0 where missing."},
        close={
            **_NOT_NEGATIVE,
            "description": "A weight that may move by no more than this is near; 0.05 where missing.",
        },
    ),
}
