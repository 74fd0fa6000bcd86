"""The data dictionary: what each column of each table means, as CSV and as Markdown."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from infracommons.insights.formats import FORMATS
from infracommons.vocabulary.tables import Column, Table

_COLUMNS = {
    "table": "Table.",
    "column": "Column of the table.",
    "type": "Type: string, strings (a list), integer, number, money (exact, in cents), rate, date or boolean.",
    "is_required": "Whether the column always has a value.",
    "is_key": "Whether the column is part of the table's key.",
    "values": "Values allowed, where they are few.",
    "meaning": "What it means.",
}
SCHEMA = {
    "fields": [
        {"name": name, "type": "boolean" if name.startswith("is_") else "string", "description": meaning}
        for name, meaning in _COLUMNS.items()
    ],
    "missingValues": [""],
    "primaryKey": ["table", "column"],
}


def dictionary_csv(tables: Sequence[Table]) -> list[bytes]:
    """Return the dictionary as CSV, a row a column."""
    rows = [_row(table, column) for table in tables for column in table.columns]
    written = pa.Table.from_pylist(rows)
    return list(FORMATS["csv"].bytes_of(written.schema, written.to_batches()))


def dictionary_markdown(tables: Sequence[Table]) -> str:
    """Return the dictionary as Markdown, a section a table."""
    lines = ["# Data dictionary", ""]
    for table in tables:
        lines += [
            f"## {table.name}",
            "",
            table.meaning,
            "",
            f"Key: {', '.join(f'`{name}`' for name in table.key)}.",
            "",
        ]
        lines += ["| column | type | always there | meaning |", "| --- | --- | --- | --- |"]
        lines += [_line(column) for column in table.columns]
        lines.append("")
    return "\n".join(lines)


def _row(table: Table, column: Column) -> dict[str, Any]:
    return {
        "table": table.name,
        "column": column.name,
        "type": column.type,
        "is_required": column.required,
        "is_key": column.name in table.key,
        "values": "; ".join(column.values) or None,
        "meaning": column.meaning,
    }


def _line(column: Column) -> str:
    meaning = column.meaning + (f" One of {', '.join(column.values)}." if column.values else "")
    return (
        f"| `{column.name}` | {column.type} | {'yes' if column.required else 'no'} | {meaning.replace('|', '&#124;')} |"
    )
