"""Reads CSV documents row by row, and says which rows do not have the columns of the header."""

import csv
import io
from collections.abc import Iterator

from infracommons.pipeline.raw import Document
from infracommons.vocabulary.problems import FieldProblem

UTF8 = "utf-8-sig"  # with or without a byte order mark
_LONGEST_FIELD = 2**24  # characters; an award's text is far shorter, a stray quotation mark swallows far more


class CsvRow(dict[str, str]):
    """One row by column name. A row with more or fewer fields than the header is empty, and asking it says so."""

    def __init__(self, columns: list[str], fields: list[str]) -> None:
        whole = len(fields) == len(columns)
        super().__init__(zip(columns, fields, strict=True) if whole else ())
        self._counts = None if whole else (len(fields), len(columns))

    def __missing__(self, column: str) -> str:
        """Raise FieldProblem `malformed_record`: the row is not whole, or the file lacks the column."""
        if self._counts:
            detail = f"the row has {self._counts[0]} fields, the header {self._counts[1]}"
        else:
            detail = "the file has no such column"
        raise FieldProblem("malformed_record", column, None, detail)


def header(document: Document, encoding: str = UTF8) -> list[str]:
    """Return the column names of a `.csv` document; none where it is something else."""
    if document.suffix != ".csv":
        return []
    first = document.head().decode(encoding, errors="replace").partition("\n")[0]
    try:
        return _stripped(next(csv.reader([first]), []))
    except csv.Error:
        return []


def csv_rows(document: Document, encoding: str = UTF8) -> Iterator[tuple[str, CsvRow]]:
    """Yield the rows that hold something, each with its place as a spreadsheet counts rows (the header is row 1).

    Raises ValueError where the document breaks off inside a quoted field or is not in the encoding.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    with document.open() as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
        reader = csv.reader(text, strict=True)
        try:
            columns = _stripped(next(reader, []))
            for number, fields in enumerate(reader, start=2):
                if any(fields):
                    yield f"row {number}", CsvRow(columns, fields)
        except csv.Error as error:
            raise ValueError(str(error)) from error


def _stripped(names: list[str]) -> list[str]:
    return [name.strip() for name in names]
