from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.health.accounts import LINES, Year, read_year
from infracommons.methods.health.ratios import BY_NAME, RATIOS, ratio, ratios
from infracommons.methods.result import MethodInputError

LINES_2023 = {
    "cash": "120000.00", "savings": "60000.00", "pledges_receivable": "30000.00", "accounts_receivable": "15000.00",
    "net_fixed_assets": "200000.00", "total_assets": "600000.00", "mortgages_and_notes": "80000.00",
    "total_liabilities": "150000.00", "unrestricted_net_assets": "320000.00", "net_assets": "450000.00",
    "membership_dues": "40000.00", "government_grants": "100000.00", "contributions": "300000.00",
    "program_service_revenue": "150000.00", "investment_income": "10000.00", "royalties": "5000.00",
    "other_revenue": "35000.00", "total_revenue": "500000.00", "personnel_expenses": "300000.00",
    "depreciation": "30000.00", "total_expenses": "480000.00", "program_expenses": "384000.00",
    "management_expenses": "72000.00", "fundraising_expenses": "24000.00",
}  # fmt: skip
# By hand, in thousands, from the lines above.
BY_HAND = {
    "cash_months_with_receivables": Fraction(225 * 12, 450),  # 6 months
    "cash_months_cash_only": Fraction(180 * 12, 450),  # 4.8 months
    "days_cash": Fraction(120 * 365, 480),  # 91.25 days
    "luna_months": Fraction((320 - (200 - 80)) * 12, 480),  # 5 months
    "luna_months_all_property_off": Fraction((320 - 200) * 12, 480),  # 3 months
    "operating_reserve": Fraction(120, 480),  # 25 per cent
    "operating_reserve_debt_added_back": Fraction(200, 480),
    "leverage": Fraction(150, 600),
    "government_reliance": Fraction(100, 500),
    "contribution_reliance": Fraction(300, 500),
    "program_service_reliance": Fraction(150, 500),
    "investment_reliance": Fraction(10, 500),
    "program_share": Fraction(384, 480),
    "administration_share": Fraction(72, 480),
    "fundraising_share": Fraction(24, 480),
    "overhead": Fraction(96, 480),
    "personnel_over_revenue": Fraction(300, 500),
    "personnel_over_expenses": Fraction(300, 480),
    "surplus_margin": Fraction(20, 500),
    "surplus_margin_before_depreciation": Fraction(50, 500),
    "self_sufficiency": Fraction(150, 480),
    "earned_income_dependency": Fraction(230, 500),
    "equity_over_revenue": Fraction(450, 500),
    "equity_over_assets": Fraction(450, 600),
}
amounts = st.integers(min_value=0, max_value=10**9)


def a_year(lines: dict[str, Any] | None = None, form: str = "990", **more: Any) -> Year:
    return read_year("years[0]", {"year": 2023, "form": form, "lines": lines or {}, **more}, "USD")


@pytest.mark.parametrize("name", [one.name for one in RATIOS])
def test_every_ratio_is_what_arithmetic_by_hand_gives(name: str) -> None:
    assert ratio(BY_NAME[name], a_year(LINES_2023)).value == BY_HAND[name]


def test_a_ratio_shows_its_formula_and_the_lines_it_used() -> None:
    told = ratio(BY_NAME["cash_months_cash_only"], a_year(LINES_2023))
    assert told.formula == "(cash + savings) / ((total_expenses - depreciation) / 12)"
    assert told.inputs == {
        "cash": 12_000_000, "savings": 6_000_000, "total_expenses": 48_000_000, "depreciation": 3_000_000,
    }  # fmt: skip


def test_a_blank_line_of_a_full_990_is_zero_and_the_answer_says_so() -> None:
    told = ratio(BY_NAME["cash_months_with_receivables"], a_year({"cash": 1200, "total_expenses": 1200}))
    assert told.value == 12
    assert told.read_as_zero == ("savings", "pledges_receivable", "accounts_receivable", "depreciation")


@pytest.mark.parametrize("form", ["990EZ", "accounts"])
def test_a_blank_line_of_another_form_is_not_known(form: str) -> None:
    told = ratio(BY_NAME["cash_months_with_receivables"], a_year({"cash": 1200, "total_expenses": 1200}, form))
    assert told.value is None
    assert "savings (Part X, line 2B of Form 990)" in told.why_not
    assert "total_expenses" not in told.why_not


def test_without_expenses_a_ratio_over_them_cannot_be_told() -> None:
    told = ratio(BY_NAME["program_share"], a_year({"program_expenses": 5}))
    assert told.value is None
    assert told.why_not == "total_expenses is zero, so nothing can be divided by it"


def test_lines_may_be_named_by_their_place_or_their_field_of_the_form() -> None:
    by_field = a_year({"F9_10_ASSET_CASH_EOY": 5, "Part IX, line 25A": 10})
    assert (by_field.lines["cash"], by_field.lines["total_expenses"]) == (5, 10)


@pytest.mark.parametrize(
    ("year", "where"),
    [
        ({"year": 2023, "form": "990", "lines": {"cash": 12.5}}, "years[0].lines.cash"),
        ({"year": 2023, "form": "990", "lines": {"cash": "12.505"}}, "years[0].lines.cash"),
        ({"year": 2023, "form": "990", "lines": {"cash": [1]}}, "years[0].lines.cash"),
        ({"year": 2023, "form": "990", "lines": {"money": 12}}, "years[0].lines.money"),
        ({"year": 2023, "form": "990", "lines": {"cash": 1, "Part X, line 1B": 1}}, "years[0].lines.Part X, line 1B"),
        ({"year": 2023, "form": "1040", "lines": {}}, "years[0].form"),
        ({"year": "2023", "form": "990", "lines": {}}, "years[0].year"),
        ({"form": "990", "lines": {}}, "years[0].year"),
        ({"year": 2023, "form": "990", "lines": {}, "notes": ""}, "years[0].notes"),
        ({"year": 2023, "form": "990", "lines": {"total_revenue": 5}, "funders": {"A": 6}}, "years[0].funders"),
        ({"year": 2023, "form": "990", "lines": {}, "funders": {"A": -6}}, "years[0].funders.A"),
    ],
)
def test_what_cannot_be_accounts_is_refused_by_its_place(year: dict[str, Any], where: str) -> None:
    with pytest.raises(MethodInputError) as refused:
        read_year("years[0]", year, "USD")
    assert refused.value.where == where


@settings(max_examples=1000, deadline=None)
@given(values=st.lists(amounts, min_size=len(LINES), max_size=len(LINES)), factor=st.integers(1, 1000))
def test_the_unit_of_money_makes_no_difference_to_any_ratio(values: list[int], factor: int) -> None:
    lines = dict(zip(LINES, values, strict=True))
    scaled = {name: amount * factor for name, amount in lines.items()}
    for one, other in zip(ratios(a_year(lines)), ratios(a_year(scaled)), strict=True):
        assert one.value == other.value


@settings(max_examples=1000, deadline=None)
@given(cash=amounts, savings=amounts, expenses=st.integers(min_value=1, max_value=10**9))
def test_months_of_cash_times_monthly_expenses_is_the_cash(cash: int, savings: int, expenses: int) -> None:
    lines = {"cash": cash, "savings": savings, "total_expenses": expenses}
    months = ratio(BY_NAME["cash_months_cash_only"], a_year(lines)).value
    assert months is not None
    assert months * Fraction(expenses, 12) == cash + savings
