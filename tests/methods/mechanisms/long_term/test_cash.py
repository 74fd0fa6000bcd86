from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.long_term import MECHANISMS
from infracommons.methods.mechanisms.long_term.reserve import covering, worst_shortfall
from infracommons.methods.mechanisms.long_term.revolving import LoanFund, LoanTerms, revolve
from infracommons.methods.mechanisms.long_term.runway import Cost, Line, Position, RunwayParameters, look_ahead
from infracommons.methods.result import MethodInputError, Result

BY_NAME = {one.name: one for one in MECHANISMS}
MONEY = st.integers(0, 500)


def run(name: str, inputs: dict[str, Any], parameters: dict[str, Any]) -> Result:
    rule = BY_NAME[name]
    return rule.allocate(rule.read_inputs(inputs), rule.read_parameters(parameters))


def look(inputs: dict[str, Any], months: int = 24, runs: int = 1) -> Result:
    return run("runway", inputs, {"months": months, "runs": runs, "seed": 1})


@pytest.mark.parametrize(("cash", "burn", "months"), [(100, 30, 3), (90, 30, 3), (0, 1, 0), (89, 30, 2)])
def test_a_steady_runway_is_cash_over_burn(cash: int, burn: int, months: int) -> None:
    result = look({"unrestricted": cash, "costs": [{"id": "all", "amount": burn}]})
    assert result.details["months_of_runway"] == months
    assert result.certificate["solvent"].witness == months + 1
    assert result.certificate["cash_identity"].holds


def test_restricted_money_pays_its_own_purpose_and_never_the_rent() -> None:
    inputs = {
        "unrestricted": 50,
        "restricted": {"dois": 1000},
        "costs": [{"id": "rent", "amount": 20}, {"id": "dois", "amount": 10, "purpose": "dois"}],
    }
    result = look(inputs, 12)
    assert result.details["months_of_runway"] == 2
    assert result.details["months_if_restricted_money_could_pay_for_all"] is None
    assert result.amounts == {"unrestricted": 50 - 240, "restricted: dois": 1000 - 120}
    assert result.certificate["restricted_kept"].holds


def test_the_funder_whose_leaving_bites_most_is_named() -> None:
    inputs = {
        "unrestricted": 60,
        "income": [
            {"id": "a", "amount": 70, "funder": "A"},
            {"id": "b", "amount": 30, "funder": "B"},
        ],
        "costs": [{"id": "all", "amount": 100}],
    }
    result = look(inputs)
    assert result.details["months_of_runway"] is None
    assert result.details["months_if_a_funder_leaves"] == {"A": 0, "B": 2}
    assert result.details["bites_most"] == "A"


def test_a_payment_lag_and_yearly_payments_are_played_month_by_month() -> None:
    line = {"id": "a", "amount": 120, "every": 12, "lag": 2, "first": 1, "last": 13}
    result = look({"unrestricted": 20, "income": [line], "costs": [{"id": "all", "amount": 10}]}, 40)
    assert result.trace[2].numbers["income"] == 120
    assert result.trace[14].numbers["income"] == 120
    assert result.details["months_of_runway"] == 26


def test_the_chance_of_being_broke_is_that_of_a_renewal_failing_each_month() -> None:
    # Without cash, and income that is the costs, the first renewal that fails ends it: 1 - 0.9 ** renewals.
    line = {"id": "a", "amount": 10, "term": 1, "leaves": "0.1"}
    inputs = {"unrestricted": 0, "income": [line], "costs": [{"id": "all", "amount": 10}]}
    result = look(inputs, 12, 20_000)
    expected = [1 - 0.9**month for month in range(12)]
    assert result.details["p_broke_by_month"] == pytest.approx(expected, abs=0.02)
    assert result == look(inputs, 12, 20_000)


@given(cash=MONEY, kept=MONEY, income=MONEY, given_=MONEY, costs=st.lists(MONEY, min_size=2, max_size=2), more=MONEY)
@settings(max_examples=1000, deadline=None)
def test_cash_is_never_lost_restricted_money_never_negative_and_more_cash_never_shortens_a_runway(
    cash: int, kept: int, income: int, given_: int, costs: list[int], more: int
) -> None:
    lines = (Line("a", income, "A", every=3), Line("b", given_, "B", purpose="p", lag=1))
    spent = (Cost("c", costs[0]), Cost("d", costs[1], "p", first=2, last=5))
    rule = RunwayParameters(6, 3, 5)
    result = look_ahead(Position(cash, {"p": kept}, lines, spent), rule)
    richer = look_ahead(Position(cash + more, {"p": kept}, lines, spent), rule)
    assert result.certificate["cash_identity"].holds
    assert result.certificate["restricted_kept"].holds
    long = [float("inf") if one is None else one for one in (r.details["months_of_runway"] for r in (result, richer))]
    assert long[1] >= long[0]


