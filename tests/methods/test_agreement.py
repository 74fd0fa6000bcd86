"""Agreement of two reviewers, against numbers of the literature and a slow count."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods.agreement import agreement


def table(yes_yes: int, yes_no: int, no_yes: int, no_no: int) -> list[tuple[str, str]]:
    counts = {("yes", "yes"): yes_yes, ("yes", "no"): yes_no, ("no", "yes"): no_yes, ("no", "no"): no_no}
    return [pair for pair, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("counts", "share", "kappa"),
    [
        # Two readers of 50 grant proposals, the worked example of most introductions to kappa.
        ((20, 5, 10, 15), 0.70, 0.40),
        # Equal agreement, unequal shares of answers: kappa tells them apart.
        ((45, 15, 25, 15), 0.60, 0.1304),
        ((25, 35, 5, 35), 0.60, 0.2593),
    ],
)
def test_kappa_is_that_of_the_textbooks(counts: tuple[int, int, int, int], share: float, kappa: float) -> None:
    found = agreement(table(*counts))
    assert found.share == pytest.approx(share)
    assert found.kappa == pytest.approx(kappa, abs=0.00005)


def test_no_pair_has_no_agreement_and_one_answer_has_no_kappa() -> None:
    assert agreement([]) == (0, 0, None, None)
    assert agreement([("yes", "yes")] * 3) == (3, 3, 1.0, None)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_kappa_is_that_of_the_definition(pairs: list[tuple[str, str]]) -> None:
    observed = Fraction(sum(a == b for a, b in pairs), len(pairs))
    expected = sum(
        (Fraction(sum(a == c for a, _ in pairs), len(pairs)) * Fraction(sum(b == c for _, b in pairs), len(pairs))
         for c in "abc"), Fraction(0),
    )  # fmt: skip
    found = agreement(pairs)
    assert found.share == pytest.approx(float(observed))
    if expected == 1:
        assert found.kappa is None
    else:
        assert found.kappa == pytest.approx(float((observed - expected) / (1 - expected)))
