"""Writes rows as files: CSV, JSON Lines, Parquet and XLSX, each one function from batches to bytes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from infracommons.insights.formats.about import About
from infracommons.insights.formats.csv import csv_bytes
from infracommons.insights.formats.json_lines import json_lines_bytes
from infracommons.insights.formats.parquet import parquet_bytes
from infracommons.insights.formats.xlsx import xlsx_bytes

Batches = Iterable[pa.RecordBatch]


class Writer(Protocol):
    """Turns rows into the bytes of a file; `about`, where it is given, is kept inside."""

    def __call__(self, schema: pa.Schema, batches: Batches, about: About | None = None) -> Iterator[bytes]:
        """Yield the file in pieces."""


@dataclass(frozen=True)
class Format:
    """A file format: its name for readers, its media type, and how rows become its bytes, in bounded memory."""

    label: str
    media_type: str
    bytes_of: Writer


FORMATS = {
    "csv": Format("CSV", "text/csv; charset=utf-8", csv_bytes),
    "jsonl": Format("JSON Lines", "application/jsonl", json_lines_bytes),
    "parquet": Format("Parquet", "application/vnd.apache.parquet", parquet_bytes),
    "xlsx": Format("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_bytes),
}
