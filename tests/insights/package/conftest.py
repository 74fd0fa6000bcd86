"""The golden release as a data package, in the formats that people get when they ask for none."""

from pathlib import Path

import pytest

from infracommons.insights.data_package import export_release
from infracommons.insights.releases import StoredRelease, read_release


@pytest.fixture(scope="session")
def stored(golden_release: Path) -> StoredRelease:
    return read_release(golden_release / "current")


@pytest.fixture(scope="session")
def packed(stored: StoredRelease, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("packed") / "out"
    export_release(stored.folder, out)
    return out
