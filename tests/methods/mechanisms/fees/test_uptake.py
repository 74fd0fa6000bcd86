from fractions import Fraction
from itertools import product
from math import exp
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.fees.tariff import BY_NAME
from infracommons.methods.result import MethodInputError, Result

RULE = BY_NAME["fee_uptake"]
SHARES = {"mechanism": "fee_shares", "parameters": {"alpha": 1}}
LIST = {"mechanism": "fee_bands", "parameters": {"by": "size", "bands": [{"fee": 100}], "rounding": "half_up"}}
SURE = {"intercept": 100, "slope": 0}


def member(name: str, size: int = 1, budget: int = 1000, **more: Any) -> dict[str, Any]:
    return {"id": name, "size": size, "budget": budget, "last_fee": 1, **more}


def tried(cost: int, members: list[dict[str, Any]], **parameters: Any) -> Result:
    given = {"tariff": SHARES, "stay": SURE, "after": "same_fees", "draws": 200, "seed": 7, **parameters}
    return RULE.allocate(RULE.read_inputs({"cost": cost, "members": members}), RULE.read_parameters(given))


def test_who_surely_pays_covers_the_cost_and_the_fees_are_those_of_the_tariff() -> None:
    found = tried(1000, [member("a", 3), member("b", 1)])
    assert dict(found.amounts) == {"a": 750, "b": 250}
    assert found.details["revenue"] == {"expected": 1000, "p10": 1000, "p50": 1000, "p90": 1000}
    assert found.details["break_even_uptake"] == 1
    assert all(check.holds for check in found.certificate.checks)
    assert found.details["one_leaves"]["a"] == {"fee": 750, "missing": 750, "rise_for_others": 3}


def test_chances_to_pay_and_to_cover_the_cost_are_those_of_trying_every_outcome() -> None:
    budgets = {"a": 200, "b": 400, "c": 1000, "d": 2000}
    found = tried(200, [member(name, budget=budget) for name, budget in budgets.items()], tariff=LIST,
                  stay={"intercept": 2, "slope": 5}, draws=40_000)  # fmt: skip
    chance = {name: 1 / (1 + exp(5 * 100 / budget - 2)) for name, budget in budgets.items()}
    for name, own in chance.items():
        assert found.details["chance_to_pay"][name] == pytest.approx(own, abs=0.01)
    covered = 0.0
    for way in product((True, False), repeat=4):
        weight = 1.0
        for yes, own in zip(way, chance.values(), strict=True):
            weight *= own if yes else 1 - own
        covered += weight * (sum(way) >= 2)
    assert found.details["chance_to_cover_the_cost"] == pytest.approx(covered, abs=0.01)
    assert found.details["revenue"]["expected"] == pytest.approx(100 * sum(chance.values()), abs=1)
    assert found.details["break_even_uptake"] == Fraction(1, 2)


def test_a_cost_that_is_shared_again_unravels_where_each_rise_drives_the_next_away() -> None:
    # Each pays up to half its budget and no more: a leaves at 25, then b at 34, then c at 50, and d alone pays 100.
    step = {"intercept": 100, "slope": 200}
    members = [member("a", budget=40), member("b", budget=60), member("c", budget=90), member("d", budget=400)]
    again = tried(100, members, stay=step, after="shared_again")
    assert again.details["chance_to_pay"] == {"a": 0, "b": 0, "c": 0, "d": 1}
    assert again.details["revenue"]["expected"] == 100
    same = tried(100, members, stay=step)
    assert same.details["chance_to_pay"] == {"a": 0, "b": 1, "c": 1, "d": 1}
    assert same.details["revenue"]["expected"] == 75
    assert same.certificate["covered_on_average"].witness == {"missing": 25}


def test_where_caps_leave_no_room_those_who_stay_pay_what_they_were_asked() -> None:
    capped = {"mechanism": "fee_shares", "parameters": {"alpha": 1, "cap": 50}}
    members = [member("a"), member("b", budget=1), member("c")]
    found = tried(120, members, tariff=capped, stay={"intercept": 10, "slope": 20}, after="shared_again")
    assert found.details["revenue"]["expected"] == 80
    assert found.details["one_leaves"]["a"]["rise_for_others"] is None


def test_who_joins_and_who_stays_decide_each_in_their_own_way() -> None:
    members = [member("member"), {"id": "new", "budget": 1000}]
    found = tried(200, members, tariff=LIST, join={"intercept": -100, "slope": 0})
    assert found.details["chance_to_pay"] == {"member": 1, "new": 0}


