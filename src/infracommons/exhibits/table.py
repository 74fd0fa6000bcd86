"""An exhibit's table with its types, for files, and all of an exhibit as JSON."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import orjson
import pyarrow as pa

from infracommons.exhibits.exhibit import Column, ColumnKind, Exhibit
from infracommons.insights.query_string import to_query
from infracommons.insights.release import Row

_TYPES: dict[ColumnKind, pa.DataType] = {
    "text": pa.string(),
    "count": pa.int64(),
    "usd": pa.decimal128(38, 2),
    "share": pa.float64(),
    "number": pa.float64(),
    "year": pa.int64(),
    "month": pa.date32(),  # its first day
    "date": pa.date32(),
}


def table_of(shown: Exhibit) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return all rows in batches, by the columns of the table; a list of words is one text."""
    schema = pa.schema([(column.name, _TYPES[column.kind]) for column in shown.columns])
    columns = [pa.array(_values(column, shown.rows), _TYPES[column.kind]) for column in shown.columns]
    return schema, iter(pa.table(columns, schema=schema).to_batches())


def as_json(shown: Exhibit, address: str, query: str) -> bytes:
    """Return title, sentence, columns, rows and how it was made; amounts are exact numbers, unknown is null."""
    made = shown.made
    told = {
        "name": shown.name,
        "title": shown.title,
        "sentence": shown.sentence,
        "address": address,
        "columns": [{"name": one.name, "label": one.label, "kind": one.kind} for one in shown.columns],
        "rows": [{column.name: row.get(column.name) for column in shown.columns} for row in shown.rows],
        "made": {
            "release": made.release_id,
            "query": query,
            "rule": made.filters.rule,
            "prices": made.filters.prices,
            "of": made.of,
            "in": made.awards,
            "counted": made.counted,
            "share_unknown": made.share_unknown,
            "left_out": [
                {
                    "number": part.number,
                    "because": part.words,
                    "query": None if part.filters is None else to_query(part.filters),
                }
                for part in made.left_out
            ],
            "notes": made.notes,
        },
    }
    return orjson.dumps(told, default=_exact)


def _values(column: Column, rows: Sequence[Row]) -> list[Any]:
    values = [row.get(column.name) for row in rows]
    if column.kind == "text":
        return [_text(value) for value in values]
    if column.kind in {"share", "number"}:
        return [None if value is None else float(value) for value in values]
    if column.kind == "usd":
        return [None if value is None else Decimal(value).quantize(_CENT) for value in values]
    return values


_CENT = Decimal("0.01")


def _text(value: Any) -> str | None:  # noqa: ANN401 - a cell of a table
    if value is None:
        return None
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _exact(value: object) -> orjson.Fragment:
    """Write a decimal digit by digit: a float between would round it."""
    if isinstance(value, Decimal):
        return orjson.Fragment(f"{value:f}")
    raise TypeError(value)
