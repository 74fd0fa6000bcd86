"""Throws wrong values at every place of good inputs: each gets an answer or a named error, never a crash."""

import copy
import json
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods import forms
from infracommons.methods.mechanisms import fees, long_term, pledges
from infracommons.methods.result import Mechanism, MethodInputError, plain

RULES = {one.name: one for one in (*fees.MECHANISMS, *pledges.MECHANISMS, *long_term.MECHANISMS)}
MEMBER = {"id": "a", "size": 2, "class": "x", "fte": 3, "floor": 1, "last_fee": "5.00", "discounts": ["d"]}
DISCOUNTED = {"discounts": {"d": "0.1"}, "discount_mode": "added"}
SUPPORT = {"id": "a", "amount": 5, "groups": {"country": "FR"}, "probability": "0.5", "at": "2026-01-01T00:00:00Z"}
COSTS = [{"id": "c", "amount": 9, "purpose": "p", "first": 1, "last": 3}]
LINE = {"id": "l", "amount": 5, "funder": "F", "purpose": "p", "every": 2, "lag": 1, "term": 2, "leaves": "0.5"}
GOOD: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "fee_shares": (
        {"target": 900, "members": [MEMBER, {**MEMBER, "id": "b"}]},
        {"alpha": "0.5", "fte_exponent": 1, "floor": 1, "cap": 5000, "most_rise": 2, **DISCOUNTED},
    ),
    "fee_bands": (
        {"members": [MEMBER]},
        {"by": "size", "bands": [{"up_to": 3, "fee": 9}, {"fee": 5}], "rounding": "down", "surcharge": 0, **DISCOUNTED},
    ),
    "fee_overlap": (
        {"open_volumes": 5, "cost_per_volume": 1, "members": [{"id": "a", "overlaps": [{"holders": 1, "volumes": 2}]}]},
        {"multiplier": 1, "rounding": "largest_remainder"},
    ),
    "fee_authorship": ({"target": 9, "articles": [{"id": "1", "authors": [["A", "B"]]}]}, {"exclude": ["C"]}),
    "fee_uptake": (
        {
            "cost": "60.00",
            "members": [
                {"id": "a", "size": 3, "income_group": "high", "budget": "400.00", "last_fee": "18.00"},
                {"id": "b", "size": 2, "income_group": "low", "budget": "80.00", "currency": "BRL"},
            ],
        },
        {
            "tariff": {
                "mechanism": "fee_shares",
                "parameters": {"alpha": "0.5", "coefficients": {"high": 1, "low": 1}},
            },
            "stay": {"intercept": 5, "slope": 20},
            "join": {"intercept": 1, "slope": 20},
            "after": "shared_again",
            "churn": "0.02",
            "currencies": {"BRL": "0.15"},
            "draws": 3,
            "seed": 1,
        },
    ),
    "fee_shapley": ({"groups": [{"members": ["a"], "cost": 5}]}, {}),
    "claims": ({"estate": 5, "claims": [{"id": "a", "claim": 9}]}, {"rule": "talmud"}),
    "pledge_assurance": (
        {"pledges": [SUPPORT]},
        {
            "threshold": {"amount": 5, "count": 1, "different": {"country": 1}},
            "charge": "full",
            "bonus": 1,
            "deadline": "2026-02-01T00:00:00Z",
            "deadline_inclusive": True,
        },
    ),
    "pledge_subscribe_to_open": (
        {"subscribers": [{"id": "a", "price": 9, "renews": True}]},
        {"target": 9, "tolerance": "0.1", "override": {"reason": "r", "by": "b"}},
    ),
    "pledge_matching": ({"promises": [{"id": "a", "base": 1, "rate": "0.5", "cap": 3, "if_others_are": 0}]}, {}),
    "endowment_spending": (
        {"market_values": [100], "last_spending": 5, "inflation": "0.03"},
        {"rule": "smoothed", "rate": "0.05", "weight": "0.8", "low": "0.01", "high": "0.1"},
    ),
    "reserve_target": ({"monthly_costs": 5, "monthly_results": [[-5, "1.00"]]}, {"months": 3, "certainty": 1}),
    "runway": (
        {"unrestricted": 50, "restricted": {"p": 5}, "income": [LINE], "costs": COSTS},
        {"months": 4, "seed": 1, "runs": 2},
    ),
    "revolving_fund": ({"cash": 9, "cost": 1, "demand": 5}, {"periods": 3, "instalments": 2, "default": "0.5"}),
    "recoverable_grant": ({"grant": 9, "surpluses": [5, -5]}, {"share": "0.5", "most": 1}),
}
ANSWER = "answered"
ODD_NUMBERS = [-1, 0, 1, 2, 2.5, 10**30, 1e308, float("nan"), float("inf")]
OTHERS: list[Any] = [None, True, "", "x", "1/0", "NaN", "-3", [], [[]], {}, {"x": []}]
WRONG: st.SearchStrategy[Any] = st.sampled_from([*ODD_NUMBERS, *OTHERS])


def places(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [before, *(place for key, part in parts for place in places(part, (*before, key)))]


def answered(rule: Mechanism, inputs: Any, parameters: Any) -> str:
    """Return the place that an error names, or that there was an answer."""
    try:
        result = rule.allocate(rule.read_inputs(inputs), rule.read_parameters(parameters))
    except MethodInputError as error:
        return error.where
    json.dumps(plain(result), allow_nan=False)
    return ANSWER


@pytest.mark.parametrize("name", RULES)
def test_good_inputs_fit_their_schemas_and_get_an_answer(name: str) -> None:
    rule, (inputs, parameters) = RULES[name], GOOD[name]
    jsonschema.validate(inputs, rule.inputs_schema, jsonschema.Draft202012Validator)
    jsonschema.validate(parameters, rule.parameters_schema, jsonschema.Draft202012Validator)
    assert answered(rule, inputs, parameters) == ANSWER


@given(name=st.sampled_from(sorted(RULES)), wrong=WRONG, data=st.data())
@settings(max_examples=1500, deadline=None)
def test_a_wrong_value_anywhere_gets_a_named_error_or_an_answer(name: str, wrong: Any, data: st.DataObject) -> None:
    whole = {"inputs": copy.deepcopy(GOOD[name][0]), "parameters": copy.deepcopy(GOOD[name][1])}
    *path, last = data.draw(st.sampled_from(places(whole)[1:]))
    at: Any = whole
    for key in path:
        at = at[key]
    at[last] = wrong
    assert answered(RULES[name], whole["inputs"], whole["parameters"])


def test_money_that_may_be_negative_is_read_with_its_sign() -> None:
    assert [forms.signed_money("x", one) for one in ("-1.50", -150, "1.50", 0)] == [-150, -150, 150, 0]
