"""Writes tables as bytes in each format of an export, a piece at a time."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from infracommons.insights.formats import FORMATS
from infracommons.insights.formats.xlsx import write_book
from infracommons.web.catalogue.exchange.exports.table import ExportTable, Row, json_text
from infracommons.web.catalogue.exchange.spreadsheets import QUOTED

_PIECE, _ROWS_AT_ONCE = 1 << 16, 500
FILES = {name: form.media_type for name, form in FORMATS.items()} | {
    "sqlite": "application/vnd.sqlite3",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
Notes = Sequence[tuple[str, str]]  # about, text
_AFFINITY = {"integer": "INTEGER"}


def table_bytes(table: ExportTable, form: str) -> Iterator[bytes]:
    """Yield one table as csv, jsonl or parquet."""
    if form == "jsonl":
        return _json_lines(table.rows())
    batches = map(_requoted, table.batches()) if form == "csv" else table.batches()
    return FORMATS[form].bytes_of(table.schema, batches)


def search_bytes(table: ExportTable, form: str, notes: Notes) -> Iterator[bytes]:
    """Yield the table of a search; query, day and licence are inside where the format has a place for them."""
    if form == "xlsx":
        return workbook_bytes([table], notes)
    if form == "parquet":
        told = table.schema.with_metadata({about.encode(): text.encode() for about, text in notes})
        return FORMATS[form].bytes_of(told, (batch.cast(told) for batch in table.batches()))
    return table_bytes(table, form)


def _json_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    for row in rows:
        yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)


def _requoted(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Quote what already looks quoted, so that the writer's apostrophes can be told from the text's own."""
    columns = [_requoted_column(column) if pa.types.is_string(column.type) else column for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _requoted_column(column: pa.Array) -> pa.Array:
    is_quoted = pc.match_substring_regex(column, QUOTED)
    return pc.if_else(is_quoted, pc.binary_join_element_wise("'", column, ""), column)


def workbook_bytes(tables: Sequence[ExportTable], notes: Notes) -> Iterator[bytes]:
    """Yield one workbook: a sheet of notes (what is said, and the text), then a sheet a table."""
    schema = pa.schema([("about", pa.string()), ("text", pa.string())])
    told = pa.RecordBatch.from_pylist([{"about": about, "text": text} for about, text in notes], schema)
    sheets = [("about", schema.names, iter([told]))]
    sheets += [(table.name, table.schema.names, table.batches()) for table in tables]
    return _pieces(lambda path: write_book(path, sheets), "catalogue.xlsx")


def sqlite_bytes(tables: Sequence[ExportTable], notes: Notes) -> Iterator[bytes]:
    """Yield one SQLite database: a table a table with its key and indices, and `about` with the notes."""
    return _pieces(lambda path: _write_sqlite(path, tables, notes), "catalogue.sqlite")


def _write_sqlite(path: Path, tables: Sequence[ExportTable], notes: Notes) -> None:
    with sqlite3.connect(path, isolation_level=None) as database:
        database.execute("PRAGMA journal_mode=OFF")
        database.execute("BEGIN")
        database.execute("CREATE TABLE about (about TEXT, text TEXT)")
        database.executemany("INSERT INTO about VALUES (?, ?)", notes)
        for table in tables:
            _fill(database, table)
        database.execute("COMMIT")
    database.close()


def _fill(database: sqlite3.Connection, table: ExportTable) -> None:
    """Make and fill one table; its names come from our definitions alone, never from a reader."""
    columns = ", ".join(f'"{column.name}" {_AFFINITY.get(column.kind, "TEXT")}' for column in table.columns)
    key = ", ".join(f'"{name}"' for name in table.key)
    database.execute(f'CREATE TABLE "{table.name}" ({columns}, PRIMARY KEY ({key})) WITHOUT ROWID')
    marks = ", ".join("?" for _ in table.columns)
    names = [column.name for column in table.columns]
    rows = ([_cell(row[name]) for name in names] for row in table.flat_rows())
    database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608
    for name in ("infrastructure_id", "field"):
        if name in names and name not in table.key:
            database.execute(f'CREATE INDEX "{table.name}_{name}" ON "{table.name}" ("{name}")')


def _cell(value: Any) -> Any:  # noqa: ANN401 - what SQLite holds
    if isinstance(value, list):
        return json_text(value)
    return value.isoformat() if isinstance(value, date) else value


def _pieces(write: Callable[[Path], None], name: str) -> Iterator[bytes]:
    """Yield a file that has to be whole before it can be sent."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
