from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.vocabulary import figures


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("163273841.04", "USD 163 million"),
        ("16327384.10", "USD 16.3 million"),
        ("1632738.41", "USD 1.63 million"),
        ("999999.99", "USD 1.00 million"),
        ("163841", "USD 164,000"),
        ("1638", "USD 1,640"),
        ("163.84", "USD 164"),
        ("99.99", "USD 99.99"),
        ("16.38", "USD 16.38"),
        ("0", "USD 0.00"),
        ("2000000000", "USD 2.00 billion"),
        ("1234567890123", "USD 1.23 trillion"),
    ],
)
def test_prose_has_three_significant_figures(amount: str, shown: str) -> None:
    assert figures.rounded(Decimal(amount)) == shown


@given(st.decimals(100, 10**15, places=2))
def test_a_rounded_amount_is_within_half_a_per_cent(amount: Decimal) -> None:
    _, number, *scale = figures.rounded(amount).split()
    factor = {"million": 10**6, "billion": 10**9, "trillion": 10**12}.get("".join(scale), 1)
    assert abs(Decimal(number.replace(",", "")) * factor - amount) <= amount / 200


def test_exact_amounts_have_their_currency_and_every_cent() -> None:
    assert figures.exact(Decimal("1234567.5")) == "USD 1,234,567.50"
    assert figures.exact(Decimal(5), "EUR") == "EUR 5.00"
    assert figures.exact(Decimal(5), None) == "currency unknown 5.00"


def test_what_is_unknown_is_a_word() -> None:
    for write in (
        figures.exact,
        figures.figure,
        figures.rounded,
        figures.count,
        figures.day,
        figures.words,
        figures.percent,
    ):
        assert write(None) == "unknown"
    assert figures.years(None, 2020) == "unknown"
    assert figures.dates(None, None) == "dates unknown"


def test_years_and_days_read_as_people_write_them() -> None:
    assert figures.years(2003, 2024) == "2003\N{EN DASH}2024"
    assert figures.years(2003, 2003) == "2003"
    assert figures.day(date(2021, 5, 3)) == "3 May 2021"
    assert figures.dates(date(2021, 5, 3), None) == "from 3 May 2021, end unknown"
    assert figures.dates(date(2021, 5, 3), date(2022, 5, 2)) == "from 3 May 2021 to 2 May 2022"


def test_a_probability_is_never_shown_as_a_certainty() -> None:
    assert [figures.percent(p) for p in (0.004, 0.5, 0.997, 1.0)] == ["under 1 %", "50 %", "over 99 %", "100 %"]
    assert figures.counted(1, "award") == "1 award"
    assert figures.counted(2, "entry", "entries") == "2 entries"
