from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.vocabulary.spelling import Spellings, slips, slips_allowed

WORD = st.text("abcé", max_size=7)


def oracle(one: str, other: str) -> int:
    """Count slips by the definition, without any shortcut."""

    @cache
    def rest(left: int, right: int) -> int:
        if not left or not right:
            return left + right
        ways = [
            rest(left - 1, right) + 1,
            rest(left, right - 1) + 1,
            rest(left - 1, right - 1) + (one[left - 1] != other[right - 1]),
        ]
        if left > 1 and right > 1 and one[left - 1] == other[right - 2] and one[left - 2] == other[right - 1]:
            ways.append(rest(left - 2, right - 2) + 1)
        return min(ways)

    return rest(len(one), len(other))


@given(WORD, WORD, st.integers(0, 3))
def test_slips_are_counted_as_defined(one: str, other: str, most: int) -> None:
    assert slips(one, other, most) == min(oracle(one, other), most + 1)


@given(WORD.filter(bool), st.dictionaries(WORD.filter(bool), st.integers(1, 9), max_size=12), st.integers(0, 2))
def test_the_nearest_word_is_that_of_a_plain_search(word: str, counts: dict[str, int], most: int) -> None:
    near = [(oracle(word, other), -count, other) for other, count in counts.items() if oracle(word, other) <= most]
    assert Spellings(counts.items()).nearest(word, most) == min(near, default=(0, 0, ""))[2]


@pytest.mark.parametrize(("word", "allowed"), [("doi", 0), ("core", 1), ("datacit", 1), ("datacite", 2)])
def test_short_words_may_have_no_slips(word: str, allowed: int) -> None:
    assert slips_allowed(word) == allowed
