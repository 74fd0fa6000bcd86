import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import lxml.html
import pytest
from django.test import Client

from infracommons.insights.release import Release

PAGES = [
    "/funding/",
    "/funding/awards/",
    "/funding/infrastructures/",
    "/funding/infrastructures/without-awards/",
    "/funding/funders/",
    "/funding/recipients/",
    "/funding/years/",
    "/funding/what-for/",
    "/funding/where/",
    "/funding/risk/",
    "/funding/reliance/",
    "/funding/records/",
    "/funding/exclusions/",
    "/funding/downloads/",
]
Rows = dict[str, list[dict[str, Any]]]


def page(site: Client, address: str) -> Any:
    response = site.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return lxml.html.fromstring(response.content.decode())


def links(document: Any, address: str) -> set[str]:
    found = {urldefrag(urljoin(address, a.get("href")))[0] for a in document.iter("a")}
    return {link for link in found if link.startswith("/funding/")}


_ONE = re.compile(r"^/funding/(awards|infrastructures|funders|organisations|charts|aggregates|totals)/[^/?.]+(?=[/.])")


@pytest.mark.django_db
def test_every_link_within_the_site_opens(site: Client) -> None:
    """Walks from the first page to every page and file that a reader can reach in three steps."""
    seen: set[str] = set()
    front = {"/funding/"}
    for _ in range(3):
        reached: set[str] = set()
        for address in sorted(front - seen):
            seen.add(address)
            response = site.get(address)
            assert response.status_code == 200, address
            if response["Content-Type"].startswith("text/html"):
                reached |= links(lxml.html.fromstring(response.content.decode()), address)
        # Rules, orders and files multiply what is one page: of each form of address two stand for all.
        forms: dict[str, list[str]] = {}
        for link in sorted(reached - seen):
            form = _ONE.sub(r"/funding/\1/one", re.sub(r"=[^&]*", "=", link))
            forms.setdefault(form, []).append(link)
        front = {link for group in forms.values() for link in group[:2]}
    assert len(seen) > 50


@pytest.mark.parametrize(
    "address",
    [
        *PAGES,
        "/funding/infrastructures/arxiv/",
        "/funding/funders/ror:021nxhr62/",
        "/funding/organisations/ror:021nxhr62/",
        "/funding/awards/?q=nothing+at+all",
        "/nowhere",
        "/funding/awards/?page=9",
    ],
)
def test_a_page_has_what_readers_and_their_tools_need(site: Client, address: str) -> None:
    document: Any = lxml.html.fromstring(site.get(address).content.decode())
    assert document.get("lang") == "en"
    assert len(document.findall(".//h1")) == 1
    assert next(document.iter("a")).get("href") == "#main", "the first link skips to the content"
    assert document.get_element_by_id("main").tag == "main"
    levels = [int(h.tag[1]) for h in document.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    for table in document.iter("table"):
        assert table.find("caption") is not None
        assert all(th.get("scope") in ("row", "col") for th in table.iter("th"))
        region = table.getparent()
        assert (region.get("tabindex"), region.get("role")) == ("0", "region")
        assert document.get_element_by_id(region.get("aria-labelledby")) is not None
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), "an id stands once"
    labelled = {label.get("for") for label in document.iter("label")}
    for control in document.iter("input", "select"):
        wrapped = any(ancestor.tag == "label" for ancestor in control.iterancestors())
        assert control.get("type") == "hidden" or wrapped or control.get("id") in labelled


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_no_inline_script_or_style(site: Client, address: str) -> None:
    document = page(site, address)
    assert all(script.get("src") and not script.text for script in document.iter("script"))
    assert not list(document.iter("style"))
    for element in document.iter():
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_the_first_page_says_the_number_and_its_rule_and_adds_up(site: Client, golden: Release) -> None:
    text = " ".join(page(site, "/funding/").text_content().split())
    million = float(golden.manifest["totals_usd"]["unique_awards"]) / 1e6
    awards = golden.manifest["counts"]["awards_in_totals"]
    assert awards > 1
    assert f"USD {million:.3g} million in {awards} awards to open infrastructure" in text
    assert "counted by equal split" in text
    assert golden.release_id in text
    counts = golden.manifest["counts"]
    parts = [counts[name] for name in ("canonical", "duplicate", "instalment", "excluded")]
    shown = [
        int(n.text_content().replace(",", ""))
        for n in page(site, "/funding/").iterfind(".//ul[@class='sum']//*[@class='n']")
    ]
    assert shown == [counts["records_in"], *parts]
    assert shown[0] == sum(shown[1:])
    assert "does not add up" not in text


