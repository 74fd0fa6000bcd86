"""What a supervisor asks: does the process run, and can it answer readers."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client

Show = Callable[[Path], Client]


def test_a_process_that_runs_says_so_without_asking_anything(client: Client) -> None:
    answer = client.get("/livez")  # the test has no database: asking it would fail
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.django_db
def test_a_site_that_can_answer_names_its_release(site: Client, golden_release: Path) -> None:
    answer = site.get("/readyz")
    manifest = json.loads((golden_release / "current" / "release.json").read_bytes())
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "release": manifest["release"]}
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.django_db
def test_before_the_first_release_the_site_is_ready(show: Show, tmp_path: Path) -> None:
    answer = show(tmp_path).get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "release": "none yet"})


@pytest.mark.django_db
def test_a_release_that_cannot_be_read_is_told_without_paths(show: Show, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    (tmp_path / "current").symlink_to("gone")
    answer = show(tmp_path).get("/readyz")
    assert (answer.status_code, answer.json()["release"]) == (503, "cannot be read")
    assert str(tmp_path) not in answer.content.decode()


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_told_without_its_cause(
    site: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        message = "password of somebody"
        raise OperationalError(message)

    monkeypatch.setattr(connection, "cursor", fails)
    answer = site.get("/readyz")
    monkeypatch.undo()
    assert (answer.status_code, answer.json()["database"]) == (503, "cannot be read")
    assert "password" not in answer.content.decode()


def test_health_can_only_be_read(client: Client) -> None:
    assert client.post("/livez").status_code == 405
    assert client.post("/readyz").status_code == 405
