from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from infracommons.web.catalogue.api.allowance import Allowance, client_address, take


@pytest.fixture
def three(settings: Settings) -> Settings:
    settings.INFRACOMMONS_API_PER_MINUTE = 3
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    return settings


def taken(now: float, **meta: Any) -> Allowance:
    allowance = take(RequestFactory().get("/", **meta), now)
    assert allowance is not None
    return allowance


@pytest.mark.usefixtures("three")
def test_a_bucket_empties_by_one_a_request_and_fills_with_time() -> None:
    assert [taken(1000).left for _ in range(3)] == [2, 1, 0]
    refused = taken(1000)
    assert (refused.wait, refused.full_in) == (20, 60)
    assert taken(1010).wait == 10
    assert taken(1020).wait == 0
    assert taken(1020).wait == 20
    assert taken(9999).left == 2


@pytest.mark.usefixtures("three")
def test_each_client_has_a_bucket_of_its_own_and_a_network_of_ipv6_shares_one() -> None:
    for _ in range(3):
        taken(1000, REMOTE_ADDR="192.0.2.1")
        taken(1000, REMOTE_ADDR="2001:db8::1")
    assert taken(1000, REMOTE_ADDR="192.0.2.1").wait
    assert not taken(1000, REMOTE_ADDR="192.0.2.2").wait
    assert taken(1000, REMOTE_ADDR="2001:db8::ffff").wait
    assert not taken(1000, REMOTE_ADDR="2001:db8:0:1::1").wait


def test_a_client_cannot_choose_its_address(three: Settings) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9", headers={"X-Forwarded-For": "10.0.0.1, 198.51.100.7"})
    assert client_address(request) == "192.0.2.9"
    three.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client_address(request) == "198.51.100.7"
    three.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    assert client_address(request) == "192.0.2.9"


@pytest.mark.django_db
@pytest.mark.usefixtures("three")
def test_who_asks_too_often_is_told_how_long_to_wait(client: Client) -> None:
    for left in (2, 1, 0):
        response = client.get("/api/v1/vocabularies")
        assert response.headers["RateLimit-Policy"] == '"reads";q=3;w=60'
        assert response.headers["RateLimit"].startswith(f'"reads";r={left};t=')
    refused = client.get("/api/v1/vocabularies")
    assert refused.status_code == 429
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["RateLimit"].startswith('"reads";r=0;t=')
    assert 0 < int(refused.headers["Retry-After"]) <= 20
    assert client.options("/api/v1/vocabularies").status_code == 204
    assert client.get("/api/v1/vocabularies", REMOTE_ADDR="192.0.2.5").status_code == 200


@pytest.mark.django_db
def test_without_a_limit_nothing_is_said_of_one(client: Client) -> None:
    assert "RateLimit" not in client.get("/api/v1/vocabularies").headers
