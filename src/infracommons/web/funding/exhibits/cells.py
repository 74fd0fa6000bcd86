"""Lays out the rows of an exhibit's table for a page: cells as exhibits write them, with the awards they lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from infracommons.exhibits.cells import NUMBERS, cell_text, head_text
from infracommons.exhibits.exhibit import Column, Exhibit
from infracommons.insights.release import Row
from infracommons.vocabulary.figures import UNKNOWN
from infracommons.web.funding.presenters import awards_address

_LINKED = "awards"  # the column whose number leads to the awards of the row


@dataclass(frozen=True)
class Head:
    """The head of a column."""

    label: str
    is_number: bool


@dataclass(frozen=True)
class Cell:
    """One cell; `href` leads to the awards that it counts, `address` is what the cell says where that is one."""

    text: str
    is_number: bool = False
    is_unknown: bool = False
    href: str = ""
    address: str = ""


@dataclass(frozen=True)
class Line:
    """One row: the cell that names it, its name in full, the others, and the awards behind it if no cell counts them.

    The name in full tells rows apart whose first cells are the same: it has the next cell too where that is a text.
    """

    name: str
    full_name: str
    cells: tuple[Cell, ...]
    href: str = ""


def heads(columns: Sequence[Column]) -> list[Head]:
    """Return the heads, with units: `Share, %`."""
    return [Head(head_text(column), column.kind in NUMBERS) for column in columns]


def lines(shown: Exhibit, rows: Sequence[Row]) -> list[Line]:
    """Return rows of the exhibit as lines; the first column names a line."""
    return [_line(shown, row) for row in rows]


def _line(shown: Exhibit, row: Row) -> Line:
    behind = shown.behind(row) if shown.behind else None
    href = awards_address(behind) if behind else ""
    cells = tuple(_cell(column, row.get(column.name), href) for column in shown.columns)
    named = [cell.text for cell, column in zip(cells[:2], shown.columns, strict=False) if column.kind == "text"]
    full_name = ", ".join(named) or cells[0].text
    return Line(cells[0].text, full_name, cells[1:], "" if any(cell.href for cell in cells) else href)


def _cell(column: Column, value: Any, href: str) -> Cell:  # noqa: ANN401 - as above
    text = cell_text(column, value)
    is_linked = column.name == _LINKED and column.kind == "count" and bool(value)
    address = text if text.startswith(("https://", "http://")) else ""
    return Cell(text, column.kind in NUMBERS, text == UNKNOWN, href if is_linked else "", address)
