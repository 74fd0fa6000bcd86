import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from infracommons.insights.release import NoReleaseError, Release, Releases


@pytest.fixture
def own_releases(golden_release: Path, tmp_path: Path) -> Path:
    """A folder of releases that a test may change."""
    folder = tmp_path / "releases"
    (folder).mkdir()
    for name in ("first", "second"):
        shutil.copytree((golden_release / "current").resolve(), folder / name)
        manifest = json.loads((folder / name / "release.json").read_bytes())
        (folder / name / "release.json").chmod(0o644)
        (folder / name / "release.json").write_text(json.dumps(manifest | {"release": name}), encoding="utf-8")
    (folder / "current").symlink_to("first")
    return folder


def point(releases: Path, name: str) -> None:
    pointer = releases / ".pointer"
    pointer.symlink_to(name)
    pointer.replace(releases / "current")


def test_before_the_first_release_the_error_names_the_folder_and_the_command(tmp_path: Path) -> None:
    with pytest.raises(NoReleaseError, match=f"{tmp_path}: no release yet; make one with `infracommons release`"):
        Releases(tmp_path).current()


def test_a_new_release_is_seen_without_a_restart_and_the_old_one_still_answers(own_releases: Path) -> None:
    releases = Releases(own_releases)
    first = releases.current()
    assert releases.current() is first
    point(own_releases, "second")
    assert releases.current().release_id == "second"
    assert first.release_id == "first"
    assert first.one("SELECT count(*) AS awards FROM award") == {"awards": first.manifest["counts"]["awards"]}


@pytest.mark.parametrize("file", ["release.json", "award.parquet"])
@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_a_damaged_release_is_told_and_not_shown(own_releases: Path, file: str, damage: str) -> None:
    path = own_releases / "first" / file
    path.chmod(0o644)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(NoReleaseError, match="not a readable release"):
        Releases(own_releases).current()


def test_values_are_bound_and_never_run(release: Release) -> None:
    nasty = "'; DROP VIEW award; --"
    assert release.query("SELECT $value AS value", {"value": nasty}) == [{"value": nasty}]
    assert release.one("SELECT 1 AS one FROM award LIMIT 0") is None


def test_a_question_reaches_no_other_file_and_no_setting(release: Release, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("a\n1\n")
    for question in (
        f"FROM read_csv('{tmp_path}/other.csv')",
        f"COPY award TO '{tmp_path}/out.csv'",
        f"ATTACH '{tmp_path}/out.db' AS other",
    ):
        with pytest.raises(duckdb.PermissionException):
            release.query(question)
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        release.query("SET enable_external_access = true")
    with pytest.raises(duckdb.Error):
        release.query("INSTALL httpfs")


def test_a_folder_with_a_quote_in_its_name_opens(golden_release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "it's here"
    shutil.copytree((golden_release / "current").resolve(), folder)
    opened = Release(folder)
    assert opened.one("SELECT count(*) AS awards FROM award") == {"awards": opened.manifest["counts"]["awards"]}


def test_threads_ask_at_once_and_each_gets_its_own_answer(release: Release) -> None:
    def ask(number: int) -> object:
        row = release.one("SELECT count(*) + $number AS answer FROM award, range(2000)", {"number": number})
        return row and row["answer"]

    with ThreadPoolExecutor(8) as threads:
        rows = 2000 * release.manifest["counts"]["awards"]
        assert list(threads.map(ask, range(64))) == [rows + number for number in range(64)]
