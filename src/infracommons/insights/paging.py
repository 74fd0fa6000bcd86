"""Cuts a filtered, ordered question into pages, and gives all of it in batches for a download."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from infracommons.insights.release import Release, Row

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class RowList:
    """One page of rows, how many there are in all, and on how many pages."""

    rows: list[Row]
    count: int
    pages: int


@dataclass(frozen=True)
class Question:
    """A filtered selection (`SELECT ... WHERE ...`), its order, and the values it binds."""

    select: str
    order: str
    values: dict[str, Any]

    def page(self, release: Release, number: int) -> RowList:
        """Return page `number`, counted from 1; beyond the last it has no rows."""
        counted = " ".join(("WITH asked AS (", self.select, ") SELECT count(*) AS rows FROM asked"))
        count = int(release.query(counted, self.values)[0]["rows"])
        paged = " ".join((self.select, self.order, "LIMIT $limit OFFSET $offset"))
        place = {"limit": ROWS_A_PAGE, "offset": (number - 1) * ROWS_A_PAGE}
        return RowList(release.query(paged, self.values | place), count, pages(count))

    def every_row(self, release: Release) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
        """Return all rows, in the same order, in batches."""
        return release.batches(f"{self.select} {self.order}", self.values)


def pages(count: int) -> int:
    """Return on how many pages `count` rows stand; an empty list has one."""
    return max(1, -(-count // ROWS_A_PAGE))
