"""What many tests start from: the golden raw files of every source, and a release made of them."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from infracommons.pipeline.run import Job, make_release

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
DEFINITIONS = ROOT / "definitions"

# How long an example takes says something of the machine, not of the code.
settings.register_profile("infracommons", deadline=None)
settings.load_profile("infracommons")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches a database, so that all of it, and nothing else, runs once more with PostgreSQL."""
    for item in items:
        asks = isinstance(item, pytest.Function) and not {"db", "transactional_db"}.isdisjoint(item.fixturenames)
        if asks or item.get_closest_marker("django_db"):
            item.add_marker("database")


def copy_golden(raw: Path) -> Path:
    """Lay out the golden raw files of every source as the raw folder that a release reads."""
    for folder in sorted(GOLDEN.iterdir()):
        shutil.copytree(folder / "raw", raw / folder.name)
    return raw


@pytest.fixture(scope="session")
def golden_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A raw folder with the golden files of every source."""
    return copy_golden(tmp_path_factory.mktemp("raw"))


@pytest.fixture(scope="session")
def golden_release(golden_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases whose current one was made from the golden files."""
    releases = tmp_path_factory.mktemp("releases")
    make_release(Job(golden_raw, releases, DEFINITIONS))
    return releases
