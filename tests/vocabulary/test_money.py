from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.vocabulary.money import parse_amount, parse_currency
from infracommons.vocabulary.problems import FieldProblem


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("82510.00", "82510.00"),
        ("$371,050.00", "371050.00"),
        ("1,000.00", "1000.00"),
        ("0", "0.00"),
        (30000, "30000.00"),
        (1238300.0, "1238300.00"),
        ("1e6", "1000000.00"),
    ],
)
def test_an_amount_is_read_exactly(written: object, amount: str) -> None:
    assert parse_amount(written, field="amount") == Decimal(amount)


@pytest.mark.parametrize(
    "written", ["1.000,00", "1,00", "12,34,567", "-5", "ten", "1.2.3", "NaN", "1e99", "10000000000000"]
)
def test_an_amount_that_can_be_read_two_ways_or_none_is_refused_with_field_and_value(written: str) -> None:
    with pytest.raises(FieldProblem, match="amount: ") as problem:
        parse_amount(written, field="amount")
    assert written in str(problem.value)
    assert problem.value.reason_code == "bad_amount"


def test_a_publisher_with_decimal_commas_is_read_by_its_own_mark() -> None:
    assert parse_amount("1.000,50", field="amount", decimal_mark=",") == Decimal("1000.50")
    with pytest.raises(FieldProblem):
        parse_amount("1,000.50", field="amount", decimal_mark=",")


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_every_amount_survives_being_written_with_and_without_grouping(amount: Decimal) -> None:
    assert parse_amount(f"{amount:,}", field="amount") == parse_amount(str(amount), field="amount") == amount


def test_nothing_written_is_no_amount_and_no_currency() -> None:
    assert parse_amount("", field="amount") is None
    assert parse_amount(None, field="amount") is None
    assert parse_currency(" ", field="currency") is None


def test_an_unknown_currency_is_refused_and_a_retired_one_is_not() -> None:
    assert parse_currency("dem", field="currency") == "DEM"
    with pytest.raises(FieldProblem, match="currency: 'ZZZ'"):
        parse_currency("ZZZ", field="currency")
