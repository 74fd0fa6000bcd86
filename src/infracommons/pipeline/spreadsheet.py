"""Reads XLSX from strangers row by row, and tells the encoding of the CSV that spreadsheet programs write."""

import codecs
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import python_calamine

from infracommons.pipeline.raw import MOST_RATIO, PACKING_ERRORS, RATIO_JUDGED_FROM, Document
from infracommons.vocabulary.problems import UnusableInputError

_PEEK_BYTES = 2**18
_LONGEST_PLACE = 12  # digits or letters; more than that is beyond every sheet
MOST_CELLS = 20_000_000  # rows by columns of one sheet: its reader makes room for every cell up to the last one
_PARTS = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")  # where the first heading stands, by how it was written

# The start of a row or cell, and the `r` that says where it stands: a row's is a number, a cell's is like XFD1048576.
_AT = rb"""r\s*=\s*["']([A-Za-z]*)([0-9]+)["']"""
_PLACE = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])(?:\s+" + _AT + rb")?|(?<![\w:.-])" + _AT)


def xlsx_rows(document: Document) -> Iterator[tuple[str, int, list[str]]]:
    """Yield the name of the sheet, the row's number in it from 1, and the cells as text; days as ISO dates."""
    content = document.read()
    _check_size(document, content)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            for number, row in enumerate(sheet.iter_rows(), start=1):
                yield name, number, [_text(cell) for cell in row]
    except python_calamine.CalamineError as error:
        message = f"{document.name}: not a whole spreadsheet ({error})"
        raise ValueError(message) from error


def xlsx_peek(document: Document) -> bytes:
    """Return the first of the spreadsheet's texts, enough to see its headings; nothing where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(document.read())) as archive:
            names = set(archive.namelist())
            return b"".join(archive.open(part).read(_PEEK_BYTES) for part in _PARTS if part in names)
    except PACKING_ERRORS:
        return b""


def _check_size(document: Document, content: bytes) -> None:
    """Refuse a spreadsheet that unpacks far beyond what it can honestly hold: its reader trusts what it says."""
    most = max(RATIO_JUDGED_FROM, len(content) * MOST_RATIO)
    left = most
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                member.file_size = 2 * most + _PEEK_BYTES  # read to the true end: a size that lies would stop it early
                extent = _Extent(f"{document.name}: {member.filename}")
                with archive.open(member) as stream:
                    while left >= 0 and (block := stream.read(_PEEK_BYTES)):
                        left -= len(block)
                        extent.take(block)
    except UnusableInputError:
        raise
    except PACKING_ERRORS as error:
        message = f"{document.name}: not a whole spreadsheet ({error})"
        raise ValueError(message) from error
    if left < 0:
        message = f"{document.name}: unpacks to more than {most:,} bytes; refused as a bomb"
        raise UnusableInputError(message)


class _Extent:
    """How far a sheet's cells reach, by where each says it stands; what the sheet says of its size is not trusted."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._rows = self._columns = 0
        self._row = self._column = 0
        self._is_sheet, self._rest = False, bytearray()

    def take(self, block: bytes) -> None:
        """Take the next bytes; what follows the last `>` waits for the block after, so that no tag is cut.

        Raises UnusableInputError where a sheet has more than MOST_CELLS; other parts may say what they like.
        """
        whole, mark, rest = block.rpartition(b">")
        if not mark:
            self._rest += block
            return
        text, self._rest = bytes(self._rest) + whole + mark, bytearray(rest)
        self._is_sheet = self._is_sheet or b"sheetData" in text
        for tag, letters, digits, later_letters, later_digits in _PLACE.findall(text):
            self._place(tag, letters or later_letters, digits or later_digits)
        if self._is_sheet and self._rows * self._columns > MOST_CELLS:
            message = (
                f"{self._name}: {self._rows:,} rows by {self._columns:,} columns are more than {MOST_CELLS:,} cells; "
                "refused as a bomb"
            )
            raise UnusableInputError(message)

    def _place(self, tag: bytes, letters: bytes, digits: bytes) -> None:
        if tag == b"row":  # one without a number stands below the one before
            self._row, self._column = self._row + 1, 0
        elif tag:  # a cell that does not say where it stands is right of the one before
            self._column += 1
        if digits:
            self._row = _number(digits)
        if letters:
            self._column = _column(letters)
        # A row without cells takes no room: LibreOffice ends its sheets with an empty last row.
        if letters or tag == b"c":
            self._rows, self._columns = max(self._rows, self._row), max(self._columns, self._column)


@lru_cache(2**15)
def _number(digits: bytes) -> int:
    return int(digits.lstrip(b"0")[:_LONGEST_PLACE] or b"0")


@lru_cache(2**15)
def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:_LONGEST_PLACE].upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def text_encoding(document: Document) -> str:
    """Return the encoding of a CSV document: UTF-8 where it is that, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        with document.open() as stream:
            while block := stream.read(_PEEK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _text(cell: object) -> str:
    if isinstance(cell, date):  # a date with a time of day is one too
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
