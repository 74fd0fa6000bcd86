from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.models import Infrastructure, Term
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.search.index import catalogue_index

pytestmark = pytest.mark.django_db
Ask = Callable[..., dict[str, Any]]
ADDRESSES = (
    "", "infrastructures", "infrastructures?group_by=country", "infrastructures/example-archive",
    "infrastructures/example-archive/claims", "claims", "changes", "organisations", "organisations/example-foundation",
    "vocabularies", "vocabularies/status", "fields", "openapi.json", "infrastructures.ndjson", "claims.ndjson",
    "changes.ndjson",
)  # fmt: skip


@pytest.mark.usefixtures("rich")
def test_an_answer_that_the_reader_has_is_not_sent_again(client: Client) -> None:
    for address in ADDRESSES:
        first = client.get(f"/api/v1/{address}")
        tag = first.headers["ETag"]
        assert first.headers["Cache-Control"] == "public, no-cache"
        for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = client.get(f"/api/v1/{address}", headers={"If-None-Match": given})
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag), address
        assert client.get(f"/api/v1/{address}", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.usefixtures("rich")
def test_head_says_all_that_get_says_and_sends_nothing(client: Client) -> None:
    for address in ADDRESSES:
        got, head = client.get(f"/api/v1/{address}"), client.head(f"/api/v1/{address}")
        assert (head.status_code, b"".join(head) if head.streaming else head.content) == (200, b""), address
        for name in ("ETag", "Content-Type", "Access-Control-Allow-Origin", "Link"):
            assert head.headers.get(name) == got.headers.get(name), address
        if not got.streaming:
            assert head.headers["Content-Length"] == str(len(got.content)), address


def test_the_tag_changes_with_claims_and_terms(rich: Infrastructure, client: Client) -> None:
    def tag() -> str:
        return str(client.get("/api/v1/infrastructures/example-archive").headers["ETag"])

    tags = [tag(), tag()]
    assert tags[0] == tags[1]
    claim = ClaimInput("open_api", None, "available")
    append_claims(rich, [claim], by=Author(AuthorKind.CURATOR, "a curator"))
    tags.append(tag())
    beside = ClaimInput("launched", 2012)
    append_claims(rich, [beside], by=Author(AuthorKind.HARVESTER, "a program"))
    tags.append(tag())
    Term.objects.filter(vocabulary="categories")[0].events.create(kind="renamed")
    tags.append(tag())
    assert len(set(tags)) == 4


@pytest.mark.usefixtures("rich")
def test_what_was_found_in_an_older_state_of_the_catalogue_gets_no_tag(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = catalogue_index()
    append_claims(
        Infrastructure.objects.get(infrastructure_id="zenodo"),
        [ClaimInput("open_api", None, "available")],
        by=Author(AuthorKind.CURATOR, "a curator"),
    )
    assert "ETag" in client.get("/api/v1/infrastructures").headers
    monkeypatch.setattr("infracommons.web.catalogue.api.listed.catalogue_index", lambda: older)
    assert "ETag" not in client.get("/api/v1/infrastructures").headers


@pytest.mark.usefixtures("rich")
def test_other_sites_may_read_but_not_with_the_readers_cookies(client: Client) -> None:
    for address, status in (("infrastructures", 200), ("infrastructures/nothing", 404), ("claims.ndjson", 200)):
        response = client.get(f"/api/v1/{address}", headers={"Origin": "https://reader.example.org"})
        assert response.status_code == status
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers["Vary"]
    preflight = client.options("/api/v1/infrastructures", headers={"Access-Control-Request-Method": "GET"})
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Methods"] == preflight.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_written(method: str, client: Client) -> None:
    response = getattr(client, method)("/api/v1/infrastructures")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["type"] == "/api/#problem-method-not-allowed"


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("address", "accept", "status"),
    [
        ("infrastructures", "application/json", 200),
        ("infrastructures", "application/x-ndjson", 200),
        ("infrastructures", "*/*", 200),
        ("infrastructures", "text/html", 406),
        ("organisations", "application/x-ndjson", 406),
        ("claims.ndjson", "application/json", 406),
        ("claims.ndjson", "text/html, */*;q=0.8", 200),
    ],
)
def test_an_answer_comes_in_a_form_that_the_reader_accepts(
    address: str, accept: str, status: int, client: Client
) -> None:
    response = client.get(f"/api/v1/{address}", headers={"Accept": accept})
    assert response.status_code == status
    assert "Accept" in response.headers["Vary"]
    if status == 200 and "*" not in accept:
        assert response.headers["Content-Type"] == accept
    if status == 406:
        assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("db")
def test_an_address_that_is_not_there_is_a_problem_that_leads_on(ask: Ask, client: Client) -> None:
    problem = ask("unheard-of", status=404)
    assert {"type", "title", "status", "detail", "instance", "problems"} == problem.keys()
    assert problem["type"] == "/api/#problem-not-found"
    assert 'id="problem-not-found"' in client.get("/api/").content.decode()
    assert "try /api/v1/infrastructures" in ask("infrastructures/", status=404)["detail"]
    assert ask("infrastructures/no such id", status=404)["status"] == 404
    assert client.get("/api/v1").headers["Location"] == "/api/v1/"


def test_a_failure_on_our_side_is_logged_and_told_without_its_cause(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        message = "a secret of this machine"
        raise RuntimeError(message)

    monkeypatch.setattr("infracommons.web.catalogue.api.vocabularies.term_book", fail)
    problem = ask("vocabularies", status=500)
    assert "secret" not in str(problem)
    assert "the API failed at /api/v1/vocabularies" in caplog.text
    assert "a secret of this machine" in caplog.text


@pytest.mark.usefixtures("rich")
def test_long_answers_are_compressed_for_readers_who_can(client: Client) -> None:
    response = client.get("/api/v1/fields", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    tag = response.headers["ETag"]
    assert client.get("/api/v1/fields", headers={"If-None-Match": tag}).status_code == 304
