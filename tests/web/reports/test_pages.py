"""The pages of the reports: which there are, one to read within the site, its files, and what is told meanwhile."""

import io
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import resolve
from lxml import html as reader
from tests.conftest import DEFINITIONS
from tests.web.conftest import Show

from infracommons.insights.release import Release, Releases
from infracommons.reports.make import Order, make
from infracommons.web.reports import found, making, texts
from infracommons.web.reports.stock import Wanted

_STATE = "/reports/state_of_open_infrastructure"
_BRIEFING = "/reports/infrastructure_briefing"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of reports that were made, so that only tests of making make them."""
    return tmp_path_factory.mktemp("reports")


@pytest.fixture
def here(
    show: Show, golden_release: Path, stocked: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Client]:
    """The site over the golden release, whose reports are made within the test."""

    def within(release: Path, wanted: Wanted, out: Path) -> None:
        site = "" if wanted.form == making.PAGE else "https://example.org"
        order = Order(wanted.report, DEFINITIONS, release.parent, out, [wanted.form], release.name)
        make(Order(**{**order.__dict__, "infrastructure": wanted.infrastructure, "site": site}))

    settings.INFRACOMMONS_REPORTS = stocked
    monkeypatch.setattr(making, "make", within)
    monkeypatch.setattr(found, "_SECONDS", 120)
    making._stock.cache_clear()
    yield show(golden_release)
    making._stock.cache_clear()


@pytest.fixture
def golden(golden_release: Path) -> Release:
    return Releases(golden_release).current()


def _page(client: Client, path: str) -> reader.HtmlElement:
    response = client.get(path)
    assert response.status_code == 200
    return reader.fromstring(response.content)


def test_the_list_says_what_each_report_answers_and_leads_to_its_files(here: Client) -> None:
    page = _page(here, "/reports/")
    hrefs = {link.get("href") for link in page.iter("a")}
    assert {f"{_STATE}/", f"{_STATE}.html", f"{_STATE}.pdf", f"{_STATE}.docx"} <= hrefs
    assert f"{_BRIEFING}.pdf" not in hrefs
    assert "Infrastructure briefing" in page.text_content()


def test_a_report_is_read_within_the_site_and_its_links_stay_there(here: Client) -> None:
    page = _page(here, f"{_STATE}/")
    (report,) = page.find_class("report")
    paths = {link.get("data-path") for link in report.iter("a") if link.get("data-path")}
    assert {link.get("href") for link in report.iter("a") if link.get("data-path")} == paths
    assert len(page.xpath("//h1")) == 1
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_page_that_a_number_leads_to_is_there(here: Client) -> None:
    page = _page(here, f"{_STATE}/")
    (where,) = page.find_class("where")
    paths = [link.get("href") for link in where.iter("a")]
    assert len(paths) > 20
    for path in paths:
        assert resolve(path.partition("?")[0]).url_name
    for path in [path for path in paths if "/charts/" not in path]:
        assert here.get(path).status_code == 200, path


def test_a_page_keeps_the_policy_of_the_site(here: Client) -> None:
    response = here.get(f"{_STATE}/")
    body = response.content.decode()
    assert "style-src 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"<style|<script(?![^>]*src=)| style=| on[a-z]+=", body)


@pytest.mark.parametrize("form", ["html", "pdf", "docx"])
def test_files_are_sent_with_a_name_that_says_the_release(here: Client, golden: Release, form: str) -> None:
    response = here.get(f"{_BRIEFING}/arxiv.{form}")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file
    assert response.status_code == 200
    assert f"infrastructure_briefing_arxiv_{golden.release_id}.{form}" in response["Content-Disposition"]
    assert content.startswith({"html": b"<!DOCTYPE", "pdf": b"%PDF", "docx": b"PK"}[form])
    if form == "pdf":
        assert len(pypdfium2.PdfDocument(io.BytesIO(content).read())) == 2


def test_a_reader_who_has_the_report_is_told_that_nothing_changed(here: Client) -> None:
    first = here.get(f"{_BRIEFING}/arxiv/")
    assert here.get(f"{_BRIEFING}/arxiv/", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_reader_of_an_earlier_text_gets_the_new_one(here: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = here.get("/reports/")
    assert here.get("/reports/", headers={"If-None-Match": f'"other", W/{first["ETag"]}'}).status_code == 304
    monkeypatch.setattr(texts, "texts_version", lambda: "edited")
    assert here.get("/reports/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_an_edited_definition_is_another_text(settings: LazySettings, tmp_path: Path) -> None:
    settings.INFRACOMMONS_DEFINITIONS = tmp_path
    path = tmp_path / "reports" / "ours.md"
    path.parent.mkdir()
    path.write_text("One", encoding="utf-8")
    first = texts.texts_version()
    assert texts.texts_version() == first
    path.write_text("Other", encoding="utf-8")
    assert texts.texts_version() != first


def test_the_briefing_asks_which_infrastructure(here: Client) -> None:
    page = _page(here, f"{_BRIEFING}/")
    assert page.xpath("//label[@for='infrastructure']")
    assert here.get(f"{_BRIEFING}/?infrastructure=ArXiv")["Location"] == f"{_BRIEFING}/arxiv/"
    several = _page(here, f"{_BRIEFING}/?infrastructure=open")
    assert len([link for link in several.iter("a") if link.get("href").startswith(f"{_BRIEFING}/")]) > 1
    nothing = _page(here, f"{_BRIEFING}/?infrastructure=qqqqq")
    assert "has “qqqqq” in its name" in nothing.text_content()
    assert nothing.xpath("//input[@id='infrastructure']")[0].get("value") == "qqqqq"


@pytest.mark.parametrize(
    "path",
    [
        "/reports/no_such_report/",
        "/reports/no_such_report.pdf",
        f"{_STATE}.odt",
        f"{_STATE}.page",
        f"{_STATE}/arxiv/",
        f"{_BRIEFING}.pdf",
        f"{_BRIEFING}/no-such-thing/",
        f"{_BRIEFING}/no-such-thing.pdf",
        f"{_BRIEFING}/arxiv.exe",
        "/reports/..%2Fcatalogue/",
    ],
)
def test_what_is_not_there_is_not_found(here: Client, path: str) -> None:
    assert here.get(path).status_code == 404


def test_the_first_reader_is_told_that_it_is_being_made(
    here: Client, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INFRACOMMONS_REPORTS = tmp_path
    monkeypatch.setattr(found, "_SECONDS", 0.0)
    making._stock.cache_clear()
    response = here.get(f"{_BRIEFING}/zenodo/")
    assert response.status_code == 202
    assert "is being made" in response.content.decode()
    assert response["Retry-After"]
    monkeypatch.setattr(found, "_SECONDS", 60)
    made = here.get(f"{_BRIEFING}/zenodo/", headers={"If-None-Match": response["ETag"]})
    assert made.status_code == 200
    assert "is being made" not in made.content.decode()


def test_a_report_that_cannot_be_made_says_so(
    here: Client, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        message = "no space left"
        raise OSError(message)

    settings.INFRACOMMONS_REPORTS = tmp_path
    monkeypatch.setattr(making, "make", fails)
    making._stock.cache_clear()
    response = here.get(f"{_BRIEFING}/zenodo.pdf")
    assert response.status_code == 503
    assert "Making it failed" in response.content.decode()
    assert "no space left" not in response.content.decode()


def test_our_command_makes_the_file_in_a_process_of_its_own(golden_release: Path, tmp_path: Path) -> None:
    release = (golden_release / "current").resolve()
    making.make(release, Wanted("infrastructure_briefing", "zenodo", making.PAGE), tmp_path)
    page = json.loads((tmp_path / "infrastructure_briefing_zenodo.page").read_bytes())
    assert page["title"] == "Zenodo: a briefing"
    assert release.name in page["body"]
