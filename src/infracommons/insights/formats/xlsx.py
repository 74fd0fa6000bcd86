"""XLSX: text never becomes a formula or a link, amounts stay exact, rows are written in bounded memory."""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from infracommons.insights.formats.about import About

Sheet = tuple[str, list[str], Iterable[pa.RecordBatch]]  # title (empty: the program's), heading, rows

MOST_ROWS, LONGEST_TEXT = 1_048_576, 32_767  # limits of the format: rows of a sheet, characters of a cell
_EXACT_DIGITS = 15  # a spreadsheet holds numbers as doubles: more digits than these are kept as text
_CUT = " [cut here: the whole text is in the CSV, JSON Lines and Parquet files]"
_PIECE = 1 << 16
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def xlsx_bytes(
    schema: pa.Schema, batches: Iterable[pa.RecordBatch], about: About | None = None, most_rows: int = MOST_ROWS
) -> Iterator[bytes]:
    """Yield the file; rows that do not fit go on, under the same heading, on a next sheet.

    What the file says of itself is on a last sheet, About.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xlsx"
        write_book(path, [("", schema.names, batches), *_about_sheet(about, most_rows)], most_rows)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


def _about_sheet(about: About | None, most_rows: int) -> list[Sheet]:
    if not about:
        return []
    more = f"Rows beyond {most_rows - 1:,}, the most that a sheet holds under its heading, go on on the next sheet."
    rows = pa.table({"about": [*about, "rows"], "value": [*about.values(), more]})
    return [("About", rows.column_names, rows.to_batches())]


def write_book(path: Path, sheets: Iterable[Sheet], most_rows: int = MOST_ROWS) -> None:
    """Write a workbook of sheets; beside it temporary files come and go."""
    with xlsxwriter.Workbook(path, _OPTIONS | {"tmpdir": str(path.parent)}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in sheets:
            _write(book, sheet, most_rows, day)


def _write(book: xlsxwriter.Workbook, asked: Sheet, most_rows: int, day: Any) -> None:  # noqa: ANN401
    title, names, batches = asked
    sheet = _new_sheet(book, names, title)
    place, number = 1, 1
    for batch in batches:
        for row in batch.to_pylist():
            if place == most_rows:
                number += 1
                sheet, place = _new_sheet(book, names, f"{title} {number}" if title else ""), 1
            for column, value in enumerate(row.values()):
                if value is not None:
                    _write_cell(sheet, (place, column), value, day)
            place += 1


def _new_sheet(book: xlsxwriter.Workbook, names: list[str], title: str) -> Worksheet:
    sheet = book.add_worksheet(title or None)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name)
    sheet.freeze_panes(1, 0)
    return sheet


def _write_cell(sheet: Worksheet, place: tuple[int, int], value: Any, day: Any) -> None:  # noqa: ANN401
    if isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(value, date):
        # The calendar of spreadsheets begins in 1900; an earlier day is kept as text.
        sheet.write_datetime(*place, value, day) if value.year >= _FIRST_YEAR else _text(
            sheet, place, value.isoformat()
        )
    elif isinstance(value, (int, float, Decimal)) and _is_exact(value):
        sheet.write_number(*place, value)
    else:
        _text(sheet, place, _as_text(value))


_FIRST_YEAR = 1900


def _text(sheet: Worksheet, place: tuple[int, int], text: str) -> None:
    fits = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT
    sheet.write_string(*place, fits)


def _is_exact(value: float | Decimal) -> bool:
    return isinstance(value, float) or len(Decimal(value).normalize().as_tuple().digits) <= _EXACT_DIGITS


def _as_text(value: object) -> str:
    as_text: Callable[[Any], str] = str
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return as_text(value)
