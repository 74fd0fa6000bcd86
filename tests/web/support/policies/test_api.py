"""Policies for programs: the same as on the page, one at a time or in pages, and refused where they cannot be read."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from infracommons.insights.policies.effect import holds_on
from infracommons.web.shared.policies import policies_in_use

pytestmark = pytest.mark.django_db
API = "/api/v1/policies"
ASKED = [
    "",
    "region=europe&kind=funder_policy",
    "in_force_on=2022-01-01",
    "requirement=immediate_access&region=oceania",
]


def told(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, path
    return json.loads(response.content)


@pytest.mark.parametrize("asked", ASKED)
def test_it_lists_the_policies_of_the_file_with_the_same_filters(client: Client, asked: str) -> None:
    listed = told(client, f"{API}?{asked}&limit=200".replace("?&", "?"))
    file = told(client, f"/policies/policies.json?{asked}".rstrip("?"))
    assert [one["policy_id"] for one in listed["data"]] == [one["code"] for one in file["policies"]]
    for one, same in zip(listed["data"], file["policies"], strict=True):
        assert {name: one[name] for name in one.keys() - {"policy_id", "links"}} == {
            name: same[name] for name in same.keys() - {"id", "code"}
        }
    assert listed["meta"]["total"] == file["count"]


def test_pages_hold_every_policy_once(client: Client) -> None:
    address, seen = f"{API}?limit=7", []
    while address:
        page = told(client, address)
        seen += [one["policy_id"] for one in page["data"]]
        address = (page["links"]["next"] or "").removeprefix("http://testserver")
    assert sorted(seen) == sorted(policies_in_use().instruments)


def test_a_day_finds_what_held_on_it_and_names_what_is_not_known(client: Client) -> None:
    listed = told(client, f"{API}?in_force_on=2019-06-01&limit=200")
    held = {code: holds_on(one, date(2019, 6, 1)) for code, one in policies_in_use().instruments.items()}
    assert {one["policy_id"] for one in listed["data"]} == {code for code, holds in held.items() if holds}
    assert set(listed["meta"]["undecided"]) == {code for code, holds in held.items() if holds is None}


def test_one_policy_leads_to_its_page_and_back(client: Client) -> None:
    one = told(client, f"{API}/plan-s-2018")["data"]
    assert client.get(one["links"]["page"].removeprefix("http://testserver")).status_code == 200
    assert told(client, one["links"]["self"].removeprefix("http://testserver"))["data"] == one


def test_who_has_the_answer_is_told_that_nothing_changed(client: Client) -> None:
    first = client.get(API)
    assert client.get(API, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("path", "status", "named"),
    [
        (f"{API}?region=atlantis", 400, "region"),
        (f"{API}?region=", 400, "region"),
        (f"{API}?in_force_on=yesterday", 400, "in_force_on"),
        (f"{API}?limit=0", 400, "limit"),
        (f"{API}?cursor=nonsense", 400, "cursor"),
        (f"{API}?colour=red&strict=true", 400, "colour"),
        (f"{API}/no-such-policy", 404, "no-such-policy"),
    ],
)
def test_what_cannot_be_answered_is_named(client: Client, path: str, status: int, named: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert named in response.content.decode()
