"""Dates and years of awards: read at the door, in the years in which awards can be."""

from datetime import date, datetime
from functools import lru_cache

from infracommons.vocabulary.problems import FieldProblem

FIRST_YEAR, LAST_YEAR = 1900, 2100
ISO = "%Y-%m-%d"
_ISO_LENGTH = 10


def parse_date(value: object, *, field: str, style: str = ISO) -> date | None:
    """Return the day; None where nothing is written. What follows an ISO day (a time of day) is left out.

    Raises FieldProblem `bad_date` for anything else, a year outside 1900 to 2100 included.
    """
    text = str(value).strip() if value is not None else ""
    if not text:
        return None
    day = text[:_ISO_LENGTH] if style == ISO and text[_ISO_LENGTH : _ISO_LENGTH + 1] in {"T", " "} else text
    try:
        parsed = _day(day, style)
    except ValueError:
        raise FieldProblem("bad_date", field, value, f"not a date written like {style}") from None
    _check_year(parsed.year, value, field)
    return parsed


def parse_year(value: object, *, field: str) -> int | None:
    """Return the year; None where nothing is written. Raises FieldProblem `bad_date` outside 1900 to 2100."""
    text = str(value).strip().removesuffix(".0") if value is not None else ""
    if not text:
        return None
    if not text.isascii() or not text.isdigit():
        raise FieldProblem("bad_date", field, value, "not a year")
    _check_year(int(text), value, field)
    return int(text)


@lru_cache(maxsize=20_000)  # awards share few days, and reading one by a style is slow
def _day(text: str, style: str) -> date:
    return date.fromisoformat(text) if style == ISO else datetime.strptime(text, style).date()  # noqa: DTZ007


def _check_year(year: int, value: object, field: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise FieldProblem("bad_date", field, value, f"year outside {FIRST_YEAR} to {LAST_YEAR}")