@pytest.mark.parametrize(
    ("inputs", "where"),
    [
        ({"unrestricted": 1, "costs": []}, "costs"),
        ({"unrestricted": 0.5, "costs": [{"id": "a", "amount": 1}]}, "unrestricted"),
        ({"unrestricted": 1, "costs": [{"id": "a", "amount": 1}] * 2}, r"costs\[1\].id"),
        (
            {"unrestricted": 1, "costs": [{"id": "a", "amount": 1}], "income": [{"id": "a", "amount": 1, "leaves": 1}]},
            "term",
        ),
        ({"unrestricted": 1, "costs": [{"id": "a", "amount": 10**18}]}, "income"),
        ({"unrestricted": 1, "costs": [{"id": "a", "amount": 1}], "restricted": []}, "restricted"),
    ],
)
def test_cash_that_cannot_be_followed_is_refused(inputs: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError, match=where):
        look(inputs)


def test_more_months_and_runs_than_memory_holds_are_refused() -> None:
    with pytest.raises(MethodInputError, match="runs: 100000: with 1200 months"):
        look({"unrestricted": 1, "costs": [{"id": "a", "amount": 1}]}, months=1200, runs=100_000)


def test_the_reserve_is_the_largest_of_its_three_reasons() -> None:
    results = [[-100, 50], [-10, -10], ["-3.00", 900]]
    inputs = {"monthly_costs": 100, "monthly_results": results, "winding_down": 450, "reserve": 300}
    result = run("reserve_target", inputs, {"months": "4.5", "certainty": 1})
    assert result.details["reasons"] == {"months_of_costs": 450, "worst_shortfall": 300, "winding_down": 450}
    assert result.amounts == {"reserve": 450}
    assert result.details["missing"] == 150
    assert result.certificate.failing
    with pytest.raises(MethodInputError, match="certainty"):
        run("reserve_target", inputs, {"months": 1, "certainty": 0})


@given(results=st.lists(st.integers(-50, 50), max_size=6), part=st.integers(1, 10).map(lambda part: Fraction(part, 10)))
@settings(max_examples=1000, deadline=None)
def test_the_worst_shortfall_is_just_enough_and_a_reserve_covers_the_part_it_says(
    results: list[int], part: Fraction
) -> None:
    worst = worst_shortfall(results)
    low = min((sum(results[:end]) for end in range(len(results) + 1)), default=0)
    assert worst + low == 0
    shortfalls = sorted(map(abs, results))
    reserve = covering(shortfalls, part)
    assert sum(one <= reserve for one in shortfalls) >= part * len(shortfalls)


def test_money_that_comes_back_is_lent_again_as_a_geometric_series() -> None:
    # A half comes back each time: 1024 + 512 + 256 + ... over five periods is 1024 * (1 - 1/32) / (1 - 1/2).
    result = run("revolving_fund", {"cash": 1024}, {"periods": 5, "instalments": 1, "default": "0.5"})
    assert list(result.amounts.values()) == [1024, 512, 256, 128, 64]
    assert result.total == 1984
    assert result.details["lending_multiple"] == Fraction(1984, 1024)
    assert result.details["limit_of_multiple"] == 2
    assert not result.certificate.failing


def test_a_fund_that_cannot_pay_its_own_costs_says_so() -> None:
    result = run("revolving_fund", {"cash": 10, "cost": 8, "demand": 1}, {"periods": 3, "instalments": 2, "grace": 1})
    assert result.certificate["costs_covered"].witness == 14
    assert result.certificate["conservation"].holds


@given(
    cash=st.integers(0, 5000),
    cost=st.integers(0, 50),
    parts=st.tuples(*[st.integers(0, 8).map(lambda part: Fraction(part, 8))] * 3),
    instalments=st.integers(1, 4),
    grace=st.integers(0, 2),
)
@settings(max_examples=1000, deadline=None)
def test_a_revolving_fund_makes_and_loses_no_money(
    cash: int, cost: int, parts: tuple[Fraction, Fraction, Fraction], instalments: int, grace: int
) -> None:
    result = revolve(LoanFund(cash, cost), LoanTerms(8, instalments, grace, *parts, keep=7))
    assert result.certificate["conservation"].holds
    assert result.certificate["cash_identity"].holds
    assert all(step.numbers["cash"] >= 0 for step in result.trace)


def test_a_recoverable_grant_is_returned_from_surpluses_alone() -> None:
    inputs = {"grant": "100", "surpluses": ["100", "-50", "200", "400"]}
    result = run("recoverable_grant", inputs, {"share": "0.3"})
    assert list(result.amounts.values()) == [3_000, 0, 6_000, 1_000]
    assert not result.certificate.failing
    assert result.details["yearly_return"] == pytest.approx(0, abs=1e-9)
    slow = run("recoverable_grant", {"grant": "100", "surpluses": [100] * 1000}, {"share": "0.3"})
    assert slow.total == 10_000
    with pytest.raises(MethodInputError, match="surpluses: 1001"):
        run("recoverable_grant", {"grant": "100", "surpluses": [1] * 1001}, {"share": "0.3"})
    poor = run("recoverable_grant", {"grant": "100", "surpluses": [-5]}, {"share": "0.3"})
    assert poor.total == 0
    assert poor.certificate["whole"].witness == 10_000
