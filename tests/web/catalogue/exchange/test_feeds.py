"""Feeds of a profile and of a search: valid, newest first, nothing private, the same entries in both forms."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.exchange.feeds import entries as feed_entries
from infracommons.web.catalogue.exchange.feeds.formats import ATOM
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.models import Change, Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
BY = Author(AuthorKind.CURATOR, "a test")
NS = {"a": ATOM}


def atom(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200
    return etree.fromstring(response.content)


@pytest.fixture
def changed(rich: Infrastructure) -> Infrastructure:
    append_claims(rich, [ClaimInput("launched", 2012), ClaimInput("contact_email", "mailto:bea@example.org")], by=BY)
    append_claims(rich, [ClaimInput("contact_email", "mailto:cleo@example.org")], by=BY)
    return rich


@pytest.mark.parametrize("path", ["/infrastructures/example-archive.atom", "/infrastructures.atom"])
def test_atom_has_what_the_standard_asks_for(client: Client, changed: Infrastructure, path: str) -> None:
    feed = atom(client, path)
    assert changed.pk
    assert feed.findtext("a:id", namespaces=NS) == f"http://testserver{path}"
    assert feed.find("a:link[@rel='self']", NS).get("href") == f"http://testserver{path}"
    assert feed.findtext("a:author/a:name", namespaces=NS)
    updated = [
        datetime.fromisoformat(entry.findtext("a:updated", namespaces=NS)) for entry in feed.findall("a:entry", NS)
    ]
    assert updated == sorted(updated, reverse=True)
    assert datetime.fromisoformat(feed.findtext("a:updated", namespaces=NS)) == updated[0]
    ids = [entry.findtext("a:id", namespaces=NS) for entry in feed.findall("a:entry", NS)]
    assert len(set(ids)) == len(ids) == Change.objects.count() - 1 if path == "/infrastructures.atom" else 2
    assert all(one.startswith("urn:uuid:") for one in ids)
    assert all(entry.find("a:link[@rel='alternate']", NS) is not None for entry in feed.findall("a:entry", NS))


def test_an_entry_says_what_was_claimed_and_leaves_private_fields_out(client: Client, changed: Infrastructure) -> None:
    feed = atom(client, f"/infrastructures/{changed.infrastructure_id}.atom")
    newest = feed.find("a:entry", NS)
    assert newest.findtext("a:title", namespaces=NS) == "Example Archive: Claims added: Launched"
    assert newest.findtext("a:content", namespaces=NS) == "Launched: 2012"
    assert newest.findtext("a:author/a:name", namespaces=NS) == "A curator"
    assert "@example.org" not in etree.tostring(feed).decode()


def test_both_forms_tell_the_same(client: Client, changed: Infrastructure) -> None:
    told = json.loads(client.get("/infrastructures/example-archive.feed.json").content)
    feed = atom(client, "/infrastructures/example-archive.atom")
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert told["feed_url"] == "http://testserver/infrastructures/example-archive.feed.json"
    assert [item["id"] for item in told["items"]] == [
        entry.findtext("a:id", namespaces=NS) for entry in feed.findall("a:entry", NS)
    ]
    assert all(item["content_text"] and item["url"] and item["date_published"] for item in told["items"])
    assert changed.pk


def test_text_that_xml_cannot_hold_is_left_out(client: Client, rich: Infrastructure) -> None:
    append_claims(rich, [ClaimInput("fiscal_host", "A\ufffe & <b>\U0001f600")], by=BY)
    feed = atom(client, "/infrastructures/example-archive.atom")
    assert feed.find("a:entry", NS).findtext("a:content", namespaces=NS) == "Fiscal host: A & <b>\U0001f600"


def test_a_search_feed_tells_only_of_its_matches(
    client: Client, changed: Infrastructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(client.get("/infrastructures.feed.json?country=FR").content)
    assert {item["url"] for item in told["items"]} == {"http://testserver/infrastructures/example-archive/"}
    monkeypatch.setattr(feed_entries, "_MOST_NAMED_IN_QUERY", 0)  # the way of a search with very many matches
    assert json.loads(client.get("/infrastructures.feed.json?country=FR").content) == told
    assert changed.pk


def test_a_search_without_matches_has_an_empty_feed(client: Client, changed: Infrastructure) -> None:
    feed = atom(client, "/infrastructures.atom?q=zzzzqqqq")
    assert feed.findall("a:entry", NS) == []
    assert feed.findtext("a:updated", namespaces=NS)
    assert changed.pk
