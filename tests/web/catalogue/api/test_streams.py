import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from infracommons.web.catalogue.api import streams
from infracommons.web.catalogue.api.rows import Writer
from infracommons.web.catalogue.models import Claim

pytestmark = pytest.mark.django_db
Ask = Callable[..., dict[str, Any]]
Walk = Callable[..., Iterator[dict[str, Any]]]


def lines(client: Client, address: str, **headers: str) -> list[dict[str, Any]]:
    response = client.get(f"/api/v1/{address}", headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in b"".join(response).splitlines()]


@pytest.mark.usefixtures("rich")
@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("infrastructures", "country=US&country=FR&select=name,country"),
        ("infrastructures", "q=archive&sort=-name"),
        ("claims", "author_kind=steward"),
        ("changes", "author_kind=curator"),
    ],
)
def test_a_stream_has_the_rows_of_all_pages_whichever_way_it_is_asked_for(
    name: str, query: str, client: Client, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "ROWS_AT_ONCE", 2)
    paged = [row for page in walk(f"{name}?{query}", None) for row in page["data"]]
    assert lines(client, f"{name}.ndjson?{query}") == paged
    assert lines(client, f"{name}?{query}", Accept="application/x-ndjson") == paged
    assert len(paged) > 1


@pytest.mark.usefixtures("rich")
def test_a_stream_that_breaks_off_says_so_in_its_last_line(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    written = Writer.claim

    def break_at_launched(self: Writer, claim: Claim) -> dict[str, Any]:
        if claim.field == "launched":
            message = "the disk is gone"
            raise OSError(message)
        return written(self, claim)

    monkeypatch.setattr(Writer, "claim", break_at_launched)
    rows = lines(client, "claims.ndjson?field=name&field=launched")
    assert rows[-1]["error"]["detail"] == "These are not all rows: the stream broke off."
    assert all("claim" in row for row in rows[:-1])
    assert "broke off" in caplog.text


@pytest.mark.usefixtures("rich")
def test_a_stream_asks_the_database_once_for_many_rows(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/api/v1/infrastructures")  # the index is made by who asks first
    with django_assert_max_num_queries(15):
        assert len(lines(client, "infrastructures.ndjson?select=all")) == 13
    with django_assert_max_num_queries(12):
        assert len(lines(client, "claims.ndjson")) > 100
