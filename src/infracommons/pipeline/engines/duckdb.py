"""DuckDB, the embedded default: one process, out of core where it must."""

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import ibis
import pyarrow as pa

from infracommons.pipeline.engine import BatchFunction, EngineName

if TYPE_CHECKING:
    from splink.internals.database_api import DatabaseAPI

MEMORY_LIMIT, THREADS = "1GB", 2
_BATCH_ROWS = 8192
_LONGEST_MESSAGE = 300


class DuckDB:
    """See `Engine`. Tables live in memory and spill into the scratch folder.

    OSError where neither memory nor disk has room, or a file cannot be read or written.
    """

    name: EngineName = "duckdb"

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._connection = duckdb.connect(
            config={"memory_limit": MEMORY_LIMIT, "threads": THREADS, "temp_directory": str(scratch / "spill")}
        )
        self._connection.execute("SET preserve_insertion_order = false; SET autoinstall_known_extensions = false")
        self._backend = ibis.duckdb.from_connection(self._connection)
        self._numbers = count()

    def read_parquet(self, paths: Sequence[Path]) -> ibis.Table:
        with self._os_errors():
            return self._backend.read_parquet([str(path) for path in paths], table_name=self._new_name())

    def table(self, rows: pa.Table) -> ibis.Table:
        view = f"{self._new_name()}_rows"
        self._connection.register(view, rows)
        try:
            return self._create(f"SELECT * FROM {view}")  # noqa: S608 - a name of our own
        finally:
            self._connection.unregister(view)

    def materialise(self, expression: ibis.Table) -> ibis.Table:
        return self._create(ibis.to_sql(expression, dialect="duckdb"))

    def map_batches(self, expression: ibis.Table, function: BatchFunction, schema: pa.Schema) -> ibis.Table:
        with self._os_errors():
            batches = self._result(expression).to_arrow_reader(_BATCH_ROWS)
        return self.table(pa.Table.from_batches((function(batch).cast(schema) for batch in batches), schema))

    def collect(self, expression: ibis.Table) -> pa.Table:
        with self._os_errors():
            return self._result(expression).to_arrow_table()

    def _result(self, expression: ibis.Table) -> duckdb.DuckDBPyConnection:
        # DuckDB's own calls: those that Ibis 12 makes for Arrow are deprecated.
        return self._connection.execute(ibis.to_sql(expression, dialect="duckdb"))

    def splink(self) -> "DatabaseAPI[Any]":
        from splink import DuckDBAPI  # noqa: PLC0415 - a second of import that only one stage pays

        return DuckDBAPI(self._connection)

    def close(self) -> None:
        self._connection.close()

    def _create(self, query: str) -> ibis.Table:
        # Ibis's own create_table writes SQL that DuckDB does not parse with the SQLGlot that Splink needs.
        name = self._new_name()
        with self._os_errors():
            self._connection.execute(f"CREATE TEMP TABLE {name} AS {query}")
        return self._backend.table(name)

    @contextmanager
    def _os_errors(self) -> Iterator[None]:
        """Say as the system does what is no fault of the question; the lines after the first show SQL or settings."""
        try:
            yield
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            number = errno.ENOMEM if isinstance(error, duckdb.OutOfMemoryException) else errno.EIO
            said = (str(error).splitlines() or [type(error).__name__])[0][:_LONGEST_MESSAGE]
            raise OSError(number, f"DuckDB: {said}", str(self._scratch)) from error

    def _new_name(self) -> str:
        return f"t{next(self._numbers)}"


def open_engine(scratch: Path) -> DuckDB:
    """Return a new, empty DuckDB."""
    return DuckDB(scratch)
