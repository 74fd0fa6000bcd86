"""Reads XLSX from strangers row by row, and tells the encoding of the CSV that spreadsheet programs write."""

import codecs
import io
import zipfile
from collections.abc import Iterator
from datetime import date

import python_calamine

from infracommons.pipeline.raw import MOST_RATIO, PACKING_ERRORS, RATIO_JUDGED_FROM, Document
from infracommons.vocabulary.problems import UnusableInputError

_PEEK_BYTES = 2**18
_PARTS = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")  # where the first heading stands, by how it was written


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
                with archive.open(member) as stream:
                    while left >= 0 and (block := stream.read(_PEEK_BYTES)):
                        left -= len(block)
    except PACKING_ERRORS as error:
        message = f"{document.name}: not a whole spreadsheet ({error})"
        raise ValueError(message) from error
    if left < 0:
        message = f"{document.name}: unpacks to more than {most:,} bytes; refused as a bomb"
        raise UnusableInputError(message)


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
