from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.health.accounts import Year, read_year
from infracommons.methods.health.exposure import REST, by_funder, by_source, exits, runway

FULL = {
    "cash": 60_000, "savings": 0, "total_revenue": 120_000, "total_expenses": 130_000, "depreciation": 10_000,
    "contributions": 60_000, "program_service_revenue": 30_000, "investment_income": 30_000,
}  # fmt: skip


def a_year(lines: dict[str, Any] = FULL, form: str = "990", **more: Any) -> Year:
    return read_year("years[0]", {"year": 2023, "form": form, "lines": lines, **more}, "USD")


def test_concentration_over_the_lines_of_the_form() -> None:
    found = by_source(a_year())
    assert found.herfindahl == Fraction(1, 4) + Fraction(1, 16) + Fraction(1, 16)
    assert (found.top, found.top_share) == ("contributions", Fraction(1, 2))


def test_sources_that_do_not_make_up_all_revenue_leave_a_rest() -> None:
    found = by_source(a_year(sources={"memberships": 90_000}))
    assert found.amounts == {"memberships": 90_000, REST: 30_000}
    assert found.herfindahl == Fraction(10, 16)


def test_named_funders_are_measured_among_themselves_and_the_answer_says_how_much_they_give() -> None:
    found = by_funder(a_year(funders={"A": 30_000, "B": 30_000}))
    assert found.herfindahl == Fraction(1, 2)
    assert "50.0% of the revenue" in found.remark


def test_where_shares_mean_nothing_the_answer_says_why() -> None:
    assert "below zero" in by_source(a_year({**FULL, "investment_income": -5})).why_not
    assert "not known" in by_source(a_year({"total_revenue": 5}, "990EZ")).why_not
    assert by_source(a_year({})).why_not == "there is no revenue to spread"
    assert by_funder(a_year()).why_not == "no funders are named"


def test_the_exit_of_a_funder_opens_a_gap_that_cash_fills_for_so_many_months() -> None:
    # Paid out 120,000, comes in 120,000 - 40,000: a gap of 40,000 a year; 60,000 of cash last 18 months.
    first, second = exits(a_year(funders={"small": 10_000, "large": 40_000}))
    assert [first.funder, first.gap, first.months, first.share] == ["large", 40_000, 18, Fraction(1, 3)]
    assert [second.funder, second.months] == ["small", 72]


def test_as_long_as_income_covers_what_is_paid_out_no_gap_opens() -> None:
    assert runway(a_year()).gap == 0
    assert runway(a_year()).words == "no gap opens: what comes in still covers what is paid out"
    assert runway(a_year({**FULL, "total_revenue": 60_000})).months == 12


def test_without_the_lines_a_runway_cannot_be_told() -> None:
    assert runway(a_year({"cash": 5}, "990EZ")).words.startswith("cannot be told: savings, total_revenue")


@pytest.mark.parametrize("part", [1, 3, 5])
def test_a_larger_funder_never_leaves_more_months(part: int) -> None:
    one, other = exits(a_year(funders={"A": 10_000 * part, "B": 10_000 * part + 5}))
    assert one.months is not None
    assert other.months is not None
    assert one.months <= other.months


@settings(max_examples=1000, deadline=None)
@given(parts=st.lists(st.integers(1, 10**6), min_size=2, max_size=8))
def test_merging_two_funders_raises_concentration_which_keeps_its_bounds(parts: list[int]) -> None:
    apart = by_funder(a_year({"total_revenue": sum(parts)}, funders={str(n): part for n, part in enumerate(parts)}))
    merged_parts = [parts[0] + parts[1], *parts[2:]]
    merged = by_funder(
        a_year({"total_revenue": sum(parts)}, funders={str(n): part for n, part in enumerate(merged_parts)})
    )
    assert apart.herfindahl is not None
    assert merged.herfindahl is not None
    assert Fraction(1, len(parts)) <= apart.herfindahl < merged.herfindahl <= 1
