from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.long_term.endowment import YALE, Endowment, SpendingRule, spend
from infracommons.methods.mechanisms.long_term.endowment_form import MECHANISMS
from infracommons.methods.mechanisms.long_term.endowment_paths import Markets, outlook
from infracommons.methods.mechanisms.long_term.returns import annuity, balance, xirr
from infracommons.methods.result import MethodInputError, Result

RULE = MECHANISMS[0]
YALE_GIVEN = {"rule": "smoothed", "rate": 0.0525, "weight": "0.8", "low": "0.045", "high": "0.06"}
PARTS = st.integers(0, 20).map(lambda part: Fraction(part, 100))


def run(inputs: dict[str, Any], parameters: dict[str, Any]) -> Result:
    return RULE.allocate(RULE.read_inputs(inputs), RULE.read_parameters(parameters))


def test_en_1_the_yale_rule_over_two_years() -> None:
    inputs = {"market_values": ["100000000", "110000000"], "last_spending": "5000000", "inflation": "0.03"}
    result = run(inputs, YALE_GIVEN)
    assert result.amounts == {"year 1": 517_000_000, "year 2": 541_508_000}
    assert not result.certificate.failing


def test_the_collar_moves_spending_to_its_nearest_end() -> None:
    low = Endowment((1000,), 1)
    assert spend(low, YALE).amounts == {"year 1": 45}
    assert spend(Endowment((1000,), 900), YALE).amounts == {"year 1": 60}
    assert spend(low, SpendingRule("simple", Fraction("0.05"), high=Fraction("0.04"))).amounts == {"year 1": 40}


def test_a_rolling_mean_begins_when_its_window_is_full() -> None:
    result = run({"market_values": [900, 1000, 1100, 2000]}, {"rule": "rolling_mean", "rate": "0.05", "years": 3})
    assert result.details["exact"] == [50, Fraction(4100, 60)]
    assert result.amounts == {"year 1": 50, "year 2": 68}


@pytest.mark.parametrize(
    ("inputs", "parameters", "where"),
    [
        ({"market_values": []}, {"rule": "simple", "rate": 0.05}, "market_values"),
        ({"market_values": [-1]}, {"rule": "simple", "rate": 0.05}, r"market_values\[0\]"),
        ({"market_values": [1]}, {"rule": "simple", "rate": 5}, "rate"),
        ({"market_values": [1]}, {"rule": "smoothed", "rate": 0}, "weight"),
        ({"market_values": [1]}, {"rule": "smoothed", "rate": 0, "weight": 1}, "last_spending"),
        ({"market_values": [1]}, {"rule": "rolling_mean", "rate": 0}, "years"),
        ({"market_values": [1]}, {"rule": "rolling_mean", "rate": 0, "years": 3}, "market_values"),
        ({"market_values": [1]}, {"rule": "simple", "rate": 0, "low": 0.2, "high": 0.1}, "low"),
        ({"market_values": [1]}, {"rule": "simple", "rate": 0, "weight": 0.5}, "weight"),
        ({"market_values": [1]}, {"rule": "smoothed", "rate": 0, "weight": 1, "years": 3}, "years"),
    ],
)
def test_endowments_without_an_answer_are_refused(
    inputs: dict[str, Any], parameters: dict[str, Any], where: str
) -> None:
    with pytest.raises(MethodInputError, match=where):
        run(inputs, parameters)


@given(
    values=st.lists(st.integers(0, 10**9), min_size=1, max_size=3), last=st.integers(0, 10**8), rate=PARTS, low=PARTS
)
@settings(max_examples=1000, deadline=None)
def test_spending_keeps_its_collar_and_scales_with_money(
    values: list[int], last: int, rate: Fraction, low: Fraction
) -> None:
    rule = SpendingRule("smoothed", rate, weight=Fraction(1, 2), low=low, high=low + Fraction(1, 50))
    result = spend(Endowment(tuple(values), last), rule)
    twice = spend(Endowment(tuple(2 * value for value in values), 2 * last), rule)
    assert not result.certificate.failing
    assert [2 * one for one in result.details["exact"]] == twice.details["exact"]


