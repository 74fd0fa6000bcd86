"""The golden release, opened: what exhibits are asked of."""

from pathlib import Path

import pytest

from infracommons.insights.release import Release, Releases


@pytest.fixture(scope="session")
def release(golden_release: Path) -> Release:
    return Releases(golden_release).current()
