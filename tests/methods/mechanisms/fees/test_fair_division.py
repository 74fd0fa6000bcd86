from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.fees.claims import RULES, Claims, awards, divide_among_claims
from infracommons.methods.mechanisms.fees.standing_alone import (
    AloneCosts,
    airport,
    shapley,
    shapley_fees,
    standing_alone,
)
from infracommons.methods.mechanisms.fees.tariff import BY_NAME
from infracommons.methods.result import MethodInputError, Result

TALMUD = {"a": 100, "b": 200, "c": 300}
CLAIMS = st.lists(st.integers(0, 30), min_size=1, max_size=5)


def run(name: str, inputs: dict[str, Any], parameters: dict[str, Any]) -> Result:
    rule = BY_NAME[name]
    return rule.allocate(rule.read_inputs(inputs), rule.read_parameters(parameters))


@pytest.mark.parametrize(
    ("estate", "expected"),
    [(100, [Fraction(100, 3)] * 3), (200, [50, 75, 75]), (300, [50, 100, 150])],
)
def test_fe_3_the_talmud_divides_three_estates(estate: int, expected: list[Fraction]) -> None:
    result = divide_among_claims(Claims(estate, TALMUD), "talmud")
    assert list(result.details["exact"].values()) == expected
    assert result.total == estate
    assert not result.certificate.failing


def test_equal_awards_and_equal_losses_are_the_two_ends() -> None:
    assert divide_among_claims(Claims(300, TALMUD), "equal_awards").amounts == {"a": 100, "b": 100, "c": 100}
    assert divide_among_claims(Claims(300, TALMUD), "equal_losses").amounts == {"a": 0, "b": 100, "c": 200}
    assert divide_among_claims(Claims(300, TALMUD), "proportional").amounts == {"a": 50, "b": 100, "c": 150}


def test_where_there_is_enough_for_all_the_rest_stays() -> None:
    claims = [{"id": "a", "claim": 3}, {"id": "b", "claim": "0.04"}]
    result = run("claims", {"estate": 10, "claims": claims}, {"rule": "talmud"})
    assert result.amounts == {"a": 3, "b": 4}
    assert result.details["left_over"] == 3
    assert not result.losers


@pytest.mark.parametrize("rule", RULES)
@given(claims=CLAIMS, estate=st.integers(0, 160))
@settings(max_examples=1000, deadline=None)
def test_claims_never_get_more_than_claimed_nor_make_money_and_larger_claims_get_no_less(
    rule: str, claims: list[int], estate: int
) -> None:
    asked = {str(place): claim for place, claim in enumerate(claims)}
    result = divide_among_claims(Claims(estate, asked), rule)
    assert not result.certificate.failing
    assert result.total + result.details["left_over"] == estate


@given(claims=CLAIMS, part=st.integers(0, 100))
@settings(max_examples=1000, deadline=None)
def test_the_talmud_is_its_own_dual_and_equal_awards_and_losses_are_each_others(claims: list[int], part: int) -> None:
    asked = {str(place): Fraction(claim) for place, claim in enumerate(claims)}
    owed = sum(asked.values(), Fraction(0))
    estate = owed * part / 100
    for rule, dual in (("talmud", "talmud"), ("equal_awards", "equal_losses"), ("proportional", "proportional")):
        mine, theirs = awards(estate, asked, rule), awards(owed - estate, asked, dual)
        assert all(mine[name] == asked[name] - theirs[name] for name in asked)


def test_fe_4_the_airport_of_three() -> None:
    needs = [{"id": "a", "cost": "10"}, {"id": "b", "cost": "20"}, {"id": "c", "cost": "50"}]
    result = run("fee_shapley", {"needs": needs}, {})
    exact = [float(one) / 100 for one in result.details["exact"].values()]
    assert exact == pytest.approx([3.3333, 8.3333, 38.3333], abs=1e-4)
    assert result.total == 5000
    assert not result.certificate.failing


@given(needs=st.lists(st.integers(0, 20), min_size=1, max_size=5))
@settings(max_examples=1000, deadline=None)
def test_the_closed_form_of_the_airport_is_the_mean_over_all_orders(needs: list[int]) -> None:
    named = {str(place): cost for place, cost in enumerate(needs)}
    mean = dict.fromkeys(named, Fraction(0))
    orders = list(permutations(named))
    for order in orders:
        top = 0
        for name in order:
            mean[name] += Fraction(max(0, named[name] - top), len(orders))
            top = max(top, named[name])
    assert airport(named) == shapley(AloneCosts(needs=named)) == mean
    assert standing_alone(AloneCosts(needs=named), airport(named)) is None


def test_a_group_that_would_do_better_alone_is_named() -> None:
    costs = {"a": 6, "b": 6, "c": 6, "ab": 7, "ac": 7, "bc": 7, "abc": 12}
    groups = [{"members": list(names), "cost": cost} for names, cost in costs.items()]
    result = run("fee_shapley", {"groups": groups}, {})
    assert result.amounts == {"a": 4, "b": 4, "c": 4}
    assert result.certificate["stand_alone"].witness["saving"] == 1
    assert standing_alone(AloneCosts(needs={"a": 1, "b": 5}), {"a": Fraction(2), "b": Fraction(3)}) == {
        "group": ["a"],
        "saving": 1,
        "alone": 1,
    }


@pytest.mark.parametrize(
    ("inputs", "where"),
    [
        ({}, "needs"),
        ({"needs": []}, "needs"),
        ({"groups": [{"members": ["a", "b"], "cost": 1}]}, "groups"),
        ({"groups": [{"members": ["a"], "cost": 1}] * 2}, r"groups\[1\]"),
        ({"groups": [{"members": ["a", "a"], "cost": 1}]}, r"groups\[0\].members"),
        ({"groups": [{"members": [str(place)], "cost": 1} for place in range(15)]}, "groups"),
    ],
)
def test_costs_of_groups_that_are_not_whole_are_refused(inputs: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError, match=where):
        run("fee_shapley", inputs, {})


def test_too_many_members_for_all_groups_are_refused() -> None:
    game = AloneCosts(groups={frozenset({str(place)}): 1 for place in range(15)})
    with pytest.raises(MethodInputError, match="too many"):
        shapley_fees(game)
