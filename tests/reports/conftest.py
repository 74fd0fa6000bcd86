"""The reports over the golden release, each made once for all tests."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import DEFINITIONS

from infracommons.insights.release import Release, Releases
from infracommons.reports.assemble import assemble
from infracommons.reports.definition import Definition, definition
from infracommons.reports.document import Document

STATE, BRIEFING = "state_of_open_infrastructure", "infrastructure_briefing"
SITE = "https://infracommons.example.org"
Read = Callable[[str], Definition]


@pytest.fixture(scope="session")
def release(golden_release: Path) -> Release:
    return Releases(golden_release).current()


@pytest.fixture(scope="session")
def state(release: Release) -> Document:
    """The State of Open Infrastructure over the golden release."""
    return assemble(definition(DEFINITIONS / "reports", STATE), release)


@pytest.fixture(scope="session")
def by_support(release: Release) -> list[str]:
    """The ids of all infrastructures, the one with the most awards first."""
    rows = release.query("""
    SELECT infrastructure_id AS id FROM infrastructure LEFT JOIN support USING (infrastructure_id)
    GROUP BY id ORDER BY count(*) FILTER (decision = 'supports') DESC, id""")
    return [row["id"] for row in rows]


@pytest.fixture
def defined(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a definition with this text and gives its path."""

    def path_of(text: str, front: str = "title: Ours\nanswers: What is ours.") -> Path:
        path = tmp_path / "ours.md"
        path.write_text(f"---\n{front}\n---\n{text}", encoding="utf-8")
        return path

    return path_of
