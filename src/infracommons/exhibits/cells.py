"""Writes the cells of an exhibit's table for readers: exact, with the unit in the head, unknown as a word."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from infracommons.exhibits.exhibit import Column
from infracommons.vocabulary.figures import UNKNOWN, count, day, figure

NUMBERS = frozenset({"count", "usd", "share", "number"})
_UNITS = {"usd": "USD", "share": "%"}
_PLACES = 4  # of a number that is no amount: an index such as 0.8731


def head_text(column: Column) -> str:
    """Return the head of a column, with its unit: `Share, %`."""
    unit = _UNITS.get(column.kind)
    return column.label if unit is None or unit in column.label else f"{column.label}, {unit}"


def cell_text(column: Column, value: Any) -> str:  # noqa: ANN401 - a cell of a table
    """Return how a value reads in its column: exact for money, two places of a per cent for shares."""
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value)) or UNKNOWN
    if isinstance(value, date):
        return f"{value:%B %Y}" if column.kind == "month" else day(value)
    write = _WRITTEN.get(column.kind)
    return write(value) if write and isinstance(value, int | float | Decimal) else str(value)


def _number(value: Decimal | float) -> str:
    if value == int(value):
        return count(int(value))
    return f"{value:,.{_PLACES}f}"


def _percent(value: Decimal | float) -> str:
    return f"{float(value) * 100:,.2f}"


def _usd(value: Decimal | float) -> str:
    return figure(Decimal(value))


_WRITTEN: dict[str, Callable[[Any], str]] = {
    "count": lambda value: count(int(value)),
    "usd": _usd,
    "share": _percent,
    "number": _number,
}
