"""Files of the policies: the same rows as the page, whole, under their licence."""

import csv
import io
import json
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.test import Client
from lxml import etree

from infracommons.web.catalogue.exchange.feeds.formats import ATOM
from infracommons.web.shared.policies import policies_in_use

pytestmark = pytest.mark.django_db
ASKED = ["", "?region=europe&kind=funder_policy", "?in_force_on=2022-01-01", "?region=africa&kind=law"]


def body(client: Client, path: str) -> bytes:
    response: Any = client.get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("asked", ASKED)
def test_every_form_has_the_policies_that_the_page_lists(client: Client, asked: str) -> None:
    page = client.get(f"/policies/{asked}").content.decode()
    table = list(csv.DictReader(io.StringIO(body(client, f"/policies/policies.csv{asked}").decode())))
    codes = [row["policy_id"] for row in table]
    lines = [json.loads(line) for line in body(client, f"/policies/policies.jsonl{asked}").splitlines()]
    parquet = pq.read_table(io.BytesIO(body(client, f"/policies/policies.parquet{asked}")))
    whole = json.loads(body(client, f"/policies/policies.json{asked}"))
    assert [line["policy_id"] for line in lines] == codes
    assert parquet["policy_id"].to_pylist() == codes
    assert [one["code"] for one in whole["policies"]] == codes
    assert whole["count"] == len(codes)
    if codes:
        assert f"{len(codes)} of {len(policies_in_use().instruments)} policies" in page
    else:
        assert "No policy matches" in page


@pytest.mark.parametrize("asked", ASKED)
def test_clauses_are_a_row_each(client: Client, asked: str) -> None:
    policies = json.loads(body(client, f"/policies/policies.json{asked}"))["policies"]
    rows = list(csv.DictReader(io.StringIO(body(client, f"/policies/clauses.csv{asked}").decode())))
    wanted = [(one["code"], clause["code"]) for one in policies for clause in one["clauses"]]
    assert [(row["policy_id"], row["clause"]) for row in rows] == wanted


def test_one_policy_as_json_has_all_that_its_file_says(client: Client) -> None:
    told = json.loads(body(client, "/policies/nih-public-access-2008.json"))
    one = policies_in_use().instruments["nih-public-access-2008"]
    assert told["superseded_by"] == ["nih-public-access-2024"]
    assert told["id"].endswith("/policies/nih-public-access-2008/")
    assert [clause["text"] for clause in told["clauses"]] == [clause.text for clause in one.clauses]
    assert told["licence"] == "CC0-1.0"


def test_the_feed_is_whole_newest_first_and_keeps_its_ids(client: Client) -> None:
    spaces = {"a": ATOM}
    feed: Any = etree.fromstring(body(client, "/policies/changes.atom?region=oceania"))
    entries = feed.findall("a:entry", spaces)
    days = [entry.findtext("a:updated", namespaces=spaces) for entry in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext("a:updated", namespaces=spaces) == days[0]
    titles = [entry.findtext("a:title", namespaces=spaces) for entry in entries]
    assert "NHMRC and MRFF open science policy: The policy was announced." in titles
    ids = [entry.findtext("a:id", namespaces=spaces) for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("urn:uuid:") for one in ids)
    told = json.loads(body(client, "/policies/changes.feed.json?region=oceania"))
    assert [item["id"] for item in told["items"]] == ids


@pytest.mark.parametrize("path", ["/policies/policies.doc", "/policies/clauses.json", "/policies/changes.rss"])
def test_a_form_that_is_not_there_names_those_that_are(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "there are" in response.content.decode()


def test_other_sites_may_read_the_files(client: Client) -> None:
    response = client.get("/policies/policies.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert 'rel="license"' in response["Link"]
