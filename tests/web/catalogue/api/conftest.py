"""A reader of the API who may ask as often as the tests like."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

Json = dict[str, Any]
Ask = Callable[..., Json]


@pytest.fixture(autouse=True)
def _no_limit(settings: Settings) -> None:
    settings.INFRACOMMONS_API_PER_MINUTE = 0
    cache.clear()


@pytest.fixture
def ask(client: Client) -> Ask:
    """Return a function that asks an address below /api/v1/ and returns the answer, which must have this status."""

    def asked(address: str, query: Any = None, *, status: int = 200, **headers: str) -> Json:
        response = client.get(f"/api/v1/{address}", query or {}, headers=headers)
        assert response.status_code == status, response.content
        kind = "application/json" if status == 200 else "application/problem+json"
        assert response.headers["Content-Type"] == kind
        body: Json = response.json()
        return body

    return asked


@pytest.fixture
def walk(client: Client) -> Callable[..., Iterator[Json]]:
    """Return a function that gives every page of a list by following its links."""

    def pages(address: str, query: Any) -> Iterator[Json]:
        response = client.get(f"/api/v1/{address}", query)
        while True:
            assert response.status_code == 200, response.content
            page = response.json()
            yield page
            following = page["links"]["next"]
            if following is None:
                return
            assert response.headers["Link"] == f'<{following}>; rel="next"'
            response = client.get(following)

    return pages
