"""What a table of an export is: columns with their meaning, and rows made one after another."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Literal

import pyarrow as pa

ColumnKind = Literal["text", "integer", "day", "moment", "texts", "json"]
Row = dict[str, Any]
_ROWS_A_BATCH = 500
_ARROW: dict[ColumnKind, pa.DataType] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "day": pa.date32(),
    "moment": pa.string(),  # ISO 8601, UTC: a spreadsheet has no zones
    "texts": pa.list_(pa.string()),
    "json": pa.string(),
}


@dataclass(frozen=True)
class ExportColumn:
    """One column; `json` is JSON itself in JSON Lines and its text elsewhere."""

    name: str
    meaning: str
    kind: ColumnKind = "text"


@dataclass(frozen=True)
class ExportTable:
    """One table; `rows` yields dicts with a key for every column, None for empty ones."""

    name: str
    meaning: str
    columns: tuple[ExportColumn, ...]
    key: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]

    @cached_property
    def schema(self) -> pa.Schema:
        """Return the columns as Arrow types."""
        return pa.schema([pa.field(column.name, _ARROW[column.kind]) for column in self.columns])

    def flat_rows(self) -> Iterator[Row]:
        """Yield rows in which JSON is text."""
        as_text = [column.name for column in self.columns if column.kind == "json"]
        for row in self.rows():
            yield row | {name: json_text(row[name]) for name in as_text}

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the flat rows some at a time, so that memory stays small."""
        rows = self.flat_rows()
        while some := list(islice(rows, _ROWS_A_BATCH)):
            yield pa.RecordBatch.from_pylist(some, self.schema)


def json_text(value: Any) -> str | None:  # noqa: ANN401 - any JSON
    """Return JSON in one line; None for None."""
    return None if value is None else json.dumps(value, ensure_ascii=False)
