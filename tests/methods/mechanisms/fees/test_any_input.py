"""Any value at any place of the examples of the pages: answered as the schema allows, or refused by its place."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from infracommons.methods.mechanisms.fees.tariff import MECHANISMS
from infracommons.methods.result import Mechanism, MethodInputError, Result

PAGES = Path(__file__).parents[4] / "docs" / "methods" / "fees"
ODD: tuple[Any, ...] = (
    "x", -1, 0, 1.5, 10**30, 10**400, 1e300, float("nan"), float("inf"), True, [], {}, [None], {"x": None}, [[]], "1/0",
    "1e9", "-1", "12.505",
)  # fmt: skip


def example(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return inputs and parameters that the page of a mechanism shows."""
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    found = dict(re.findall(r"^`([\w-]+\.json)`:\n\n```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    return json.loads(found["inputs.json"]), json.loads(found.get("parameters.json", "{}"))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in inner for place in places(part, (*path, key)))]


def spoilt(value: Any, place: tuple[Any, ...], odd: object) -> Any:
    found = deepcopy(value)
    inside = found
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = odd
    return found


@pytest.mark.parametrize("rule", MECHANISMS, ids=lambda rule: rule.name)
def test_any_value_at_any_place_is_answered_to_the_minor_unit_or_refused_by_its_place(rule: Mechanism) -> None:
    whole = dict(zip(("inputs", "parameters"), example(rule.name), strict=True))
    if rule.name == "fee_uptake":
        whole["parameters"]["draws"] = 3
    schemas = {"inputs": rule.inputs_schema, "parameters": rule.parameters_schema}
    for place in (place for place in places(whole) if len(place) > 1):
        for odd in ODD:
            given = spoilt(whole, place, odd)
            found = answered(rule, given)
            if found is not None:
                assert Draft202012Validator(schemas[place[0]]).is_valid(given[place[0]]), (place, odd)
                assert all(type(amount) is int and amount >= 0 for amount in found.amounts.values())


def answered(rule: Mechanism, given: dict[str, Any]) -> Result | None:
    try:
        return rule.allocate(rule.read_inputs(given["inputs"]), rule.read_parameters(given["parameters"]))
    except MethodInputError as error:
        assert error.where  # noqa: PT017 - each of many is looked at
        return None
