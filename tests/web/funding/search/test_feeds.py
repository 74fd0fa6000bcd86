from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import rows_from
from infracommons.insights.release import Release
from infracommons.web.funding.search.feeds import MOST

ATOM = "{http://www.w3.org/2005/Atom}"


def atom(site: Client, query: str = "") -> Any:
    response = site.get(f"/funding/awards.atom{query}")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(response.content)


def test_a_feed_has_the_newest_awards_of_the_search(site: Client, golden: Release) -> None:
    rows = rows_from(golden, AwardFilters(q="open", decision="any", sort="newest"), start=0, rows=MOST)
    entries = atom(site, "?q=open&decision=any").findall(f"{ATOM}entry")
    links = [entry.find(f"{ATOM}link").get("href") for entry in entries]
    assert links == [f"http://testserver/funding/awards/{row['award_id']}/" for row in rows] != []
    published = [entry.findtext(f"{ATOM}published") for entry in entries]
    assert published == sorted(published, reverse=True)


def test_the_order_and_the_page_of_the_address_do_not_change_a_feed(site: Client) -> None:
    plain = [entry.findtext(f"{ATOM}id") for entry in atom(site, "?decision=any").findall(f"{ATOM}entry")]
    other = [
        entry.findtext(f"{ATOM}id") for entry in atom(site, "?decision=any&sort=title&page=2").findall(f"{ATOM}entry")
    ]
    assert plain == other
    assert len(set(plain)) == len(plain) > 1


def test_a_feed_is_as_old_as_its_release_and_ids_do_not_depend_on_it(site: Client, golden: Release) -> None:
    feed = atom(site)
    made_at = datetime.fromisoformat(golden.manifest["made_at"])
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == made_at
    for entry in feed.findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) <= made_at


def test_a_feed_claims_no_licence_for_what_others_published(site: Client) -> None:
    feed = atom(site)
    assert feed.find(f"{ATOM}rights") is None
    assert all("Licence: " in entry.findtext(f"{ATOM}content") for entry in feed.findall(f"{ATOM}entry"))


def test_both_forms_tell_the_same(site: Client) -> None:
    told = site.get("/funding/awards.feed.json?q=zenodo&decision=any").json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["home_page_url"] == "http://testserver/funding/awards/?q=zenodo&decision=any"
    entries = atom(site, "?q=zenodo&decision=any").findall(f"{ATOM}entry")
    assert [item["id"] for item in told["items"]] == [entry.findtext(f"{ATOM}id") for entry in entries] != []


@pytest.mark.parametrize(("address", "status"), [("awards.atom?year_from=x", 400), ("awards.rss", 404)])
def test_what_cannot_be_read_or_is_not_there_is_told(site: Client, address: str, status: int) -> None:
    assert site.get(f"/funding/{address}").status_code == status


def test_a_search_without_a_match_is_an_empty_feed(site: Client) -> None:
    assert atom(site, "?q=xqzzkvw").findall(f"{ATOM}entry") == []
