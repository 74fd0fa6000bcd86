from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.comparison import compare
from infracommons.methods.result import Certificate, Check, MethodInputError, Result


def a_result(certificate: Certificate | None = None, /, **amounts: int) -> Result:
    return Result("a rule", {}, amounts, certificate=certificate or Certificate())


SUPPORT = {"ann": {"p": Fraction(1)}, "bob": {"q": Fraction(2), "r": Fraction(1)}}


def test_two_rules_side_by_side_by_arithmetic() -> None:
    first, second = compare({"one": a_result(p=100, q=0), "two": a_result(p=50, q=25, r=25)}, SUPPORT)
    assert (first.winners, second.winners) == (1, 3)
    assert first.gini == Fraction(2, 3)
    assert first.herfindahl == 1
    assert second.herfindahl == Fraction(3, 8)
    # Ann supports p alone; Bob q whole and r half: nothing under one; (25 + 12.5) of 100 under two.
    assert first.satisfaction_mean == Fraction(1, 2)
    assert second.satisfaction_mean == (Fraction(1, 2) + Fraction(3, 8)) / 2
    assert (first.left_out, second.left_out) == (1, 0)
    assert first.regret_most == Fraction(3, 8)
    assert second.regret_most == Fraction(1, 2)
    assert (first.recipient_regret_most, second.recipient_regret_most) == (25, 50)
    assert (first.amounts, first.transfers, second.transfers) == (2, 1, 3)


def test_a_property_that_does_not_hold_is_named() -> None:
    failing = Certificate((Check("caps", holds=False, words="not kept"), Check("balance", holds=True, words="kept")))
    row, _ = compare({"one": a_result(failing, p=1), "two": a_result(p=1)}, {})
    assert row.failing == ("caps",)


def test_where_nobody_says_what_they_support_satisfaction_cannot_be_told() -> None:
    row, _ = compare({"one": a_result(p=1), "two": a_result(p=2)}, {})
    assert (row.satisfaction_mean, row.regret_mean, row.left_out) == (None, None, None)


def test_who_could_get_money_but_gets_none_counts_for_equity() -> None:
    row, _ = compare({"one": a_result(p=5), "two": a_result(p=5)}, {}, ["p", "q", "r", "s"])
    assert row.gini == Fraction(3, 4)


def test_a_person_of_weight_three_counts_as_three_persons_who_support_the_same() -> None:
    results = {"one": a_result(p=100, q=0), "two": a_result(p=50, q=25, r=25)}
    weighted = compare(results, SUPPORT, (), {"bob": Fraction(3)})
    alike = compare(results, SUPPORT | {"eve": SUPPORT["bob"], "kim": SUPPORT["bob"]})
    for one, other in zip(weighted, alike, strict=True):
        assert one.satisfaction_mean == other.satisfaction_mean
        assert one.regret_mean == other.regret_mean
        assert one.left_out_part == other.left_out_part
        assert (one.satisfaction_least, one.regret_most) == (other.satisfaction_least, other.regret_most)
    assert weighted[0].satisfaction_mean == Fraction(1, 4)
    assert (weighted[0].left_out, weighted[0].left_out_part) == (1, Fraction(3, 4))


def test_one_rule_alone_cannot_be_compared() -> None:
    with pytest.raises(MethodInputError):
        compare({"one": a_result(p=1)}, {})


some_amounts = st.dictionaries(st.sampled_from("pqr"), st.integers(0, 100), min_size=1)


@settings(max_examples=1000, deadline=None)
@given(results=st.dictionaries(st.sampled_from(["x", "y", "z"]), some_amounts, min_size=2))
def test_satisfaction_lies_between_0_and_1_and_somebody_is_always_without_regret(
    results: dict[str, dict[str, int]],
) -> None:
    rows = compare({label: Result("a rule", {}, amounts) for label, amounts in results.items()}, SUPPORT)
    for row in rows:
        assert row.satisfaction_mean is not None
        assert row.regret_most is not None
        assert 0 <= row.satisfaction_mean <= 1
        assert 0 <= row.regret_most <= 1
    for person, own in SUPPORT.items():
        alone = compare({label: Result("a rule", {}, amounts) for label, amounts in results.items()}, {person: own})
        assert min(row.regret_most for row in alone if row.regret_most is not None) == 0
