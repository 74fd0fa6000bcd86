"""Makes tables of words and numbers that are no exhibit: columns with their kind, rows as the insights give them."""

from collections.abc import Mapping, Sequence
from typing import Any

from infracommons.exhibits.exhibit import Column
from infracommons.reports.cells import heads, row_of
from infracommons.reports.document import Table

SECTIONS: dict[str, Any] = {}


def grid(caption: str, columns: tuple[Column, ...], rows: Sequence[Mapping[str, Any]], *, source: int = 0) -> Table:
    """Return a table of all rows; `source` is the number of where they come from."""
    cells = tuple(row_of(columns, dict(row)) for row in rows)
    return Table(caption, heads(columns), cells, len(cells), source=source)
