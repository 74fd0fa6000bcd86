"""Makes cells of a document from the rows of an exhibit: each as readers see it, with its exact value."""

from datetime import date
from typing import Any

from infracommons.exhibits.cells import NUMBERS, cell_text, head_text
from infracommons.exhibits.exhibit import Column
from infracommons.insights.release import Row
from infracommons.reports.document import Cell, Head, text
from infracommons.vocabulary.figures import UNKNOWN


def heads(columns: tuple[Column, ...]) -> tuple[Head, ...]:
    """Return the heads of an exhibit's columns."""
    return tuple(Head(head_text(column), column.kind in NUMBERS) for column in columns)


def row_of(columns: tuple[Column, ...], row: Row) -> tuple[Cell, ...]:
    """Return the cells of a row."""
    return tuple(cell(column, row.get(column.name)) for column in columns)


def cell(column: Column, value: Any) -> Cell:  # noqa: ANN401 - what the row has
    """Return one cell."""
    return Cell(text(cell_text(column, value)), exact(value))


def exact(value: Any) -> str:  # noqa: ANN401 - what the row has
    """Return a value with all its digits, as programs read it; None is unknown."""
    if value is None:
        return UNKNOWN
    return value.isoformat() if isinstance(value, date) else str(value)