def test_churn_takes_members_whatever_the_fee_and_nobody_else() -> None:
    members = [member("member"), {"id": "new", "budget": 1000}]
    found = tried(200, members, tariff=LIST, churn=1)
    assert found.details["chance_to_pay"] == {"member": 0, "new": 1}


def test_a_currency_that_falls_makes_the_fee_dearer_to_its_members_alone() -> None:
    members = [member("home"), member("away", currency="BRL")]
    stay = {"intercept": 10, "slope": 66}  # a fee of a tenth is paid by 97 of 100, of a fifth by 4 of 100
    calm = tried(200, members, tariff=LIST, stay=stay, currencies={"BRL": 0}, draws=4000).details["chance_to_pay"]
    wild = tried(200, members, tariff=LIST, stay=stay, currencies={"BRL": 1}, draws=4000).details["chance_to_pay"]
    assert wild["home"] == calm["home"]
    assert wild["away"] < calm["away"] - 0.2


def test_groups_are_told_with_the_part_of_their_budgets() -> None:
    members = [member("a", income_group="high"), member("b", budget=200, income_group="low")]
    found = tried(200, members).details["by_income_group"]
    assert (found["high"]["part_of_budgets"], found["low"]["part_of_budgets"]) == (Fraction(1, 10), Fraction(1, 2))
    assert found["low"]["uptake"] == 1


@settings(max_examples=1000, deadline=None)
@given(
    budgets=st.lists(st.integers(1, 500), min_size=1, max_size=4),
    cost=st.integers(0, 400),
    after=st.sampled_from(["same_fees", "shared_again"]),
    seed=st.integers(0, 50),
    churn=st.sampled_from(["0", "0.2", "0.6"]),
)
def test_no_draw_brings_more_than_the_cost_that_is_shared_and_a_seed_repeats_itself(
    budgets: list[int], cost: int, after: str, seed: int, churn: str
) -> None:
    members = [member(f"m{at}", at + 1, budget) for at, budget in enumerate(budgets)]
    choices: dict[str, Any] = {"stay": {"intercept": 2, "slope": 4}, "after": after, "draws": 6, "seed": seed}
    found = tried(cost, members, churn=churn, **choices)
    assert sum(found.amounts.values()) == cost
    told = found.details["revenue"]
    assert 0 <= told["p10"] <= told["p50"] <= told["p90"] <= cost
    assert found == tried(cost, members, churn=churn, **choices)
    # The same moods with more who leave anyhow: at the same fees it can only bring less.
    if after == "same_fees":
        more = tried(cost, members, churn="0.9", **choices).details["revenue"]
        assert all(more[name] <= told[name] for name in told)


@pytest.mark.parametrize(
    ("inputs", "parameters", "where"),
    [
        ({"members": []}, {}, "members"),
        ({"members": [{"id": "a"}]}, {}, r"members\[0\]\.budget"),
        ({"members": [{"id": "a", "budget": 0}]}, {}, r"members\[0\]\.budget"),
        ({"members": [{"id": "a", "budget": 9, "currency": "BRL"}]}, {}, r"members\[0\]\.currency"),
        ({"cost": -1}, {}, "cost"),
        ({}, {"draws": 0}, "draws"),
        ({}, {"after": "later"}, "after"),
        ({}, {"stay": {"intercept": 1}}, r"stay\.slope"),
        ({}, {"stay": {"intercept": 1, "slope": -1}}, r"stay\.slope"),
        ({}, {"churn": 2}, "churn"),
        ({}, {"tariff": {"mechanism": "claims", "parameters": {}}}, r"tariff\.mechanism"),
        ({}, {"tariff": {"mechanism": "fee_shares", "parameters": {}}}, r"tariff\.parameters\.alpha"),
        ({}, {"currencies": {"BRL": -1}}, r"currencies\.BRL"),
    ],
)
def test_what_cannot_be_tried_out_is_refused_by_its_place(
    inputs: dict[str, Any], parameters: dict[str, Any], where: str
) -> None:
    whole = {"cost": 100, "members": [member("a")], **inputs}
    choices = {"tariff": SHARES, "stay": SURE, "after": "same_fees", "draws": 5, "seed": 7, **parameters}
    with pytest.raises(MethodInputError, match=f"^{where}"):
        RULE.allocate(RULE.read_inputs(whole), RULE.read_parameters(choices))
