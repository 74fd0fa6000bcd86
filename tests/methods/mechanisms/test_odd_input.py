"""Odd values at every place of every mechanism's inputs and parameters: refused by name or taken, never a crash."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest

from infracommons.methods.mechanisms.registry import all_mechanisms
from infracommons.methods.result import Mechanism, MethodInputError, plain

HUGE = 10**30
ODD: tuple[Any, ...] = (
    None, [], {}, "x", "", -1, 1.5, float("nan"), True, [[]], [{}], [5], [None], {"a": []}, {"a": {}}, {"a": -1},
    [{"id": []}], HUGE, "1e5", "12.505", "-1",
)  # fmt: skip
ALL = pytest.mark.parametrize("found", all_mechanisms(), ids=lambda found: found.name)


def _sample(schema: Mapping[str, Any]) -> Any:
    """Return the plainest value that a schema describes; rules between keys are not kept."""
    if "enum" in schema:
        return schema["enum"][0]
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return _sample(schema[key][0])
    kinds = schema.get("type") or ["string"]
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if kind == "object":
        inside = schema.get("additionalProperties")
        return {key: _sample(part) for key, part in schema.get("properties", {}).items()} or (
            {"a": _sample(inside)} if isinstance(inside, Mapping) else {}
        )
    if kind == "array":
        return [_sample(schema.get("items", {}))]
    return {"integer": 1, "number": 1, "string": "1", "boolean": True, "null": None}[kind]


def _variants(value: Any) -> Iterator[Any]:
    """Yield the value with one place after the other made odd, left out, or said twice."""
    yield from ODD
    if isinstance(value, dict):
        for key, part in value.items():
            yield from ({**value, key: odd} for odd in _variants(part))
            yield {other: own for other, own in value.items() if other != key}
    if isinstance(value, list) and value:
        yield from ([odd] for odd in _variants(value[0]))
        yield value + value


@ALL
def test_odd_inputs_are_refused_by_name_or_taken(found: Mechanism) -> None:
    assert found.inputs_schema["additionalProperties"] is False
    for odd in _variants(_sample(found.inputs_schema)):
        with suppress(MethodInputError):
            found.read_inputs(odd)


@ALL
def test_odd_parameters_are_refused_by_name_or_taken_and_written_down(found: Mechanism) -> None:
    assert found.parameters_schema["additionalProperties"] is False
    for odd in _variants(_sample(found.parameters_schema)):
        with suppress(MethodInputError):
            json.dumps(plain(found.read_parameters(odd)), allow_nan=False)
