"""The golden release, opened, and its tables as plain rows: what the slow oracles of the insights work on."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from infracommons.insights.release import Release, Releases
from infracommons.vocabulary.tables import PUBLISHED

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="session")
def release(golden_release: Path) -> Release:
    return Releases(golden_release).current()


@pytest.fixture(scope="session")
def tables(release: Release) -> Tables:
    return {table.name: pq.read_table(release.path(table.name)).to_pylist() for table in PUBLISHED}
