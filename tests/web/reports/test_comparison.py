"""The page of a report over two releases, and its files."""

import csv
import io
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.test import Client
from lxml import html as reader
from tests.conftest import DEFINITIONS
from tests.insights.edited import Edited, edited_releases
from tests.web.conftest import Show

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release
from infracommons.insights.releases import stored_releases
from infracommons.reports.make import Order, make
from infracommons.reports.queries import QUERIES
from infracommons.web.reports import found, making
from infracommons.web.reports.stock import Wanted

_STATE = "/reports/state_of_open_infrastructure"
_BRIEFING = "/reports/infrastructure_briefing"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def compared_stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compared")


@pytest.fixture(scope="session")
def edited(golden_raw: Path, golden_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Edited:
    return edited_releases(golden_raw, golden_release, tmp_path_factory.getbasetemp())


@pytest.fixture
def kept(
    show: Show, edited: Edited, compared_stock: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> Client:
    """The site over three releases, whose reports are made within the test."""

    def within(release: Path, wanted: Wanted, out: Path) -> None:
        make(
            Order(
                wanted.report, DEFINITIONS, release.parent, out, [wanted.form], release.name, wanted.infrastructure,
                site="",
            )
        )  # fmt: skip

    settings.INFRACOMMONS_REPORTS = compared_stock
    monkeypatch.setattr(making, "make", within)
    monkeypatch.setattr(found, "_SECONDS", 120)
    making._stock.cache_clear()
    return show(edited.folder)


@pytest.fixture
def newest(edited: Edited) -> tuple[Release, Release]:
    """The last two releases, the older one first."""
    after, before = stored_releases(edited.folder)[:2]
    return Release(before.folder), Release(after.folder)


def _query(two: tuple[Release, Release], **more: str) -> str:
    return urlencode({"before": two[0].release_id, "after": two[1].release_id, **more})


def _rows(client: Client, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # a file
    return list(csv.DictReader(io.StringIO(text)))


def _page(client: Client, path: str) -> reader.HtmlElement:
    return reader.fromstring(client.get(path).content)


def _charts_in_findings(page: reader.HtmlElement) -> list[str]:
    (findings,) = page.find_class("findings")
    hrefs = [link.get("href") or "" for link in findings.iter("a")]
    return [href for href in hrefs if href.startswith("/funding/charts/")]


def test_without_releases_named_the_newest_two_are_compared(kept: Client, newest: tuple[Release, Release]) -> None:
    response = kept.get(f"{_STATE}/compare")
    assert response.status_code == 302
    assert response["Location"] == f"{_STATE}/compare?{_query(newest)}"


def test_each_number_of_the_file_is_the_number_of_its_release(kept: Client, newest: tuple[Release, Release]) -> None:
    rows = _rows(kept, f"{_STATE}/compare/numbers.csv?{_query(newest)}")
    (told,) = (row for row in rows if row["number"] == "total.counted_usd" and row["path"] == "/funding/awards/")
    was, now = (QUERIES["total"].ask(release, AwardFilters())["counted_usd"] for release in newest)
    assert was != now
    assert (Decimal(told["before_value"]), Decimal(told["after_value"])) == (was, now)
    assert Decimal(told["change"]) == now - was
    assert Decimal(told["percent"]) == ((now - was) / was * 100).quantize(Decimal("0.0001"))


def test_the_page_counts_what_the_file_has(kept: Client, newest: tuple[Release, Release]) -> None:
    page = _page(kept, f"{_STATE}/compare?{_query(newest)}")
    said = {" ".join(link.text_content().split()) for link in page.iter("a")}
    for what, words in (("moved", "Moved"), ("came", "New"), ("went", "Gone")):
        rows = _rows(kept, f"{_STATE}/compare/numbers.csv?{_query(newest, what=what)}")
        assert (f"{words}: {len(rows):,}" in said) is bool(rows)
        assert {row["what"] for row in rows} <= {what}
    whole = _rows(kept, f"{_STATE}/compare/numbers.csv?{_query(newest)}")
    (caption,) = page.iter("caption")
    assert f"of {len(whole):,}" in caption.text_content()


def test_the_other_way_round_every_change_has_the_other_sign(kept: Client, newest: tuple[Release, Release]) -> None:
    there = _rows(kept, f"{_STATE}/compare/numbers.csv?{_query(newest, what='moved')}")
    back = _rows(kept, f"{_STATE}/compare/numbers.csv?{_query((newest[1], newest[0]), what='moved')}")
    changes = {(row["part"], row["number"]): row["change"] for row in there if not row["row"]}
    assert changes
    for row in back:
        if not row["row"] and row["change"]:
            assert Decimal(changes[row["part"], row["number"]]) == -Decimal(row["change"])


def test_a_release_compared_with_itself_has_nothing_different(kept: Client, newest: tuple[Release, Release]) -> None:
    page = kept.get(f"{_STATE}/compare?{_query((newest[1], newest[1]))}").content.decode()
    assert "No number of the report is different" in page
    assert "Each exhibit says the same in both" in page


def test_charts_are_linked_where_one_of_the_two_is_the_current_release(
    kept: Client, newest: tuple[Release, Release], edited: Edited
) -> None:
    assert _charts_in_findings(_page(kept, f"{_STATE}/compare?{_query(newest)}"))
    oldest = Release(stored_releases(edited.folder)[2].folder)
    other = _page(kept, f"{_STATE}/compare?{_query((oldest, newest[0]))}")
    assert not _charts_in_findings(other)
    assert "which is neither of the two" in other.text_content()


def test_a_part_of_the_report_can_be_shown_alone(kept: Client, newest: tuple[Release, Release]) -> None:
    rows = _rows(kept, f"{_STATE}/compare/numbers.csv?{_query(newest, part='Money by year')}")
    assert rows
    assert {row["part"] for row in rows} == {"Money by year"}


def test_a_briefing_is_compared_too(kept: Client, newest: tuple[Release, Release]) -> None:
    response = kept.get(f"{_BRIEFING}/arxiv/compare?{_query(newest)}")
    assert response.status_code == 200
    assert f'href="{_BRIEFING}/arxiv/"' in response.content.decode()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/reports/no_such_report/compare", 404),
        (f"{_BRIEFING}/compare", 404),
        (f"{_STATE}/arxiv/compare", 404),
        (f"{_STATE}/compare?before=nothing&after=nothing", 400),
        (f"{_STATE}/compare?before=../..&after=x", 400),
        (f"{_STATE}/compare?what=flew", 400),
        (f"{_STATE}/compare?page=0", 400),
        (f"{_STATE}/compare?other=1", 400),
        (f"{_STATE}/compare/numbers.exe", 404),
        (f"{_STATE}/compare/numbers.csv", 400),
    ],
)
def test_what_cannot_be_compared_is_refused_in_words(kept: Client, path: str, status: int) -> None:
    response = kept.get(path)
    assert response.status_code == status
    assert "<h1" in response.content.decode()


def test_what_the_two_reports_lack_is_refused_in_words(kept: Client, newest: tuple[Release, Release]) -> None:
    assert kept.get(f"{_STATE}/compare?{_query(newest, part='No such part')}").status_code == 400
    assert kept.get(f"{_STATE}/compare?{_query(newest, page='9999')}").status_code == 404
    missing = kept.get(f"{_BRIEFING}/no-such-thing/compare?{_query(newest)}")
    assert missing.status_code == 404
    assert "has no infrastructure “no-such-thing”" in missing.content.decode()


def test_with_one_release_the_page_says_that_there_is_nothing_to_compare(show: Show, golden_release: Path) -> None:
    response = show(golden_release).get(f"{_STATE}/compare")
    assert response.status_code == 200
    assert "only one release is kept" in response.content.decode()


def test_report_and_difference_lead_here(kept: Client, newest: tuple[Release, Release]) -> None:
    difference = kept.get(f"/funding/releases/{newest[0].release_id}/{newest[1].release_id}/").content.decode()
    assert f'href="{_STATE}/compare?{_query(newest).replace("&", "&amp;")}"' in difference
    assert f'href="{_BRIEFING}/arxiv/compare"' in kept.get(f"{_BRIEFING}/arxiv/").content.decode()
