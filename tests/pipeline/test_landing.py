"""What lands in the raw folder is whole, named for good, and never written over."""

import os
from pathlib import Path

import pytest

from infracommons.pipeline.landing import copy, land, raw_name
from infracommons.vocabulary.problems import UnusableInputError


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("gtr core.jsonl.gz", "gtr-core_2021-02-17_abababababab.jsonl.gz"),
        ("nsf_2020.zip", "nsf_2020_2021-02-17_abababababab.zip"),
        ("jsmf.org_grants.csv", "jsmf.org_grants_2021-02-17_abababababab.csv"),
        (";rm -rf.csv", "rm--rf_2021-02-17_abababababab.csv"),
        ("noending", "noending_2021-02-17_abababababab"),
    ],
)
def test_a_name_holds_subject_day_and_version_and_keeps_the_ending(given: str, kept: str, tmp_path: Path) -> None:
    path = tmp_path / given
    path.write_bytes(b"x")
    os.utime(path, (1_613_561_858, 1_613_561_858))
    assert raw_name(path, "ab" * 32) == kept


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    target = tmp_path / "page.json"
    land(target, [b"first"])
    with pytest.raises(UnusableInputError, match="exists and is not overwritten"):
        land(target, [b"second"])
    assert target.read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["page.json"]


def test_a_file_system_without_hard_links_is_served_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_source: Path, _target: Path) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("infracommons.pipeline.landing.os.link", no_links)
    land(tmp_path / "page.json", [b"first"])
    assert [path.name for path in tmp_path.iterdir()] == ["page.json"]
    with pytest.raises(UnusableInputError, match="exists and is not overwritten"):
        land(tmp_path / "page.json", [b"second"])
    assert (tmp_path / "page.json").read_bytes() == b"first"


def test_a_file_that_changes_while_it_is_read_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "grants.csv"
    path.write_bytes(b"now")
    monkeypatch.setattr("infracommons.pipeline.landing.sha256", lambda _: "0" * 64)
    with pytest.raises(UnusableInputError, match="changed while it was read"):
        copy(path, tmp_path / "raw")
    assert list((tmp_path / "raw").iterdir()) == []
