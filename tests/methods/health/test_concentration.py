from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods.health.concentration import effective_number, gini, herfindahl, lorenz, shares, top_share

some_amounts = st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=40).filter(any)


def test_four_equal_givers_are_spread_evenly() -> None:
    assert herfindahl([7, 7, 7, 7]) == Fraction(1, 4)
    assert effective_number([7, 7, 7, 7]) == 4
    assert gini([7, 7, 7, 7]) == 0
    assert top_share([7, 7, 7, 7], 1) == Fraction(1, 4)


def test_one_giver_among_many_has_all() -> None:
    assert herfindahl([0, 0, 9]) == 1
    assert gini([0, 0, 9]) == Fraction(2, 3)
    assert top_share([0, 0, 9], 5) == 1


def test_a_textbook_case() -> None:
    # Shares of 50, 30 and 20 per cent: 0.25 + 0.09 + 0.04; Gini (1*(-2)*20 + 0*30 + 2*50) / (3*100).
    amounts = [Decimal("50.00"), Decimal("20.00"), Decimal("30.00")]
    assert herfindahl(amounts) == Fraction(38, 100)
    assert gini(amounts) == Fraction(60, 300)
    assert lorenz(amounts) == [
        (Fraction(0), Fraction(0)),
        (Fraction(1, 3), Fraction(1, 5)),
        (Fraction(2, 3), Fraction(1, 2)),
        (Fraction(1), Fraction(1)),
    ]


@pytest.mark.parametrize("amounts", [[], [0], [0, 0]])
def test_where_there_is_no_money_nothing_is_said(amounts: list[int]) -> None:
    found = [measure(amounts) for measure in (shares, herfindahl, gini, lorenz, effective_number)]
    assert found == [None] * 5
    assert top_share(amounts, 1) is None


@pytest.mark.parametrize("amounts", [[1, -1], [Decimal("-0.01")], [Decimal("NaN")]])
def test_what_cannot_be_money_is_refused_by_its_place(amounts: list[Decimal]) -> None:
    with pytest.raises(ValueError, match=r"amounts\[\d\]"):
        gini(amounts)


@given(amounts=some_amounts)
def test_the_gini_coefficient_is_the_mean_difference_of_all_pairs(amounts: list[int]) -> None:
    slow = Fraction(sum(abs(a - b) for a in amounts for b in amounts), 2 * len(amounts) * sum(amounts))
    assert gini(amounts) == slow


@given(amounts=some_amounts)
def test_measures_keep_their_bounds_and_their_order(amounts: list[int]) -> None:
    index, number, curve = herfindahl(amounts), len(amounts), lorenz(amounts)
    assert index is not None
    assert curve is not None
    assert Fraction(1, number) <= index <= 1
    assert curve[-1] == (Fraction(1), Fraction(1))
    assert all(y <= x for x, y in curve)
    slopes = [b[1] - a[1] for a, b in pairwise(curve)]
    assert slopes == sorted(slopes)


@given(amounts=some_amounts, factor=st.integers(min_value=1, max_value=1000))
def test_the_unit_of_money_makes_no_difference(amounts: list[int], factor: int) -> None:
    scaled = [amount * factor for amount in amounts]
    assert (herfindahl(scaled), gini(scaled), shares(scaled)) == (herfindahl(amounts), gini(amounts), shares(amounts))
