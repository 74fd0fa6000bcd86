from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods.attribution import attribute

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
NAMES = st.lists(
    st.text(st.characters(codec="ascii", categories=["L"]), min_size=1), min_size=1, max_size=9, unique=True
)


def _by_rule(shares: list[tuple[str, str, Decimal]], rule: str) -> dict[str, Decimal]:
    return {name: amount for name, its_rule, amount in shares if its_rule == rule}


@given(AMOUNTS, NAMES)
def test_equal_parts_sum_to_the_award_and_differ_by_at_most_a_cent(amount: Decimal, names: list[str]) -> None:
    parts = _by_rule(attribute(amount, names, {}), "equal_split")
    assert set(parts) == set(names)
    assert sum(parts.values()) == amount
    assert max(parts.values()) - min(parts.values()) <= Decimal("0.01")


@given(AMOUNTS, NAMES)
def test_full_counts_the_whole_award_for_each(amount: Decimal, names: list[str]) -> None:
    assert _by_rule(attribute(amount, names, {}), "full") == dict.fromkeys(names, amount)


@given(AMOUNTS, NAMES)
def test_single_only_counts_nothing_of_an_award_for_several(amount: Decimal, names: list[str]) -> None:
    assert _by_rule(attribute(amount, names, {}), "single_only") == ({names[0]: amount} if len(names) == 1 else {})


def test_a_documented_share_counts_and_an_unknown_one_does_not() -> None:
    shares = attribute(Decimal(900), ["a", "b"], {"a": Decimal(100)})
    assert _by_rule(shares, "documented_share") == {"a": Decimal(100)}


def test_an_award_for_one_infrastructure_is_its_documented_share() -> None:
    assert _by_rule(attribute(Decimal(9), ["a"], {}), "documented_share") == {"a": Decimal(9)}


def test_the_order_of_the_infrastructures_changes_nothing() -> None:
    assert attribute(Decimal("0.05"), ["b", "a", "c"], {}) == attribute(Decimal("0.05"), ["c", "b", "a"], {})
