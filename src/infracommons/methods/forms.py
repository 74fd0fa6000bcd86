"""Writes the JSON Schemas of inputs and parameters, and reads their lists of records: the forms of a mechanism."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

from infracommons.methods import reading
from infracommons.methods.result import refuse

T = TypeVar("T")
MONEY: dict[str, Any] = {
    "description": "Money: whole minor units (cents) as an integer, or text with at most two decimals such as '12.50'.",
    "oneOf": [
        {"type": "integer", "minimum": -reading.LARGEST_MONEY, "maximum": reading.LARGEST_MONEY},
        {"type": "string", "pattern": r"^-?\d{1,16}(\.\d{1,2})?$"},
    ],
}
NUMBER: dict[str, Any] = {
    "description": "A number, as JSON has it or as text such as '0.0525' or '1/3'.",
    "oneOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?\d{1,18}(/0*[1-9]\d{0,17}|\.\d{1,18})?$"}],
}
PART: dict[str, Any] = {
    "description": "From 0 to 1, as JSON has it or as text such as '0.0525' or '1/3'.",
    "oneOf": [
        {"type": "number", "minimum": 0, "maximum": 1},
        {"type": "string", "pattern": r"^(0{1,18}(\.\d{1,18})?|0{0,17}1(\.0{1,18})?|\d{1,18}/0*[1-9]\d{0,17})$"},
    ],
}
TEXT: dict[str, Any] = {"type": "string"}
NAME: dict[str, Any] = {"type": "string", "pattern": r"\S"}
AMOUNT: dict[str, Any] = {
    "description": "Money, not negative: whole minor units (cents), or text with at most two decimals such as '12.50'.",
    "oneOf": [
        {"type": "integer", "minimum": 0, "maximum": reading.LARGEST_MONEY},
        {"type": "string", "pattern": r"^\d{1,16}(\.\d{1,2})?$"},
    ],
}
QUANTITY: dict[str, Any] = {
    "description": "A number, not negative, as JSON has it or as text such as '0.0525' or '1/3'.",
    "oneOf": [
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": r"^\d{1,18}(/0*[1-9]\d*|\.\d{1,18})?$"},
    ],
}
ABOVE_ZERO: dict[str, Any] = {
    "description": "A number above zero, as JSON has it or as text such as '0.0525' or '1/3'.",
    "oneOf": [
        {"type": "number", "exclusiveMinimum": 0},
        {"type": "string", "pattern": r"^(?=[0.]*[1-9])\d{1,18}(/0*[1-9]\d*|\.\d{1,18})?$"},
    ],
}


def records(where: str, value: object, read: Callable[[str, Any], T], *, least: int = 1) -> tuple[T, ...]:
    """Return each entry of a list, read with its place; MethodInputError where there are fewer than `least`."""
    found = reading.rows(where, value)
    if len(found) < least:
        refuse(where, value, f"needs at least {least}")
    return tuple(read(f"{where}[{number}]", one) for number, one in enumerate(found))


def part(where: str, value: object) -> Fraction:
    """Return a number from 0 to 1."""
    return reading.share(where, value, 0, 1)


def signed_money(where: str, value: object) -> int:
    """Return minor units that may be negative."""
    if isinstance(value, str) and value.strip().startswith("-"):
        return -reading.money(where, value.strip()[1:])
    if isinstance(value, int) and not isinstance(value, bool) and value < 0:
        return -reading.money(where, -value)
    return reading.money(where, value)


def or_else(given: Mapping[str, Any], name: str, default: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return what is given under a name, or the default where nothing is, or a blank as tables have it."""
    value = given.get(name)
    return default if value is None or value == "" else value


def no_twins(where: str, names: Sequence[str]) -> None:
    """Raise MethodInputError where an id stands twice."""
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            refuse(f"{where}[{number}].id", name, "stands twice")
        seen.add(name)


def schema(required: Mapping[str, Any], optional: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the JSON Schema of an object with these keys and no others."""
    found: dict[str, Any] = {"type": "object", "additionalProperties": False}
    return found | {"required": list(required), "properties": {**required, **(optional or {})}}


def listed(entry: Mapping[str, Any], words: str, least: int = 1) -> dict[str, Any]:
    """Return the JSON Schema of a list of such entries."""
    return {"type": "array", "minItems": least, "description": words, "items": dict(entry)}


def told(base: Mapping[str, Any], words: str) -> dict[str, Any]:
    """Return a JSON Schema with words of its own before those it has."""
    return {**base, "description": f"{words} {base['description']}" if "description" in base else words}
