"""Headers, conditional requests, and the answers when there is nothing to show or something breaks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from infracommons.web.shared import published
from infracommons.web.shared.code_version import code_version

Show = Callable[[Path], Client]


@pytest.mark.parametrize(
    "address",
    [
        "/funding/",
        "/funding/awards/?rule=full",
        "/funding/awards.csv",
        "/funding/downloads/award.parquet",
        "/funding/downloads/datapackage.json",
    ],
)
def test_a_reader_who_has_the_page_gets_304_and_nothing_else(site: Client, address: str) -> None:
    first = site.get(address)
    assert first["ETag"]
    assert "no-cache" in first["Cache-Control"]
    again = site.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert site.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_the_tag_changes_with_address_code_and_release(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tag = site.get("/funding/awards/")["ETag"]
    assert site.get("/funding/awards/?rule=full")["ETag"] != tag
    assert site.get("/funding/awards/")["ETag"] == tag
    monkeypatch.setattr(published, "code_version", lambda: "other")
    assert site.get("/funding/awards/")["ETag"] != tag
    monkeypatch.undo()
    monkeypatch.setattr(published.releases().current(), "release_id", "other")
    assert site.get("/funding/awards/")["ETag"] != tag


def test_a_refused_address_is_not_taken_for_the_page(site: Client) -> None:
    bad = site.get("/funding/awards/?page=x")
    assert bad.status_code == 400
    assert site.get("/funding/awards/", headers={"if-none-match": bad["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/funding/",
        "/funding/awards/",
        "/funding/infrastructures/arxiv/",
        "/funding/awards.csv",
        "/funding/downloads/award.csv",
    ],
)
def test_without_a_release_every_page_is_503_and_says_what_to_do(show: Show, tmp_path: Path, address: str) -> None:
    response = show(tmp_path).get(address)
    assert response.status_code == 503
    assert "infracommons release" in response.content.decode()
    assert str(tmp_path) not in response.content.decode(), "paths of the machine stay in its log"
    assert response["Cache-Control"] == "no-store"
    assert response["Retry-After"]


def test_the_first_release_is_shown_without_a_restart(show: Show, tmp_path: Path, golden_release: Path) -> None:
    site = show(tmp_path)
    assert site.get("/funding/").status_code == 503
    (tmp_path / "current").symlink_to((golden_release / "current").resolve())
    assert site.get("/funding/").status_code == 200


@pytest.mark.parametrize(
    "address", ["/funding/", "/nowhere", "/funding/awards/?page=x", "/static/shared/style.css", "/funding/awards.csv"]
)
def test_every_answer_has_the_headers_that_protect_its_reader(site: Client, address: str) -> None:
    response = site.get(address)
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


def test_a_fault_of_ours_is_a_page_without_its_cause(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        message = "a secret cause"
        raise RuntimeError(message)

    monkeypatch.setattr(published, "releases", broken)
    site.raise_request_exception = False
    response = site.get("/funding/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.content.decode()
    assert "secret" not in response.content.decode()


def test_a_host_that_is_not_ours_is_refused(site: Client) -> None:
    assert site.get("/funding/", headers={"host": "elsewhere.example"}).status_code == 400


def test_nothing_is_set_in_the_readers_browser(site: Client) -> None:
    assert not site.get("/funding/awards/?q=open").cookies


def test_the_first_page_is_small(site: Client) -> None:
    files = ["/funding/", "/static/shared/style.css", "/static/shared/page.js", "/static/shared/mark.svg"]
    sizes = 0
    for file in files:
        response = site.get(file, headers={"accept-encoding": "gzip"})
        assert response.status_code == 200
        sizes += len(b"".join(response.streaming_content) if response.streaming else response.content)  # type: ignore[attr-defined]
    assert sizes < 100_000


def test_the_code_version_is_stable_within_a_process() -> None:
    assert code_version() == code_version()
    assert code_version().startswith("0.")
