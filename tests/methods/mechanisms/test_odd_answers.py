"""Good inputs with one place made odd, worked out to the end: a named refusal or an answer in JSON, never a crash."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from infracommons.methods.decisions.decide import run_decision
from infracommons.methods.decisions.decision_schema import DECISION_SCHEMA
from infracommons.methods.health.finance import FINANCE_SCHEMA, health
from infracommons.methods.health.software import CRITICALITY
from infracommons.methods.health.software_report import SOFTWARE_SCHEMA, software_health
from infracommons.methods.mechanisms.registry import all_mechanisms
from infracommons.methods.result import MethodInputError, plain

ODD: tuple[Any, ...] = (
    None, [], {}, "x", "", -1, 0, 1.5, float("nan"), float("inf"), True, [[]], [{}], [None], {"a": []}, 10**400,
    -(10**400), "1e999999", "12.505", "1/0", "1/00", "9" * 5000, 10**17, 1e308,
)  # fmt: skip
QUADRATIC = {
    "pool": "100.00",
    "gifts": [{"donor": "a", "project": "p", "amount": 400}, {"donor": "b", "project": "p", "amount": "9.00"}],
    "scores": {"a": 20},
    "groups": {"g": ["a"], "h": {"b": "1/2"}},
}
POOL = {"saturate": True, "minimum_gift": 0, "cap": 500, "cap_excess": "to_others"}
DRAW = {"fundable": 1, "draw_seed": "s", "commitment": None}
EXAMPLES: tuple[tuple[str, Any, Any], ...] = (
    ("quadratic_funding", QUADRATIC, POOL | {"formula": "quadratic", "identity": [{"score": 0, "part": "1/2"}]}),
    ("quadratic_funding", QUADRATIC,
     POOL | {"formula": "pairwise", "bound": 100, "bounded_over": "all_projects", "pairs": "ordered"}),
    ("quadratic_funding", QUADRATIC,
     POOL | {"formula": "clusters", "closeness": "shares_a_group", "groups": "given", "unit": 100}),
    ("pledge_assurance",
     {"pledges": [{"id": "a", "amount": "60.00", "groups": {"country": "DE"}, "state": "pledged",
                   "at": "2026-01-01T00:00:00Z", "probability": "1/2"}]},
     {"threshold": {"count": 2, "amount": 10, "different": {"country": 2}}, "charge": "full", "bonus": "5.00",
      "bonus_for_first": 1, "deadline": "2027-01-01T00:00:00Z", "deadline_inclusive": True, "certainty": "0.9"}),
    ("pledge_matching",
     {"promises": [{"id": "a", "base": 10, "rate": "1/2", "cap": 100, "if_others_give": 10, "if_others_are": 1},
                   {"id": "b", "base": 10}]}, {}),
    ("pledge_subscribe_to_open",
     {"subscribers": [{"id": "a", "price": 100, "renews": True}, {"id": "b", "price": 100, "renews": False}]},
     {"target": 150, "tolerance": "0.1", "discount": "0.05", "override": {"reason": "r", "by": "b"}}),
    ("endowment_spending", {"market_values": ["100.00", 110], "last_spending": "5.00", "inflation": "0.03"},
     {"rule": "smoothed", "rate": "0.0525", "weight": "0.8", "low": "0.045", "high": "0.06"}),
    ("endowment_spending", {"market_values": [100, 200]}, {"rule": "rolling_mean", "rate": "0.05", "years": 2}),
    ("endowment_spending", {"market_values": [100]},
     {"rule": "simple", "rate": 0, "outlook": {"mean": 0.04, "deviation": "0.1", "years": 2, "runs": 2, "seed": 1}}),
    ("reserve_target", {"monthly_costs": 100, "monthly_results": [[-10, 5], [3, -50]], "winding_down": 9, "reserve": 5},
     {"months": 6, "certainty": "0.9"}),
    ("runway",
     {"unrestricted": "50", "restricted": {"ids": 10}, "costs": [{"id": "x", "amount": 9, "purpose": "ids", "last": 5}],
      "income": [{"id": "i", "amount": 5, "funder": "f", "purpose": "ids", "every": 2, "first": 1, "last": 10, "lag": 1,
                  "term": 3, "leaves": 0.5}]},
     {"months": 12, "runs": 10, "seed": 1}),
    ("revolving_fund", {"cash": 1000, "cost": 10, "demand": 500},
     {"periods": 5, "instalments": 2, "grace": 1, "default": "0.1", "recovery": "0.5", "interest": "0.01", "keep": 5}),
    ("recoverable_grant", {"grant": 1000, "surpluses": [100, -5, 300]}, {"share": "0.3", "most": 1}),
    ("reviewer_assignment",
     {"reviewers": {"ana": "x", "ben": "y"}, "proposals": {"p": "x", "q": ""},
      "conflicts": [{"reviewer": "ana", "proposal": "p"}],
      "expertise": [{"reviewer": "ben", "proposal": "p", "score": 3}]},
     {"reviews": 1, "least_load": 0, "most_load": 2, "objective": "fairest", "region_rule": "none", "connected": True}),
    ("panel_lottery",
     {"reviews": [{"proposal": "p", "reviewer": "a", "score": 5}, {"proposal": "q", "reviewer": "a", "score": "7/2"},
                  {"proposal": "q", "reviewer": "b", "score": 4}],
      "conflicts": [{"reviewer": "c", "proposal": "p"}], "amounts": {"p": 100}},
     DRAW | {"interval": "1/2", "interval_ends": "whole_ranks", "severity_spread": 0.5, "largest_spread": 2,
             "by_pair": True, "draws": 100, "burn_in": 5, "chains": 2, "seed": 1}),
    ("merit_lottery", {"intervals": {"a": [5, 6], "b": [3, "5.5"]}, "amounts": {"a": 5}}, DRAW),
    ("replayable_draw", {"chances": {"a": "1/2", "b": 0.5}, "amounts": {"a": 5}},
     {"draw_seed": "s", "commitment": None}),
)  # fmt: skip
DECISION = {
    "title": "t", "options": ["A", "B"], "weights": {"c": 2, "d": 1}, "seed": 1, "close": 0.05,
    "criteria": [{"id": "c", "direction": "min", "worst": 100, "best": 0, "unit": "u", "label": "L"},
                 {"id": "d", "direction": "max", "bounds": [0, 10], "points": [[0, 0], [5, "0.8"], [10, 1]],
                  "expected": 9, "preference": {"shape": "linear", "q": 1, "p": 2}}],
    "performances": {"A": {"c": 40, "d": "8"}, "B": {"c": [20, 30], "d": None}},
    "sensitivity": {"smaa": {"draws": 5, "weights": "ordered", "order": ["c", "d"]},
                    "sobol": {"samples": 4, "spread": 0.2}},
}  # fmt: skip
ACCOUNTS = {"organisation": "An archive", "currency": "USD", "years": [
    {"year": 2023, "form": "990", "lines": {"cash": "12.00", "total_revenue": 500000, "Part X, line 2B": 5},
     "funders": {"f": "200.00"}, "sources": {"s": 5}}]}  # fmt: skip
SOFTWARE = {
    "as_of": "2024-03-01", "since": "2020-01-01", "commits": [{"contributor": "a", "day": "2024-01-01"}],
    "contributors": {"a": "o"}, "releases": ["2024-01-01"], "signals": dict.fromkeys(CRITICALITY, 1.5),
}  # fmt: skip
DOCUMENTS = (
    (lambda form: run_decision(form | {"method": "promethee_2"}), DECISION_SCHEMA, DECISION),
    (run_decision, DECISION_SCHEMA, DECISION),
    (health, FINANCE_SCHEMA, ACCOUNTS),
    (software_health, SOFTWARE_SCHEMA, SOFTWARE),
)


def _variants(value: Any) -> Iterator[Any]:
    """Yield the value with one place after the other made odd, left out, said twice, or unknown."""
    yield from ODD
    if isinstance(value, dict):
        for key, part in value.items():
            yield from ({**value, key: odd} for odd in _variants(part))
            yield {other: own for other, own in value.items() if other != key}
        yield {**value, "unheard of": 1}
    if isinstance(value, list) and value:
        yield from ([odd, *value[1:]] for odd in _variants(value[0]))
        yield from (value + value, value[:1])


@pytest.mark.parametrize(("name", "inputs", "parameters"), EXAMPLES, ids=lambda one: one if type(one) is str else "")
def test_a_mechanism_refuses_what_is_odd_by_name_or_answers(name: str, inputs: Any, parameters: Any) -> None:
    rule = next(one for one in all_mechanisms() if one.name == name)
    Draft202012Validator(rule.inputs_schema).validate(inputs)
    Draft202012Validator(rule.parameters_schema).validate(parameters)
    read, known = rule.read_inputs(inputs), rule.read_parameters(parameters)
    json.dumps(plain(rule.allocate(read, known)), allow_nan=False)
    for odd in _variants(inputs):
        with suppress(MethodInputError):
            json.dumps(plain(rule.allocate(rule.read_inputs(odd), known)), allow_nan=False)
    for odd in _variants(parameters):
        with suppress(MethodInputError):
            json.dumps(plain(rule.allocate(read, rule.read_parameters(odd))), allow_nan=False)


@pytest.mark.parametrize(("answer", "schema", "document"), DOCUMENTS, ids=["pairs", "decision", "finance", "software"])
def test_a_document_that_is_odd_is_refused_by_name_or_answered(answer: Any, schema: Any, document: Any) -> None:
    Draft202012Validator(schema).validate(document)
    for odd in _variants(document):
        if isinstance(odd, dict):
            with suppress(MethodInputError):
                json.dumps(plain(answer(odd)), allow_nan=False)


@pytest.mark.parametrize(("name", "inputs", "parameters"), EXAMPLES, ids=lambda one: one if type(one) is str else "")
def test_a_schema_refuses_what_is_missing_unknown_or_of_another_kind(name: str, inputs: Any, parameters: Any) -> None:
    rule = next(one for one in all_mechanisms() if one.name == name)
    for schema, good in ((rule.inputs_schema, inputs), (rule.parameters_schema, parameters)):
        check = Draft202012Validator(schema)
        for key in good:
            left = {other: own for other, own in good.items() if other != key}
            assert check.is_valid(left) is (key not in schema["required"] and not _needed(schema, good, key)), key
            assert not check.is_valid(good | {key: [[[None]]]}), key
            assert not check.is_valid(good | {key: {"a": {"b": {"c": None}}}}), key
        assert not check.is_valid(good | {"unheard of": 1})


def _needed(schema: Any, good: Any, key: str) -> bool:
    """Say whether one formula alone asks for a key."""
    return any(
        key in one["then"]["required"] and good["formula"] == one["if"]["properties"]["formula"]["const"]
        for one in schema.get("allOf", ())
    )
