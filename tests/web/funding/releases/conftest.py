"""The site over three releases, each made from the golden raw files with an edit after the one before."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from tests.insights.edited import Edited, edited_releases


@pytest.fixture(scope="session")
def edited(golden_raw: Path, golden_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Edited:
    return edited_releases(golden_raw, golden_release, tmp_path_factory.getbasetemp())


@pytest.fixture
def kept(show: Callable[[Path], Client], edited: Edited) -> Client:
    return show(edited.folder)
