"""A comparison as a spreadsheet: the table, a sheet with every evidence link, and a sheet that says what it is."""

import io
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from infracommons.insights.formats.xlsx import LONGEST_TEXT
from infracommons.web.catalogue.compare.cells import Cell
from infracommons.web.catalogue.compare.comparison import Comparison
from infracommons.web.catalogue.compare.files.about import About

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FIRST, _WIDTHS = 2, (18, 30, 34)  # where infrastructures begin; widths of section, field and each of these
_EVIDENCE = ("Infrastructure", "Field", "Evidence", "Address", "Checked on")
_LONGEST_ADDRESS = 2079  # of a link in a spreadsheet
_CUT = " [cut here: the whole text is in the CSV and Markdown files]"


def xlsx_file(comparison: Comparison, told: About) -> bytes:
    """Return the file; text never becomes a formula."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        styles = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "cell": book.add_format({"text_wrap": True, "valign": "top"}),
            "unknown": book.add_format({"text_wrap": True, "valign": "top", "italic": True, "font_color": "#5b5f63"}),
        }
        _table(book.add_worksheet("Comparison"), comparison, told, styles)
        _evidence(book.add_worksheet("Evidence"), comparison, styles)
        _about(book.add_worksheet("About"), told, styles)
    return file.getvalue()


def _table(sheet: Worksheet, comparison: Comparison, told: About, styles: dict[str, Any]) -> None:
    sheet.freeze_panes(1, _FIRST)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number if number < _FIRST else _FIRST + len(comparison.columns) - 1, width)
    _text(sheet, (0, 0), "Section", styles["head"])
    _text(sheet, (0, 1), "Field", styles["head"])
    for place, (column, address) in enumerate(zip(comparison.columns, told.profiles, strict=True), _FIRST):
        _link(sheet, (0, place), address, column.infrastructure.name, styles["head"])
    rows = ((group.label, row) for group in comparison.groups for row in group.rows)
    for line, (label, row) in enumerate(rows, 1):
        _text(sheet, (line, 0), label, styles["cell"])
        _text(sheet, (line, 1), row.label, styles["head"])
        for place, cell in enumerate(row.cells, _FIRST):
            _text(sheet, (line, place), _said(cell), styles["unknown" if cell.look == "unknown" else "cell"])


def _said(cell: Cell) -> str:
    evidence = [f"Evidence: {', '.join(link.text for link in cell.evidence)}"] if cell.evidence else []
    return "\n".join(filter(None, (*cell.words, cell.because, cell.note, *evidence, cell.checked)))


def _evidence(sheet: Worksheet, comparison: Comparison, styles: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for column, (label, width) in enumerate(zip(_EVIDENCE, (28, 30, 30, 60, 12), strict=True)):
        sheet.set_column(column, column, width)
        _text(sheet, (0, column), label, styles["head"])
    found = (
        (column.infrastructure.name, row.label, cell, link)
        for group in comparison.groups
        for row in group.rows
        for column, cell in zip(comparison.columns, row.cells, strict=True)
        for link in cell.evidence
    )
    for line, (name, label, cell, link) in enumerate(found, 1):
        for place, text in enumerate((name, label, link.text)):
            _text(sheet, (line, place), text, styles["cell"])
        _link(sheet, (line, 3), link.href, link.href, styles["cell"])
        _text(sheet, (line, 4), cell.checked_on or "not checked yet", styles["cell"])


def _about(sheet: Worksheet, told: About, styles: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 100)
    for line, (label, text) in enumerate(told.lines):
        _text(sheet, (line, 0), label, styles["head"])
        _text(sheet, (line, 1), text, styles["cell"])


def _text(sheet: Worksheet, place: tuple[int, int], text: str, style: Any) -> None:  # noqa: ANN401 - untyped library
    fits = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - len(_CUT)] + _CUT
    sheet.write_string(*place, fits, style)


def _link(sheet: Worksheet, place: tuple[int, int], address: str, text: str, style: Any) -> None:  # noqa: ANN401
    if address.startswith(("https://", "http://")) and len(address) <= _LONGEST_ADDRESS:
        sheet.write_url(*place, address, style, text)
    else:
        _text(sheet, place, text, style)
