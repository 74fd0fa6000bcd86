"""Opens the current release, read-only: the only door to published data."""

import json
import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, Literal, TypeVar

import duckdb
import pyarrow as pa

from infracommons.insights.kept import Kept
from infracommons.insights.narrow import make_narrow
from infracommons.vocabulary.release_files import CURRENT, MANIFEST
from infracommons.vocabulary.tables import AWARD, PUBLISHED

T = TypeVar("T")
Row = dict[str, Any]
Parameters = Mapping[str, Any]
_ROWS_A_BATCH = 10_000
_MOST_CELLS = 1_500_000  # of answers that are kept: some 100 MB


class NoReleaseError(RuntimeError):
    """There is no release to show, or it cannot be read; the message says what to do."""


class Release:
    """One published release: its manifest and questions to its tables. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Open the release in `folder`; NoReleaseError where its manifest or a table is missing or unreadable."""
        self.folder = folder
        self._answers: Kept[list[Row]] = Kept(_MOST_CELLS, _cells)
        self._held: Kept[Any] = Kept(0, lambda _: 0)
        self._making, self._is_narrow = threading.Lock(), False
        try:
            self.manifest: Mapping[str, Any] = json.loads((folder / MANIFEST).read_bytes())
            self._connection = _open(folder, {str(table["name"]) for table in self.manifest["tables"]})
        except (OSError, ValueError, KeyError, TypeError, duckdb.Error) as error:
            message = f"{folder}: not a readable release ({error}); make a new one with `infracommons release`"
            raise NoReleaseError(message) from error

    @cached_property
    def release_id(self) -> str:
        """The id under which the release was published."""
        return str(self.manifest["release"])

    def query(self, question: str, parameters: Parameters | None = None) -> list[Row]:
        """Return the rows of one SQL question; values from outside only ever come as bound `parameters`.

        Answers are kept, as a release never changes.
        """
        bound = sorted((parameters or {}).items())
        return self.kept((question, repr(bound)), lambda: self.rows(question, parameters))

    def rows(self, question: str, parameters: Parameters | None = None) -> list[Row]:
        """Return the same, asked anew."""
        rows: list[Row] = self.table(question, parameters).to_pylist()
        return rows

    def table(self, question: str, parameters: Parameters | None = None) -> pa.Table:
        """Return the same as an Arrow table, asked anew."""
        return self._ask(question, parameters).to_arrow_table()

    def kept(self, key: Hashable, answer: Callable[[], list[Row]]) -> list[Row]:
        """Return the answer that is kept under this key, worked out now where none is; rows are the caller's own."""
        return [dict(row) for row in self._answers.get(key, answer)]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under this key as long as the release is: made at the first call, and the same each time.

        Whatever is kept of a release is kept by it, so that all of it goes when another one is current.
        """
        value: T = self._held.get(key, make)
        return value

    def one(self, question: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row, None where there is none."""
        rows = self.query(question, parameters)
        return rows[0] if rows else None

    def batches(
        self, question: str, parameters: Parameters | None = None, **tables: pa.Table
    ) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        """Return the columns and the rows in batches, so that a file of any length needs little memory.

        `tables` are tables of the caller's that the question names.
        """
        reader = self._ask(question, parameters, tables).to_arrow_reader(_ROWS_A_BATCH)
        return reader.schema, iter(reader)

    def narrow(self) -> duckdb.DuckDBPyConnection:
        """Return the connection once it has the tables of `narrow.py`: at the first call they are made."""
        with self._making:
            if not self._is_narrow:
                make_narrow(self._connection.cursor())
                self._is_narrow = True
        return self._connection

    def path(self, table: str) -> Path:
        """Return the Parquet file of a published table; KeyError where there is no such table."""
        files = {described["name"]: described["file"] for described in self.manifest["tables"]}
        return self.folder / str(files[table])

    def _ask(
        self, question: str, parameters: Parameters | None, tables: Mapping[str, pa.Table] | None = None
    ) -> duckdb.DuckDBPyConnection:
        # A cursor is a connection of its own to the same tables: threads do not wait for each other.
        cursor = self._connection.cursor()
        for name, table in (tables or {}).items():
            cursor.register(name, table)
        return cursor.execute(question, dict(parameters) if parameters else None)


def once_a_release(answer: Callable[[Release], T]) -> Callable[[Release], T]:
    """Have an answer that depends on the release alone worked out once for each; callers share it, so change none."""

    @wraps(answer)
    def kept(release: Release) -> T:
        return release.once(answer, lambda: answer(release))

    return kept


class Releases:
    """The folder of releases; gives the current one, and opens it anew when `current` points elsewhere."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that holds `current`; nothing is opened before it is asked for."""
        self.folder = folder
        self._lock = threading.Lock()
        self._release: Release | None = None

    def current(self) -> Release:
        """Return the current release. Raises NoReleaseError before the first."""
        try:
            folder = (self.folder / CURRENT).resolve(strict=True)
        except (OSError, RuntimeError) as error:
            message = f"{self.folder}: no release yet; make one with `infracommons release`"
            raise NoReleaseError(message) from error
        with self._lock:
            if self._release is None or self._release.folder != folder:
                self._release = Release(folder)
            return self._release


def _open(folder: Path, named: set[str]) -> duckdb.DuckDBPyConnection:
    """Return a connection that sees the release's tables and can reach no other file, extension or setting.

    `named` are the tables that its manifest names.
    """
    off: Literal["false"] = "false"
    connection = duckdb.connect(
        ":memory:",
        config={"autoinstall_known_extensions": off, "autoload_known_extensions": off, "temp_directory": ""},
    )
    # A release made before a table was thought of has no row of it.
    later = [table for table in PUBLISHED if table.name not in named]
    for table in later:
        connection.register(f"no_{table.name}", table.schema.empty_table())
        connection.execute(f"CREATE TABLE {table.name} AS FROM no_{table.name}")
        connection.unregister(f"no_{table.name}")
    there = [table for table in PUBLISHED if table.name in named]
    files = [str(folder / f"{table.name}.parquet") for table in there]
    # Paths cannot be bound in these statements; a quote in a folder's name is doubled, as SQL writes it.
    for table, file in zip(there, map(_quoted, files), strict=True):
        connection.execute(f"CREATE VIEW {table.name} AS FROM read_parquet({file})")
        if table == AWARD:  # once more, with the place of each row: a short name for it
            numbered = f"SELECT *, file_row_number AS award_no FROM read_parquet({file}, file_row_number = true)"  # noqa: S608 - a path of ours
            connection.execute(f"CREATE VIEW numbered_award AS {numbered}")
    connection.execute(f"SET allowed_paths = [{', '.join(map(_quoted, files))}]")
    connection.execute("SET TimeZone = 'UTC'; SET enable_external_access = false; SET lock_configuration = true")
    return connection


def _cells(rows: list[Row]) -> int:
    return 1 + sum(map(len, rows))


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
