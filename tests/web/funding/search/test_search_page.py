from typing import Any
from urllib.parse import quote

import lxml.html
import pytest
from django.test import Client

from infracommons.insights.aggregates import SIDES


def page(site: Client, address: str) -> Any:
    response = site.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return lxml.html.fromstring(response.content.decode())


def text(document: Any) -> str:
    return " ".join(document.text_content().split())


def test_words_are_marked_where_they_stand(site: Client) -> None:
    document = page(site, "/funding/awards/?q=preprints&decision=any")
    marks = [mark.text_content().lower() for mark in document.iter("mark")]
    assert set(marks) <= {"preprint", "preprints"}
    assert all(row.findall(".//mark") for row in document.iterfind(".//tbody/tr"))


def test_a_match_outside_title_and_description_names_its_field(site: Client) -> None:
    document = page(site, "/funding/awards/?q=360g*&decision=any")
    assert "Award number: 360G-" in text(document)


def test_markup_in_a_search_is_shown_as_text(site: Client) -> None:
    content = site.get("/funding/awards/?q=" + quote("colour:<script>alert(1)</script>")).content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;" in content


@pytest.mark.parametrize(("q", "reason"), [("colour:red open", "there is no field"), ("open OR", "one is missing")])
def test_what_cannot_be_used_is_told_and_the_rest_still_runs(site: Client, q: str, reason: str) -> None:
    document = page(site, f"/funding/awards/?q={quote(q)}&decision=any")
    assert reason in text(document)
    assert document.findall(".//tbody/tr")


def test_where_nothing_of_a_search_can_be_used_the_page_is_of_all_awards_and_says_so(site: Client) -> None:
    document = page(site, "/funding/awards/?q=colour:red")
    assert "Nothing of what you typed could be used" in text(document)
    assert text(document.find(".//h1")) == "Awards that support open infrastructure"


def test_a_page_without_awards_offers_no_files_of_none(site: Client) -> None:
    empty = page(site, "/funding/awards/?q=qqqqq")
    assert "No award matches" in text(empty)
    assert "Download these awards" not in text(empty)
    assert "Download these awards" in text(page(site, "/funding/awards/"))


def test_another_spelling_is_offered_where_nothing_is_found(site: Client) -> None:
    document = page(site, "/funding/awards/?q=prepritns&decision=any")
    assert "Did you mean preprints?" in text(document)
    (link,) = (one for one in document.iter("a") if one.text_content() == "preprints")
    assert page(site, link.get("href")).findall(".//tbody/tr")


def test_a_search_is_in_the_order_of_the_best_match_unless_told_otherwise(site: Client) -> None:
    assert "best match first" in text(page(site, "/funding/awards/?q=zenodo&decision=any"))
    assert "newest first" in text(page(site, "/funding/awards/?q=zenodo&decision=any&sort=newest"))
    assert "newest first" in text(page(site, "/funding/awards/"))


def test_the_page_links_its_help_its_feeds_and_its_totals(site: Client) -> None:
    document = page(site, "/funding/awards/?q=open&decision=any")
    links = [one.get("href") for one in document.iter("a")]
    assert "/funding/awards/help/" in links
    for name in ("atom", "feed.json"):
        assert f"/funding/awards.{name}?q=open&decision=any" in links
    alternates = {one.get("type") for one in document.iter("link") if one.get("rel") == "alternate"}
    assert {"application/atom+xml", "application/feed+json"} <= alternates
    for by in SIDES:
        assert f"/funding/aggregates/{by}.csv?q=open&decision=any" in links
