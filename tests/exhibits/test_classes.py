"""Classes of amounts: few, at round numbers, and each amount in the one whose words hold it."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.exhibits.classes import MOST, breaks, class_of, class_words

amounts = st.lists(st.decimals("0.01", 10**13, places=2) | st.integers(1, 10**7).map(Decimal), min_size=1)


@given(amounts)
def test_classes_are_few_in_order_round_and_the_highest_is_never_empty(given_amounts: list[Decimal]) -> None:
    starts = breaks(given_amounts)
    assert len(starts) < MOST
    assert all(one < other for one, other in pairwise(starts))
    assert all(start.normalize().as_tuple().digits in {(1,), (2,), (3,), (5,)} for start in starts)
    assert len(class_words(starts)) == len(set(class_words(starts))) == len(starts) + 1
    assert class_of(max(given_amounts), starts) == len(starts)


@given(amounts)
def test_an_amount_is_in_the_class_between_its_borders(given_amounts: list[Decimal]) -> None:
    starts = breaks(given_amounts)
    borders = [Decimal(0), *starts, Decimal("Infinity")]
    for amount in given_amounts:
        place = class_of(amount, starts)
        assert borders[place] <= amount < borders[place + 1]


@pytest.mark.parametrize(
    ("given_amounts", "words"),
    [
        ([1], ["1 or more"]),
        ([1, 12, 3], ["1", "2 to 4", "5 to 9", "10 or more"]),
        ([1, 93, 18], ["1 or 2", "3 to 9", "10 to 29", "30 or more"]),
        ([0, 5, 5], ["1 or more"]),
    ],
)
def test_whole_amounts_are_told_without_gaps_or_overlaps(given_amounts: list[int], words: list[str]) -> None:
    assert class_words(breaks(given_amounts), whole=True) == words


def test_nothing_above_zero_has_no_classes() -> None:
    assert breaks([0, 0]) == []
    assert breaks([]) == []
