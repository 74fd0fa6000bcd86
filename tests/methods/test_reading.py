from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods import reading
from infracommons.methods.result import MethodInputError


@pytest.mark.parametrize(("value", "units"), [(1250, 1250), ("12.50", 1250), ("12.5", 1250), ("12", 1200), ("0", 0)])
def test_money_is_minor_units_or_text_with_two_digits(value: object, units: int) -> None:
    assert reading.money("pool", value) == units


@pytest.mark.parametrize(
    "value", [12.5, 12.0, "12.505", "1e3", "NaN", "", None, True, [1], -1, "-0.01", 10**19, "1,000"]
)
def test_what_is_no_exact_amount_of_money_is_refused_by_its_place(value: object) -> None:
    with pytest.raises(MethodInputError, match=r"^pool: "):
        reading.money("pool", value)


@given(units=st.integers(0, 10**15))
def test_money_as_text_is_read_back(units: int) -> None:
    assert reading.money("pool", f"{units // 100}.{units % 100:02}") == units
    assert reading.money("pool", str(Decimal(units) / 100) if units % 100 else str(units // 100)) == units


@pytest.mark.parametrize(
    ("value", "number"),
    [(0.1, Fraction(1, 10)), ("2/3", Fraction(2, 3)), ("0.125", Fraction(1, 8)), (3, Fraction(3))],
)
def test_numbers_are_read_as_they_are_written(value: object, number: Fraction) -> None:
    assert reading.share("weight", value) == number


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), Decimal("NaN"), 10**400, "1/0", "1/00", "\u0661", "x", None, True, -0.5, 2]
)
def test_what_is_no_number_within_bounds_is_refused(value: object) -> None:
    with pytest.raises(MethodInputError):
        reading.share("weight", value, 0, 1)


def test_names_that_are_missing_unknown_or_double_are_told_by_their_place() -> None:
    def where(call: Any, *arguments: object) -> str:
        with pytest.raises(MethodInputError) as caught:
            call(*arguments)
        return str(caught.value.where)

    assert where(reading.parts, "a", {}, ("b",)) == "a.b"
    assert where(reading.parts, "", {"c": 1}, ()) == "c"
    assert where(reading.parts, "a", [], ()) == "a"
    assert where(reading.texts, "names", ["x", "y", "x"]) == "names[2]"
    assert where(reading.text, "name", " ") == "name"
    assert where(reading.rows, "list", "text") == "list"
    assert where(reading.entries, "map", 3, reading.money) == "map"
    assert where(reading.choice, "rule", "z", ("x", "y")) == "rule"
    assert where(reading.flag, "flag", 1) == "flag"
    assert where(reading.whole, "count", 1.0) == "count"
    assert reading.whole("count", "17", 0, 20) == 17
