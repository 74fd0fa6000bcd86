"""The published tables whole, as a release has them."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from infracommons.insights.release import Release, Row
from infracommons.vocabulary.tables import PUBLISHED

_WHOLE = {table.name: f"FROM {table.name}" for table in PUBLISHED}


def published_tables(release: Release) -> list[Row]:
    """Return name, meaning, rows, bytes and sha256 of the file of every published table."""
    told: dict[str, Any] = {described["name"]: described for described in release.manifest["tables"]}
    return [
        {
            "name": table.name,
            "meaning": table.meaning,
            "rows": told[table.name]["rows"],
            "bytes": release.path(table.name).stat().st_size,
            "sha256": told[table.name]["sha256"],
        }
        for table in PUBLISHED
    ]


def whole_table(release: Release, name: str) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return all rows of a published table in batches; KeyError where there is no such table."""
    return release.batches(_WHOLE[name])
