from datetime import date
from decimal import Decimal

from infracommons.methods.exchange import Conversion, Rates, to_usd

FRIDAY, MONDAY = date(2020, 1, 3), date(2020, 1, 6)
RATES = Rates(
    [
        ("USD", date(2019, 12, 31), Decimal("1.1234")),
        ("GBP", date(2019, 12, 31), Decimal("0.8508")),
        ("USD", FRIDAY, Decimal("1.1147")),
        ("GBP", FRIDAY, Decimal("0.85115")),
    ]
)


def test_the_rate_is_that_of_the_start_date_and_stands_beside_the_amount() -> None:
    done = to_usd(RATES, Decimal(100), "GBP", FRIDAY, 2020)
    assert done == Conversion("known", Decimal("130.96"), Decimal("1.309639898960"), FRIDAY)
    assert done.fx_rate is not None
    assert (100 * done.fx_rate).quantize(Decimal("0.01")) == done.amount_usd


def test_a_weekend_takes_the_last_rate_before_it() -> None:
    assert to_usd(RATES, Decimal(100), "GBP", date(2020, 1, 5), None).fx_date == FRIDAY


def test_without_a_start_date_the_first_of_january_counts() -> None:
    assert to_usd(RATES, Decimal(100), "GBP", None, 2020).fx_date == date(2019, 12, 31)


def test_the_days_before_the_series_begins_take_its_first_rate() -> None:
    assert to_usd(RATES, Decimal(100), "GBP", date(2019, 12, 28), None).fx_date == date(2019, 12, 31)


def test_euros_need_one_rate_only() -> None:
    assert to_usd(RATES, Decimal(100), "EUR", FRIDAY, None).amount_usd == Decimal("111.47")


def test_dollars_are_dollars_whatever_the_date() -> None:
    assert to_usd(Rates([]), Decimal("5.10"), "USD", None, None).amount_usd == Decimal("5.10")


def test_what_is_missing_is_a_status_with_a_reason_and_never_zero() -> None:
    nothing = [
        (to_usd(RATES, None, "GBP", FRIDAY, None), "unknown", "no_amount"),
        (to_usd(RATES, Decimal(1), None, FRIDAY, None), "not_convertible", "no_currency"),
        (to_usd(RATES, Decimal(1), "GBP", None, None), "not_convertible", "no_date"),
        (to_usd(RATES, Decimal(1), "CLP", FRIDAY, None), "not_convertible", "no_rate"),
        (to_usd(RATES, Decimal(1), "GBP", date(1998, 1, 1), None), "not_convertible", "no_rate"),
        (to_usd(RATES, Decimal(1), "GBP", date(2026, 1, 1), None), "not_convertible", "no_rate"),
    ]
    for done, status, reason in nothing:
        assert (done.amount_status, done.reason_code, done.amount_usd) == (status, reason, None)
