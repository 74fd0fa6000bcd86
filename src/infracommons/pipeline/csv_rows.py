"""Reads CSV documents row by row, and says which rows do not have the columns of the header."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

from infracommons.pipeline.raw import Document
from infracommons.vocabulary.problems import FieldProblem, UnusableInputError

UTF8 = "utf-8-sig"  # with or without a byte order mark
_CUT = "unexpected end of data"  # what csv says where a document ends inside a quoted field
_LONGEST_FIELD = 2**24  # characters; an award's text is far shorter, a stray quotation mark swallows far more


class CsvRow(dict[str, str]):
    """One row by column name. A row that is not whole is empty, and asking it says why.

    `fault`: why its fields could not be told apart.
    """

    def __init__(self, columns: list[str], fields: list[str], fault: str | None = None) -> None:
        if not fault and len(fields) != len(columns):
            fault = f"the row has {len(fields)} fields, the header {len(columns)}"
        super().__init__(() if fault else zip(columns, fields, strict=True))
        self._fault = fault

    @property
    def is_whole(self) -> bool:
        """Tell whether the row has a field for each column."""
        return self._fault is None

    def __missing__(self, column: str) -> str:
        """Raise FieldProblem `malformed_record`: the row is not whole, or the file lacks the column."""
        raise FieldProblem("malformed_record", column, None, self._fault or "the file has no such column")

    def get(self, column: str, default: Any = None) -> Any:  # noqa: ANN401 - as in dict
        """Return the field, the default where the file has no such column; FieldProblem where the row is not whole."""
        return self[column] if self._fault else super().get(column, default)


def header(document: Document, encoding: str = UTF8) -> list[str]:
    """Return the column names of a `.csv` document; none where it is something else."""
    if document.suffix != ".csv":
        return []
    head = io.StringIO(document.head().decode(encoding, errors="replace"), newline="")
    try:
        return _stripped(next(csv.reader(head), []))
    except csv.Error:
        return []


def csv_rows(document: Document, encoding: str = UTF8) -> Iterator[tuple[str, CsvRow]]:
    """Yield the rows that hold something, each with its place as a spreadsheet counts rows (the header is row 1).

    A row whose quotation marks are wrong costs itself and not those after it. Raises ValueError where the document
    breaks off inside a quoted field or is not in the encoding, UnusableInputError where two columns have one name.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    with document.open() as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
        reader = csv.reader(text, strict=True)
        columns = _columns(document, reader)
        for number in count(start=2):
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if str(error) == _CUT:
                    raise ValueError(_CUT) from error
                yield f"row {number}", CsvRow(columns, [], f"not readable as CSV: {error}")
            else:
                if any(fields):
                    yield f"row {number}", CsvRow(columns, fields)


def _columns(document: Document, reader: Iterator[list[str]]) -> list[str]:
    try:
        columns = _stripped(next(reader, []))
    except csv.Error as error:
        message = f"the header is not readable as CSV: {error}"
        raise ValueError(message) from error
    for name, times in Counter(columns).items():
        if name and times > 1:
            message = f"{document.name}: column {name!r} stands {times} times; which one counts? rename or remove one"
            raise UnusableInputError(message)
    return columns


def _stripped(names: list[str]) -> list[str]:
    return [name.strip() for name in names]
