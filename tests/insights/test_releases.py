"""Releases are found by their ids, and nothing else is: no path, no pointer, no half of one."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.insights.releases import (
    UnknownReleaseError,
    current_id,
    read_release,
    stored_release,
    stored_releases,
)
from infracommons.vocabulary.problems import UnusableInputError


@pytest.fixture(scope="module")
def folder(golden_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A golden release, an older copy of it, and much that is no release."""
    out = tmp_path_factory.mktemp("kept")
    golden = (golden_release / "current").resolve()
    shutil.copytree(golden, out / golden.name)
    (out / "current").symlink_to(golden.name)
    older = shutil.copytree(golden, out / "20200101T000000Z-00000000")
    told = json.loads((golden / "release.json").read_bytes())
    (older / "release.json").unlink()
    told |= {"release": older.name, "made_at": "2020-01-01T00:00:00+00:00"}
    (older / "release.json").write_text(json.dumps(told))
    shutil.copytree(golden, out / "a-copy-under-another-name")
    (out / "pointer").symlink_to(golden.name)
    (out / ".building-1").mkdir()
    (out / "empty").mkdir()
    (out / "broken").mkdir()
    (out / "broken" / "release.json").write_text("{")
    (out / "other").mkdir()
    (out / "other" / "release.json").write_text("[]")
    (out / "notes.txt").write_text("mine")
    shutil.copytree(golden, out.parent / "outside", dirs_exist_ok=True)
    return out


def test_only_whole_releases_are_listed_newest_first(folder: Path) -> None:
    ids = [release.release_id for release in stored_releases(folder)]
    assert ids == [current_id(folder), "20200101T000000Z-00000000"]


def test_a_release_is_found_by_its_id(folder: Path) -> None:
    for release in stored_releases(folder):
        assert stored_release(folder, release.release_id) == release


@pytest.mark.parametrize(
    "text",
    ["", ".", "..", "current", "pointer", "../outside", "empty", "broken", "other", "notes.txt", ".building-1", "a/b",
     "a-copy-under-another-name", "x\x00y", "/etc", "x" * 400],
)  # fmt: skip
def test_no_other_text_finds_anything(folder: Path, text: str) -> None:
    with pytest.raises(UnknownReleaseError):
        stored_release(folder, text)


@given(text=st.text())
def test_whatever_is_asked_for_is_a_release_of_the_folder_or_none(folder: Path, text: str) -> None:
    try:
        found = stored_release(folder, text)
    except UnknownReleaseError:
        return
    assert found.folder.parent == folder


def test_an_empty_or_missing_folder_has_no_releases(tmp_path: Path) -> None:
    assert stored_releases(tmp_path) == stored_releases(tmp_path / "missing") == []
    assert current_id(tmp_path) is None


def test_a_folder_without_a_release_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="no readable release here; make one with"):
        read_release(tmp_path)
