"""The command writes reports and says which files and over which release, or what is wrong."""

import json
from pathlib import Path

import pytest
from tests.conftest import DEFINITIONS
from typer.testing import CliRunner

from infracommons.cli import app
from infracommons.insights.release import Release
from infracommons.reports.problems import ReportError


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INFRACOMMONS_DEFINITIONS", str(DEFINITIONS))


def test_the_command_writes_each_format_and_says_so(golden_release: Path, release: Release, tmp_path: Path) -> None:
    formats = ["--format", "html", "--format", "md", "--format", "html"]
    about = ["--infrastructure", "zenodo", "--releases", str(golden_release), "--definitions", str(DEFINITIONS)]
    command = ["report", "infrastructure_briefing", *formats, *about, "--out", str(tmp_path), "--json"]
    answer = CliRunner().invoke(app, command)
    said = json.loads(answer.stdout)
    assert said["release"] == release.release_id
    files = [Path(file) for file in said["files"]]
    assert {file.suffix for file in files} <= {".html", ".md", ".png"}
    assert all(file.stat().st_size for file in files)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == set(files)


def test_a_report_that_fails_leaves_the_files_of_before(golden_release: Path, tmp_path: Path) -> None:
    kept = tmp_path / "infrastructure_briefing_zenodo.html"
    kept.write_text("before", encoding="utf-8")
    about = ["--releases", str(golden_release), "--definitions", str(DEFINITIONS), "--out", str(tmp_path)]
    answer = CliRunner().invoke(app, ["report", "infrastructure_briefing", "--infrastructure", "zenodoo", *about])
    assert isinstance(answer.exception, ReportError)
    assert [path.name for path in tmp_path.iterdir()] == [kept.name]
    assert kept.read_text("utf-8") == "before"
