"""What the stages may ask of an engine; the files in `engines/` answer."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

import ibis
import pyarrow as pa

if TYPE_CHECKING:
    from splink.internals.database_api import DatabaseAPI

EngineName = Literal["duckdb", "spark"]
BatchFunction: TypeAlias = Callable[[pa.RecordBatch], pa.RecordBatch]


class Engine(Protocol):
    """Holds tables and evaluates Ibis expressions over them. Stages use this and nothing else of an engine."""

    name: EngineName

    def read_parquet(self, paths: Sequence[Path]) -> ibis.Table:
        """Return the rows of Parquet files of one schema."""

    def table(self, rows: pa.Table) -> ibis.Table:
        """Return a table made of rows in memory."""

    def materialise(self, expression: ibis.Table) -> ibis.Table:
        """Evaluate an expression once and keep the result, so that later stages do not evaluate it again."""

    def map_batches(self, expression: ibis.Table, function: BatchFunction, schema: pa.Schema) -> ibis.Table:
        """Apply a pure, picklable function to the rows batch by batch; batches may be of any size and order."""

    def collect(self, expression: ibis.Table) -> pa.Table:
        """Bring the rows into memory."""

    def splink(self) -> "DatabaseAPI[Any]":
        """Return Splink's view of this engine."""

    def close(self) -> None:
        """Give back memory and disk."""
