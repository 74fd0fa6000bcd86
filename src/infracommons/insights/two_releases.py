"""Asks questions over two releases at once: the tables of one are in schema `before`, of the other in `after`."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Protocol

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from infracommons.insights.difference_tables import AFTER, BEFORE, MOST_KEPT, cells, change_tables, movement_tables
from infracommons.insights.release import Row
from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.tables import ATTRIBUTION, AWARD, INFRASTRUCTURE, SUPPORT, Table

_ASKED = (AWARD, SUPPORT, ATTRIBUTION, INFRASTRUCTURE)
_ROWS_A_BATCH = 10_000
_MOST_PAIRS = 4


class InFolder(Protocol):
    """A release with its folder and manifest: an opened one, or one as it is stored."""

    @property
    def folder(self) -> Path:
        """Where its files are."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What `release.json` says."""


class TwoReleases:
    """Two releases that questions are asked over, with the tables of `difference_tables.py`; threads may share it."""

    def __init__(self, before: Path, after: Path, same: Sequence[str] = ()) -> None:
        """Open the releases in two folders; tables in `same` are equal byte for byte.

        Raises UnusableInputError where a table is missing or unreadable.
        """
        try:
            self._connection = _open({BEFORE: before, AFTER: after})
            columns = {table.name: _shared(table, before, after) for table in (AWARD, SUPPORT)}
            self._make(*change_tables(columns, same))
            changed = sum(row["rows"] for row in self.query(_CHANGED))
            self._make(cells(columns, "TABLE" if changed <= MOST_KEPT else "VIEW"), *movement_tables())
        except (OSError, duckdb.Error) as error:
            message = f"{before.name} and {after.name} cannot be compared: {error}"
            raise UnusableInputError(message) from error

    def query(self, question: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Return the rows of one SQL question."""
        rows: list[Row] = self._ask(question, parameters).to_arrow_table().to_pylist()
        return rows

    def batches(
        self, question: str, parameters: Mapping[str, Any] | None = None
    ) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        """Return the columns and the rows in batches."""
        reader = self._ask(question, parameters).to_arrow_reader(_ROWS_A_BATCH)
        return reader.schema, iter(reader)

    def _make(self, *statements: str) -> None:
        for statement in statements:
            self._connection.execute(statement)

    def _ask(self, question: str, parameters: Mapping[str, Any] | None) -> duckdb.DuckDBPyConnection:
        return self._connection.cursor().execute(question, dict(parameters) if parameters else None)


_CHANGED = "SELECT count(*) AS rows FROM award_change UNION ALL SELECT count(*) FROM support_change"


def two_releases(before: InFolder, after: InFolder) -> TwoReleases:
    """Return two releases opened together; the last few stay open, because releases never change."""
    sums = [{table["name"]: table.get("sha256") for table in told.manifest["tables"]} for told in (before, after)]
    same = tuple(name for name, checksum in sums[0].items() if checksum and checksum == sums[1].get(name))
    return _opened(before.folder, after.folder, same)


@lru_cache(maxsize=_MOST_PAIRS)
def _opened(before: Path, after: Path, same: tuple[str, ...]) -> TwoReleases:
    return TwoReleases(before, after, same)


def _open(folders: Mapping[str, Path]) -> duckdb.DuckDBPyConnection:
    """Return a connection that sees the tables and can reach no other file, extension or setting."""
    off: Literal["false"] = "false"
    connection = duckdb.connect(
        ":memory:",
        config={"autoinstall_known_extensions": off, "autoload_known_extensions": off, "temp_directory": ""},
    )
    paths = {
        (name, table.name): folder / f"{table.name}.parquet" for name, folder in folders.items() for table in _ASKED
    }
    for name in folders:
        connection.execute(f"CREATE SCHEMA {name}")
    # Paths cannot be bound in these statements; a quote in a folder's name is doubled, as SQL writes it.
    for (name, table), path in paths.items():
        connection.execute(f"CREATE VIEW {name}.{table} AS FROM read_parquet({_quoted(path)})")
    connection.execute(f"SET allowed_paths = [{', '.join(_quoted(path) for path in paths.values())}]")
    connection.execute("SET TimeZone = 'UTC'; SET enable_external_access = false; SET lock_configuration = true")
    return connection


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _shared(table: Table, *folders: Path) -> list[str]:
    """Return the columns that both releases have, in our order: only these can be compared."""
    there = [set(pq.read_schema(folder / f"{table.name}.parquet").names) for folder in folders]
    return [column.name for column in table.columns if all(column.name in names for names in there)]
