from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infracommons.methods.mechanisms.quadratic.attacks import ring_attack, split_attack
from infracommons.methods.mechanisms.quadratic.gifts import Gift, Round, Rules
from infracommons.methods.result import MethodInputError

PLAIN = Rules(formula="quadratic", saturate=False, minimum_gift=0, cap=None, cap_excess="to_others")
BOUNDED = Rules("pairwise", False, 0, None, "to_others", bound=1000, pairs="ordered")  # noqa: FBT003


def test_one_donor_with_ten_names_is_matched_nine_times_over() -> None:
    alone = Round(10**9, ("p",), (Gift("a", "p", 10000),))
    attack = split_attack(alone, PLAIN, "a", "p", 10)
    assert (attack.before, attack.after) == (0, 90000)
    assert attack.per_unit == 9
    assert attack.bound == 90000


def test_a_pairwise_bound_holds_an_attack_to_the_bound_for_each_pair() -> None:
    alone = Round(10**9, ("p",), (Gift("a", "p", 10**8),))
    attack = split_attack(alone, BOUNDED, "a", "p", 10)
    assert attack.bound == 90 * 1000
    assert attack.gain <= attack.bound
    assert attack.per_unit is not None
    assert attack.per_unit < Fraction(1, 1000)


def test_names_that_share_a_group_gain_little_under_clusters() -> None:
    others = tuple(Gift(f"d{number}", "p", 10000) for number in range(4))
    members = {"home": {"a": Fraction(1)}}
    round_ = Round(10**9, ("p",), (*others, Gift("a", "p", 10000)), groups=members)
    clusters = Rules("clusters", False, 0, None, "to_others")  # noqa: FBT003
    plain, grouped = (split_attack(round_, one, "a", "p", 8) for one in (PLAIN, clusters))
    assert grouped.gain == 0
    assert plain.gain > 10 * plain.spent


def test_a_ring_is_measured_by_what_it_puts_in() -> None:
    ring = ring_attack(Round(10**9, ("p",), ()), PLAIN, "p", 5, 1000)
    assert (ring.spent, ring.gain) == (5000, 20000)
    assert ring.per_unit == 4
    assert ring_attack(Round(10**9, ("p",), ()), PLAIN, "p", 5, 0).per_unit is None


def test_an_attack_without_money_is_refused() -> None:
    with pytest.raises(MethodInputError, match="gave nothing"):
        split_attack(Round(1, ("p",), ()), PLAIN, "a", "p", 2)


@settings(max_examples=1000, deadline=None)
@given(gift=st.integers(100, 10**6), names=st.integers(2, 12), pairwise=st.booleans())
def test_splitting_never_brings_more_than_the_recorded_bound(gift: int, names: int, pairwise: bool) -> None:  # noqa: FBT001
    alone = Round(10**12, ("p",), (Gift("a", "p", gift),))
    attack = split_attack(alone, BOUNDED if pairwise else PLAIN, "a", "p", names)
    assert attack.bound is not None
    assert 0 < attack.gain <= attack.bound + 1
