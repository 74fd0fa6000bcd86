"""Reads sorted Parquet files side by side, a few rows at a time: a join in constant memory."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from infracommons.vocabulary.problems import UnusableInputError

Row = dict[str, Any]
_ROWS_A_BATCH = 2_000


def sorted_rows(path: Path, key: str, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a file that is sorted by `key`, as publishing sorts every table.

    Raises UnusableInputError where it is not: rows would silently miss their partners.
    """
    before = ""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS_A_BATCH, columns=list(columns)):
            for row in batch.to_pylist():
                if row[key] < before:
                    message = f"{path}: not sorted by {key}: {row[key]!r} comes after {before!r}; make the release anew"
                    raise UnusableInputError(message)
                before = row[key]
                yield row


def beside(leading: Iterator[Row], others: Iterator[Row], key: str) -> Iterator[tuple[Row, list[Row]]]:
    """Yield each leading row with the other rows of the same key; both are sorted by it."""
    groups = groupby(others, key=lambda row: row[key])
    of, own = next(groups, (None, iter(())))
    for row in leading:
        while of is not None and of < row[key]:
            of, own = next(groups, (None, iter(())))
        yield row, list(own) if of == row[key] else []