def test_each_part_of_the_account_opens_to_as_many_rows(site: Client) -> None:
    for number in page(site, "/funding/").iterfind(".//ul[@class='sum']//a"):
        heading = page(site, number.get("href")).findtext(".//h1")
        assert heading.split()[0] == number.text_content(), number.get("href")


@pytest.mark.parametrize(
    "address",
    [
        "/funding/",
        "/funding/funders/",
        "/funding/recipients/",
        "/funding/infrastructures/",
        "/funding/years/",
        "/funding/infrastructures/zenodo/",
        "/funding/funders/ror:021nxhr62/?rule=full",
    ],
)
def test_a_count_of_awards_opens_to_as_many_awards(site: Client, address: str) -> None:
    followed: dict[str, int] = {}
    for link in page(site, address).iterfind(".//tbody/tr//a"):
        number = (link.text or "").strip().replace(",", "")
        if link.get("href").startswith("/funding/awards/?") and number.isdigit():
            followed.setdefault(link.get("href"), int(number))
    for href, number in list(followed.items())[:25]:
        assert len(page(site, href).xpath("//table[caption/@id='awards']/tbody/tr")) == number, href
    assert followed


def test_an_award_shows_its_evidence(site: Client, golden: Release) -> None:
    for row in golden.query("SELECT award_id FROM award"):
        document = page(site, f"/funding/awards/{row['award_id']}/")
        text = document.text_content()
        marked = {mark.text_content() for mark in document.iter("mark")}
        found = golden.query(
            "SELECT text, rule, raw_file, raw_sha256 FROM mention JOIN award_record USING (record_id) "
            "WHERE award_id = $id",
            {"id": row["award_id"]},
        )
        for mention in found:
            assert any(mention["text"] in mark or mark in mention["text"] for mark in marked)
            assert mention["rule"] in text
            assert mention["raw_file"] in text
            assert mention["raw_sha256"] in text
        supports = golden.query("SELECT reason FROM support WHERE award_id = $id", {"id": row["award_id"]})
        assert all(" ".join(support["reason"].split()) in " ".join(text.split()) for support in supports)


def test_a_converted_amount_says_rate_and_day(shown_rows: Callable[[Rows], Client], many: Callable[..., Rows]) -> None:
    from datetime import date  # noqa: PLC0415 - two values of one test
    from decimal import Decimal  # noqa: PLC0415

    converted = {"currency": "EUR", "fx_rate": Decimal("1.125000000000"), "fx_date": date(2020, 1, 2)}
    text = page(shown_rows(many(1, **converted)), "/funding/awards/award-0000/").text_content()
    assert "USD 10.00, at 1.125 US dollars for 1 EUR" in text
    assert "2 January 2020" in text


