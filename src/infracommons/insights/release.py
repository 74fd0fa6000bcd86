"""Opens the current release, read-only: the only door to published data."""

import json
import threading
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyarrow as pa

from infracommons.vocabulary.release_files import CURRENT, MANIFEST
from infracommons.vocabulary.tables import PUBLISHED

Row = dict[str, Any]
Parameters = Mapping[str, Any]
_ROWS_A_BATCH = 10_000


class NoReleaseError(RuntimeError):
    """There is no release to show, or it cannot be read; the message says what to do."""


class Release:
    """One published release: its manifest and questions to its tables. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Open the release in `folder`; NoReleaseError where its manifest or a table is missing or unreadable."""
        self.folder = folder
        try:
            self.manifest: Mapping[str, Any] = json.loads((folder / MANIFEST).read_bytes())
            self._connection = _open(folder)
        except (OSError, ValueError, duckdb.Error) as error:
            message = f"{folder}: not a readable release ({error}); make a new one with `infracommons release`"
            raise NoReleaseError(message) from error

    @cached_property
    def release_id(self) -> str:
        """The id under which the release was published."""
        return str(self.manifest["release"])

    def query(self, question: str, parameters: Parameters | None = None) -> list[Row]:
        """Return the rows of one SQL question; values from outside only ever come as bound `parameters`."""
        rows: list[Row] = self._ask(question, parameters).to_arrow_table().to_pylist()
        return rows

    def one(self, question: str, parameters: Parameters | None = None) -> Row | None:
        """Return the first row, None where there is none."""
        rows = self.query(question, parameters)
        return rows[0] if rows else None

    def batches(
        self, question: str, parameters: Parameters | None = None
    ) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        """Return the columns and the rows in batches, so that a file of any length needs little memory."""
        reader = self._ask(question, parameters).to_arrow_reader(_ROWS_A_BATCH)
        return reader.schema, iter(reader)

    def path(self, table: str) -> Path:
        """Return the Parquet file of a published table; KeyError where there is no such table."""
        files = {described["name"]: described["file"] for described in self.manifest["tables"]}
        return self.folder / str(files[table])

    def _ask(self, question: str, parameters: Parameters | None) -> duckdb.DuckDBPyConnection:
        # A cursor is a connection of its own to the same tables: threads do not wait for each other.
        return self._connection.cursor().execute(question, dict(parameters) if parameters else None)


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


def _open(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection that sees the release's tables and can reach no other file, extension or setting."""
    off: Literal["false"] = "false"
    connection = duckdb.connect(
        ":memory:",
        config={"autoinstall_known_extensions": off, "autoload_known_extensions": off, "temp_directory": ""},
    )
    files = [str(folder / f"{table.name}.parquet") for table in PUBLISHED]
    # Paths cannot be bound in these statements; a quote in a folder's name is doubled, as SQL writes it.
    for table, file in zip(PUBLISHED, map(_quoted, files), strict=True):
        connection.execute(f"CREATE VIEW {table.name} AS FROM read_parquet({file})")
    connection.execute(f"SET allowed_paths = [{', '.join(map(_quoted, files))}]")
    connection.execute("SET TimeZone = 'UTC'; SET enable_external_access = false; SET lock_configuration = true")
    return connection


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
