"""Writes numbers, money, dates and codes as readers see them; unknown is a word, never a blank or a zero."""

from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal

UNKNOWN = "unknown"
_THREE = Context(prec=3, rounding=ROUND_HALF_EVEN)
_SCALES = ((Decimal(10) ** 12, "trillion"), (Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million"))
_CENT = Decimal("0.01")
_CODE = "USD"


def exact(amount: Decimal | None, code: str | None = _CODE) -> str:
    """Return an amount to the cent with its currency code.

    >>> exact(Decimal("1234567.5"))
    'USD 1,234,567.50'
    """
    return UNKNOWN if amount is None else f"{code or 'currency unknown'} {amount:,.2f}"


def figure(amount: Decimal | None) -> str:
    """Return an amount to the cent, for a column whose head says the currency."""
    return UNKNOWN if amount is None else f"{amount:,.2f}"


def rounded(amount: Decimal | None, code: str = _CODE) -> str:
    """Return an amount in three significant figures, for prose.

    >>> rounded(Decimal("163273841.04"))
    'USD 163 million'
    >>> rounded(Decimal("999999.99"))
    'USD 1.00 million'
    """
    if amount is None:
        return UNKNOWN
    # Only what has more than three figures before the point loses any.
    shown = _THREE.create_decimal(amount) if abs(amount) >= 100 else amount.quantize(_CENT)  # noqa: PLR2004
    for scale, word in _SCALES:
        if abs(shown) >= scale:
            scaled = _THREE.divide(shown, scale)
            return f"{code} {scaled.quantize(_last_place(scaled)):f} {word}"
    return f"{code} {shown:,.0f}" if abs(shown) >= 100 else f"{code} {shown:,.2f}"  # noqa: PLR2004


def _last_place(scaled: Decimal) -> Decimal:
    """Return the unit of the third significant figure of a number from 1 to 999."""
    return Decimal(1).scaleb(scaled.adjusted() - 2)


def count(number: int | None) -> str:
    """Return a whole number with its thousands set apart."""
    return UNKNOWN if number is None else f"{number:,}"


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "award"), counted(2041, "award")
    ('1 award', '2,041 awards')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def day(value: date | None) -> str:
    """Return a date as in 3 May 2021."""
    return UNKNOWN if value is None else f"{value.day} {value:%B %Y}"


def years(first: int | None, last: int | None) -> str:
    """Return a range of years with an en dash."""
    if first is None or last is None:
        return UNKNOWN
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"


def dates(first: date | None, last: date | None, *, none: str = "dates unknown") -> str:
    """Return the days between which something runs, in words; `none` where neither is known."""
    if first is None and last is None:
        return none
    return f"from {day(first)} to {day(last)}" if last else f"from {day(first)}, end unknown"


def words(code: str | None) -> str:
    """Return a code as words: `not_convertible` as not convertible."""
    return UNKNOWN if code is None else code.replace("_", " ")


def percent(probability: float | None) -> str:
    """Return a probability in whole per cent, but never a certainty that it is not."""
    if probability is None:
        return UNKNOWN
    if 0 < probability < 0.01:  # noqa: PLR2004
        return "under 1 %"
    return "over 99 %" if 0.99 < probability < 1 else f"{probability:.0%}".replace("%", " %")  # noqa: PLR2004
