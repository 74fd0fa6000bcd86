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
