"""Spreadsheets are read as text, and a hostile or cut one is refused by name."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from infracommons.pipeline import spreadsheet
from infracommons.pipeline.raw import Document
from infracommons.pipeline.spreadsheet import text_encoding, xlsx_peek, xlsx_rows
from infracommons.vocabulary.problems import UnusableInputError


def document(content: bytes, name: str = "a.xlsx") -> Document:
    return Document(name, Path(name), lambda: io.BytesIO(content))


@pytest.fixture
def workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd"}) as book:
        grants = book.add_worksheet("Grants")
        grants.write_row(0, 0, ["Identifier", "Amount", "Day", "Share"])
        grants.write_row(1, 0, ["EX-1", 15000, date(2020, 11, 3), 0.25])
        grants.write_row(2, 3, [True])
        book.add_worksheet("Notes").write(0, 0, "Café")
    return stream.getvalue()


def test_cells_are_text_whole_numbers_are_whole_and_days_are_iso(workbook: bytes) -> None:
    assert list(xlsx_rows(document(workbook))) == [
        ("Grants", 1, ["Identifier", "Amount", "Day", "Share"]),
        ("Grants", 2, ["EX-1", "15000", "2020-11-03", "0.25"]),
        ("Grants", 3, ["", "", "", "True"]),
        ("Notes", 1, ["Café"]),
    ]


def test_the_headings_are_seen_without_reading_the_rows(workbook: bytes) -> None:
    assert b"Identifier" in xlsx_peek(document(workbook))
    assert xlsx_peek(document(b"not a spreadsheet")) == b""


def test_an_empty_zip_is_refused_by_name() -> None:
    stream = io.BytesIO()
    zipfile.ZipFile(stream, "w").close()
    with pytest.raises(ValueError, match=r"a\.xlsx: not a whole spreadsheet"):
        list(xlsx_rows(document(stream.getvalue())))


@pytest.mark.parametrize("keep", [0, 100, -50])
def test_a_cut_spreadsheet_is_refused_by_name(workbook: bytes, keep: int) -> None:
    with pytest.raises(ValueError, match=r"a\.xlsx: not a whole spreadsheet"):
        list(xlsx_rows(document(workbook[:keep])))


def test_a_zip_that_is_no_spreadsheet_is_refused_by_name() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "about")
    with pytest.raises(ValueError, match=r"a\.xlsx: not a whole spreadsheet"):
        list(xlsx_rows(document(stream.getvalue())))


def test_a_spreadsheet_that_is_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "RATIO_JUDGED_FROM", 2**20)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", bytes(2**23))
    with pytest.raises(UnusableInputError, match=r"a\.xlsx: unpacks to more than 1,048,576 bytes; refused as a bomb"):
        list(xlsx_rows(document(stream.getvalue())))


def sheet(cells: str, part: str = "xl/worksheets/sheet1.xml") -> Document:
    """A packed sheet of these rows and cells that claims, as hostile ones do, to be small."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        text = f'<worksheet><dimension ref="A1:B2"/><sheetData>{cells}</sheetData></worksheet>'
        archive.writestr(part, text)
    return document(stream.getvalue())


_VALUE = "<v>1</v></c>"
_LAST = f'<c r="XFD1048576">{_VALUE}'


@pytest.mark.parametrize(
    "cells",
    [
        _LAST,
        f'<c s="1" r="XFD1048576">{_VALUE}',
        f"<c\n r = 'xfd1048576' >{_VALUE}",
        f'<x:c s="&gt;>" r="XFD0001048576">{_VALUE}',
        f'<row r="1048576"><c>{_VALUE}</row><row r="3"><c r="XFD3">{_VALUE}</row>',
        f'{"<row><c><v>1</v></c></row>" * 2000}<row><c r="XFD9">{_VALUE}</row>',
    ],
    ids=["plain", "style first", "spaced", "quoted", "row", "uncounted"],
)
def test_a_small_spreadsheet_whose_last_cell_is_far_off_is_refused_by_name(cells: str) -> None:
    wanted = r"a\.xlsx: xl/worksheets/sheet1\.xml: [\d,]+ rows by 16,384 columns are more than 20,000,000 cells"
    with pytest.raises(UnusableInputError, match=wanted):
        list(xlsx_rows(sheet(cells)))


def test_a_far_off_cell_is_seen_wherever_a_block_cuts_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for size in range(1, 40):
        monkeypatch.setattr(spreadsheet, "_PEEK_BYTES", size)
        with pytest.raises(UnusableInputError, match="1,048,576 rows by 16,384 columns"):
            list(xlsx_rows(sheet(_LAST, "xl/elsewhere.xml")))


def test_a_real_workbook_with_a_far_off_cell_is_refused() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        grants = book.add_worksheet("Grants")
        grants.write("A1", "Identifier")
        grants.write("XFD1048576", "x")
    with pytest.raises(UnusableInputError, match="refused as a bomb"):
        list(xlsx_rows(document(stream.getvalue())))


def test_an_empty_last_row_a_tall_and_a_wide_sheet_are_no_bomb() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        tall, wide = book.add_worksheet("Tall"), book.add_worksheet("Wide")
        tall.write_row(0, 0, range(30))
        tall.set_row(1_048_575, 12)  # LibreOffice ends sheets so
        wide.write("XFD1", "x")
        wide.write("A50", "x")
    rows = list(xlsx_rows(document(stream.getvalue())))
    assert [name for name, _, _ in rows].count("Tall") == 1


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"id", "utf-8-sig"),
        ("Café".encode(), "utf-8-sig"),
        ("Café".encode("utf-8-sig"), "utf-8-sig"),
        (b"Caf\xe9", "cp1252"),
    ],
)
def test_the_encoding_is_utf_8_where_the_bytes_are(content: bytes, encoding: str) -> None:
    assert text_encoding(document(content, "a.csv")) == encoding