def test_without_swings_an_endowment_that_spends_its_real_return_keeps_its_worth() -> None:
    rule = SpendingRule("simple", Fraction("0.05"))
    play = {"years": 20, "runs": 50, "seed": 7}
    steady = outlook(100.0, 5.0, rule, Markets(1 / 0.95 - 1, 0.0), **play)
    assert steady["median_worth"] == pytest.approx(100)
    assert steady["generations"] == pytest.approx(1)
    swinging = outlook(100.0, 5.0, YALE, Markets(0.03, 0.12), **play)
    assert swinging == outlook(100.0, 5.0, YALE, Markets(0.03, 0.12), **play)
    assert swinging["p_below_start"] > 0.5
    mean = SpendingRule("rolling_mean", Fraction("0.05"), years=3)
    assert outlook(100.0, 5.0, mean, Markets(0.0, 0.0), **play)["p_below_start"] == 1


def test_the_yearly_return_is_that_of_the_spreadsheet() -> None:
    # The example of the XIRR function in the manuals of spreadsheets: 37.34 %.
    days = [date(2008, 1, 1), date(2008, 3, 1), date(2008, 10, 30), date(2009, 2, 15), date(2009, 4, 1)]
    payments = list(zip(days, [-10_000, 2_750, 4_250, 3_250, 2_750], strict=True))
    rate = xirr(payments)
    assert rate == pytest.approx(0.373362535, abs=1e-8)
    assert rate is not None
    assert balance(payments, rate) == pytest.approx(0, abs=1e-5)


def test_two_rates_that_both_fit_are_none_and_one_way_payments_are_refused() -> None:
    twice = [(date(2001, 1, 1), -1000), (date(2002, 1, 1), 2300), (date(2003, 1, 1), -1320)]  # 10 % and 20 %
    assert xirr(twice) is None
    with pytest.raises(MethodInputError, match="comes back"):
        xirr([(date(2001, 1, 1), -1000)])


def test_the_years_ahead_are_played_where_they_are_asked_for() -> None:
    steady = {"mean": "0.05", "deviation": 0, "years": 20, "runs": 3, "seed": 1}
    inputs = {"market_values": [95, 100]}
    result = run(inputs, {"rule": "simple", "rate": "0.03", "outlook": steady})
    assert result.details["outlook"]["p_below_start"] == 0
    assert result.details["outlook"]["median_worth"] == pytest.approx(100 * (0.97 * 1.05) ** 20)
    assert (result.seed, result.parameters["outlook"]["years"]) == (1, 20)
    assert result.amounts == run(inputs, {"rule": "simple", "rate": "0.03"}).amounts
    with pytest.raises(MethodInputError, match=r"outlook\.runs"):
        run(inputs, {"rule": "simple", "rate": "0.03", "outlook": steady | {"runs": 0}})


@pytest.mark.parametrize("years", [1, 60, 500, 1000])
def test_the_yearly_return_over_centuries_is_found_too(years: int) -> None:
    day = date(1000, 1, 1)
    for back, rate in ((200, 2 ** (1 / years) - 1), (50, 0.5 ** (1 / years) - 1)):
        paid = [(day, -100), (date.fromordinal(day.toordinal() + 365 * years), back), (date(2900, 1, 1), 0)]
        assert xirr(paid) == pytest.approx(rate, abs=1e-9)


def test_nothing_gained_is_a_return_of_zero() -> None:
    assert xirr([(date(2001, 1, 1), -100), (date(2002, 1, 1), 100)]) == pytest.approx(0, abs=1e-9)


@given(principal=st.integers(1, 10**6), rate=PARTS, number=st.integers(1, 8))
@settings(max_examples=1000, deadline=None)
def test_an_annuity_pays_the_loan_back_to_the_last(principal: int, rate: Fraction, number: int) -> None:
    left, payment = Fraction(principal), annuity(principal, rate, number)
    for _ in range(number):
        left = left * (1 + rate) - payment
    assert left == 0


def test_an_annuity_without_payments_is_refused() -> None:
    with pytest.raises(MethodInputError, match="at least one"):
        annuity(1, Fraction(0), 0)
