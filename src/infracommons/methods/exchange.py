"""Converts amounts to US dollars at the dated reference rate of the European Central Bank."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from infracommons.vocabulary.money import CENT

USD, EUR = "USD", "EUR"
# Rates are set on working days; the longest gap in the series, around Easter and Christmas, is under a week.
LONGEST_GAP = timedelta(days=7)
_RATE_STEP = Decimal("1e-12")


@dataclass(frozen=True)
class Conversion:
    """An amount in US dollars with the rate (US dollars for one unit) and its day, or the reason why there is none."""

    amount_status: str
    amount_usd: Decimal | None = None
    fx_rate: Decimal | None = None
    fx_date: date | None = None
    reason_code: str | None = None


class Rates:
    """Reference rates by currency and day. Source: ECB euro foreign exchange reference rates."""

    def __init__(self, rows: Iterable[tuple[str, date, Decimal]]) -> None:
        """Take (currency, day, units for one euro) in any order."""
        self._days: dict[str, list[date]] = {}
        self._per_eur: dict[tuple[str, date], Decimal] = {}
        for currency, day, per_eur in sorted(rows):
            self._days.setdefault(currency, []).append(day)
            self._per_eur[currency, day] = per_eur

    def usd_per_unit(self, currency: str, day: date) -> tuple[Decimal, date] | None:
        """Return the rate of the day, or of the last working day before it, and that day; None where none is set."""
        if currency == USD:
            return Decimal(1), day
        usd = self._last(USD, day)
        if usd is None:
            return None
        if currency == EUR:
            return self._per_eur[USD, usd], usd
        other = self._last(currency, day)
        if other is None:
            return None
        rate = (self._per_eur[USD, usd] / self._per_eur[currency, other]).quantize(_RATE_STEP, ROUND_HALF_EVEN)
        return rate, other

    def _last(self, currency: str, day: date) -> date | None:
        days = self._days.get(currency, [])
        index = bisect_right(days, day) - 1
        if index < 0 and days and days[0] - day <= LONGEST_GAP:
            return days[0]  # the series begins on 4 January 1999: that day's rate stands for the days before
        return days[index] if index >= 0 and day - days[index] <= LONGEST_GAP else None


def to_usd(
    rates: Rates, amount: Decimal | None, currency: str | None, start_date: date | None, award_year: int | None
) -> Conversion:
    """Convert at the rate of the start date, else of 1 January of the year; a missing part is a status, never zero.

    1 January is no working day: its rate is the last one set before it, as the ECB's own users take it.
    """
    if amount is None:
        return Conversion("unknown", reason_code="no_amount")
    if currency is None:
        return Conversion("not_convertible", reason_code="no_currency")
    day = start_date or (date(award_year, 1, 1) if award_year else None)
    if day is None:
        if currency == USD:
            return Conversion("known", amount, Decimal(1))
        return Conversion("not_convertible", reason_code="no_date")
    rate = rates.usd_per_unit(currency, day)
    if rate is None:
        return Conversion("not_convertible", reason_code="no_rate")
    return Conversion("known", (amount * rate[0]).quantize(CENT, ROUND_HALF_EVEN), *rate)