def test_what_is_unknown_is_called_unknown(shown_rows: Callable[[Rows], Client], many: Callable[..., Rows]) -> None:
    blank = dict.fromkeys(
        ("title", "start_date", "award_year", "amount", "currency", "amount_usd", "funder_organisation_id")
    )
    rows = many(1, **blank, amount_status="unknown") | {"attribution": []}
    site = shown_rows(rows)
    for address in (
        "/funding/awards/",
        "/funding/awards/award-0000/",
        "/funding/years/",
        "/funding/infrastructures/zenodo/",
        "/funding/funders/",
    ):
        text = page(site, address).text_content()
        assert "unknown" in text, address
        assert "None" not in text, address
    assert "1 has no known amount" in page(site, "/funding/awards/").text_content()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/funding/awards/award-none/", "This release has no award “award-none”."),
        ("/funding/infrastructures/nowhere/", "The catalogue has no infrastructure “nowhere”."),
        ("/funding/organisations/org:nobody/", "This release has no organisation “org:nobody”."),
        ("/funding/funders/org:nobody/", "No award of this release names a funder “org:nobody”."),
        ("/funding/downloads/secrets.csv", "There is no table “secrets” in a release."),
        ("/funding/awards.pdf", "There is no download as “pdf”; there are csv, jsonl, parquet, xlsx."),
        ("/funding/totals/rule.csv", "There are totals by infrastructure, funder, year; not by “rule”."),
        ("/nowhere", "The address may be mistyped"),
    ],
)
def test_an_unknown_id_is_404_and_says_what_is_not_there(site: Client, address: str, said: str) -> None:
    response = site.get(address)
    assert response.status_code == 404
    assert said in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/funding/awards/",
        "/funding/funders/",
        "/funding/recipients/",
        "/funding/infrastructures/",
        "/funding/infrastructures/without-awards/",
        "/funding/records/",
        "/funding/exclusions/",
    ],
)
def test_a_page_beyond_the_end_says_where_the_end_is(site: Client, address: str) -> None:
    response = site.get(address, {"page": "99"})
    assert response.status_code == 404
    document: Any = lxml.html.fromstring(response.content.decode())
    assert "There is no page 99" in document.text_content()
    (end,) = (a.get("href") for a in document.iter("a") if re.match(r"page \d", a.text_content()))
    assert site.get(urljoin(address, end)).status_code == 200


def test_a_list_without_rows_offers_to_leave_out_each_filter(site: Client) -> None:
    document = page(site, "/funding/awards/?q=zzzz&infrastructure=zenodo")
    offered = [a.get("href") for a in document.iter("a") if a.text_content().startswith("Leave out")]
    assert offered == ["/funding/awards/?infrastructure=zenodo", "/funding/awards/?q=zzzz"]


@pytest.mark.parametrize(
    "address",
    [
        "/funding/awards/",
        "/funding/funders/",
        "/funding/infrastructures/",
        "/funding/recipients/",
        "/funding/infrastructures/zenodo/",
        "/funding/organisations/org:0/",
        "/funding/what-for/",
        "/funding/where/",
        "/funding/risk/",
        "/funding/years/",
        "/funding/",
        "/funding/awards/award-0000/",
    ],
)
def test_the_number_of_questions_does_not_grow_with_the_rows(
    address: str,
    shown_rows: Callable[[Rows], Client],
    many: Callable[..., Rows],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    asked: list[str] = []
    ask = Release._ask

    def counting(self: Release, question: str, *more: Any, **named: Any) -> Any:
        asked.append(question)
        return ask(self, question, *more, **named)

    monkeypatch.setattr(Release, "_ask", counting)
    numbers = []
    for rows in (1, 40):
        asked.clear()
        page(shown_rows(many(rows)), address)
        numbers.append(len(asked))
        (tmp_path / "releases").rename(tmp_path / f"done-{rows}")
    assert numbers[0] == numbers[1] > 0


def test_many_awards_are_walked_page_by_page_without_loss(
    shown_rows: Callable[[Rows], Client], many: Callable[..., Rows]
) -> None:
    site = shown_rows(many(120))
    address, titles = "/funding/awards/?infrastructure=zenodo&sort=title", []
    while address:
        document = page(site, address)
        titles += [th.text_content().strip() for th in document.xpath("//table[caption/@id='awards']/tbody//th")]
        after = document.xpath("//a[@rel='next']/@href")
        address = after[0] if after else ""
    assert sorted(titles) == sorted(f"Title {n}" for n in range(120))
