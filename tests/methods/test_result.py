from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods.result import Certificate, Check, MethodInputError, Result, Step, largest_remainder, plain

some_shares = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.fractions(0, 50), min_size=1, max_size=8)


@given(shares=some_shares.filter(lambda found: any(found.values())), total=st.integers(0, 10**9))
def test_rounding_neither_makes_nor_loses_money_and_stays_within_a_unit(
    shares: dict[str, Fraction], total: int
) -> None:
    amounts = largest_remainder(shares, total)
    whole = sum(shares.values())
    assert sum(amounts.values()) == total
    assert all(abs(amounts[name] - share * total / whole) < 1 for name, share in shares.items())


def test_units_left_over_go_to_the_largest_remainders_and_ties_to_the_first() -> None:
    assert largest_remainder({"b": Fraction(1), "a": Fraction(1), "c": Fraction(1)}, 100) == {"b": 33, "a": 34, "c": 33}


def test_nobody_can_get_money_where_all_shares_are_zero() -> None:
    assert largest_remainder({"a": Fraction(0)}, 0) == {"a": 0}
    with pytest.raises(MethodInputError, match="nobody can get"):
        largest_remainder({"a": Fraction(0)}, 5)
    with pytest.raises(MethodInputError, match=r"shares\.a: Fraction\(-1, 1\): negative"):
        largest_remainder({"a": Fraction(-1)}, 5)


def test_a_result_is_plain_json_and_says_what_does_not_hold() -> None:
    checks = (Check("balance", holds=True, words="adds up"), Check("cap", holds=False, words="over", witness=("a", 3)))
    result = Result(
        "m", {"share": Fraction(1, 3), "step": Decimal("0.10")}, {"a": 3}, (Step("Began"),), Certificate(checks)
    )
    said = plain(result)
    assert said["parameters"] == {"share": "1/3", "step": "0.10"}
    assert said["certificate"]["checks"][1]["witness"] == ["a", 3]
    assert [check.name for check in result.certificate.failing] == ["cap"]
    assert result.certificate["balance"].holds
    assert result.total == 3
    with pytest.raises(KeyError):
        result.certificate["no such"]
