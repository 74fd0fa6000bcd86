from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.vocabulary.prices import PRICE_LEVELS, in_prices_of

years = st.sampled_from([*PRICE_LEVELS])
amounts = st.decimals(-(10**9), 10**15, places=2)


def test_every_year_from_the_first_to_the_last_has_a_level() -> None:
    assert list(PRICE_LEVELS) == list(range(min(PRICE_LEVELS), max(PRICE_LEVELS) + 1))
    assert (PRICE_LEVELS[1990], PRICE_LEVELS[2007], PRICE_LEVELS[2024]) == (130_700, 207_342, 313_689)


@given(amount=amounts, year=years)
def test_dollars_of_a_year_are_the_same_in_prices_of_that_year(amount: Decimal, year: int) -> None:
    assert in_prices_of(amount, year, year) == amount


@given(amount=amounts, year=years, prices=years)
def test_an_amount_is_the_exact_one_to_the_nearest_cent(amount: Decimal, year: int, prices: int) -> None:
    exact = Fraction(amount) * PRICE_LEVELS[prices] / PRICE_LEVELS[year]
    found = in_prices_of(amount, year, prices)
    assert found is not None
    assert abs(Fraction(found) - exact) <= Fraction(1, 200)
    assert found.as_tuple().exponent in (0, -1, -2)


def test_half_a_cent_goes_up() -> None:
    assert in_prices_of(Decimal("0.01"), 1990, 1990) == Decimal("0.01")
    # 2006 201.6, 1999 166.6: 125 cents of 1999 are 151.26 cents of 2006
    assert in_prices_of(Decimal("1.25"), 1999, 2006) == Decimal("1.51")


@pytest.mark.parametrize("year", [None, min(PRICE_LEVELS) - 1, max(PRICE_LEVELS) + 1])
def test_a_year_without_a_level_has_no_amount(year: int | None) -> None:
    assert in_prices_of(Decimal(1), year, 2020) is None
    assert year is None or in_prices_of(Decimal(1), 2020, year) is None
