from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import set_listing
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field, public_fields
from infracommons.web.catalogue.models import Claim, Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.infrastructure import Listing

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
Ask = Callable[..., Json]
Walk = Callable[..., Iterator[Json]]


def say(infrastructure: Infrastructure, code: str, raw: RawClaim) -> Claim:
    checked = checked_claim(field(code), raw, term_book())
    return append_claims(infrastructure, [checked], by=Author(AuthorKind.CURATOR, "a curator"))[0]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"field": ["website", "open_api"]},
        {"author_kind": "steward", "status": ["in_progress", "considering"]},
        {"infrastructure": ["zenodo", "example-archive"], "since": "2020-01-01"},
    ],
    ids=str,
)
@pytest.mark.usefixtures("rich")
def test_all_pages_of_claims_are_what_the_database_has(query: dict[str, Any], ask: Ask, walk: Walk) -> None:
    whole = ask("claims", query | {"limit": 200})
    rows = [row for page in walk("claims", query | {"limit": 7}) for row in page["data"]]
    assert [row["claim"] for row in rows] == [row["claim"] for row in whole["data"]]
    public = {one.code for one in public_fields()}
    wanted = Claim.objects.filter(field__in=public)
    for name, column in (("field", "field"), ("author_kind", "author_kind"), ("status", "status")):
        if name in query:
            values = query[name] if isinstance(query[name], list) else [query[name]]
            wanted = wanted.filter(**{f"{column}__in": values})
    if "infrastructure" in query:
        wanted = wanted.filter(infrastructure__infrastructure_id__in=query["infrastructure"])
    assert {row["claim"] for row in rows} == set(wanted.values_list("id", flat=True))
    assert len(rows) == whole["meta"]["total"] > 1


def test_the_history_of_a_field_has_every_claim_and_what_it_replaced(rich: Infrastructure, ask: Ask) -> None:
    first = rich.profile["open_api"]["claim"]
    second = say(rich, "open_api", RawClaim(status="available", note="Seen."))
    rows = ask("infrastructures/example-archive/claims", {"field": "open_api"})["data"]
    assert [(row["claim"], row["replaces"], row["words"]) for row in rows] == [
        (first, None, ["in progress"]),
        (second.pk, first, ["available"]),
    ]
    assert (rows[1]["note"], rows[1]["author_kind"], rows[1]["source"]) == ("Seen.", "curator", "a curator")


def test_claims_since_a_time_are_those_made_then_or_later(rich: Infrastructure, ask: Ask) -> None:
    Claim._base_manager.update(at=timezone.now() - timedelta(days=3))
    late = say(rich, "open_api", RawClaim(status="available"))
    for since in (late.at.isoformat().replace("+00:00", "Z"), str(timezone.now().date())):
        assert [row["claim"] for row in ask("claims", {"since": since})["data"]] == [late.pk]


@pytest.mark.usefixtures("rich")
def test_who_follows_the_changes_misses_none_and_gets_none_twice(ask: Ask, walk: Walk, client: Client) -> None:
    pages = list(walk("changes", {"limit": 5}))
    known = [row["change"] for page in pages for row in page["data"]]
    assert len(known) == len(set(known)) == pages[0]["meta"]["total"]
    newer = pages[-1]["links"]["newer"]
    assert client.get(newer).json()["data"] == []
    archive = Infrastructure.objects.get(infrastructure_id="example-archive")
    say(archive, "open_api", RawClaim(status="available"))
    set_listing(archive, Listing.WITHDRAWN, by=Author(AuthorKind.CURATOR, "a curator"))
    answer = client.get(newer).json()
    told = [(row["kind"], row["fields"], row["author_kind"], row["infrastructure_id"]) for row in answer["data"]]
    assert told == [
        ("claimed", ["open_api"], "curator", "example-archive"),
        ("withdrawn", [], "curator", "example-archive"),
    ]
    assert client.get(answer["links"]["newer"]).json()["data"] == []
    assert ask("changes", {"author_kind": "steward"})["meta"]["total"] == 1


def test_a_change_tells_no_more_of_private_fields_than_that_there_was_one(rich: Infrastructure, ask: Ask) -> None:
    last = ask("changes", {"limit": 200})["data"][-1]["change"]
    say(rich, "contact_email", RawClaim("bea@example.org"))
    [row] = ask("changes", {"after": last})["data"]
    assert (row["fields"], row["summary"]) == ([], "claimed: fields that are not public")


CANARIES = ("ada@example.org", "125000050", "1,250,000", "contact_email", "annual_revenue", "Ada Example")


ADDRESSES = (
    "infrastructures?limit=200&select=all", "infrastructures?q=ada", "infrastructures.ndjson?select=all",
    "infrastructures/example-archive", f"infrastructures/example-archive?as_of={timezone.now().date()}",
    "infrastructures/example-archive/claims?limit=200", "claims?limit=200&author_kind=steward", "claims.ndjson",
    "changes?limit=200", "changes.ndjson", "organisations?limit=200", "fields",
)  # fmt: skip


@pytest.mark.usefixtures("rich", "member")
def test_private_fields_and_those_by_consent_are_in_no_answer(client: Client) -> None:
    for address in ADDRESSES:
        response = client.get(f"/api/v1/{address}")
        assert response.status_code == 200
        text = (b"".join(response) if response.streaming else response.content).decode()
        assert len(text) > 1000 or address == "infrastructures?q=ada"
        assert [canary for canary in CANARIES if canary in text] == [], address


def test_organisations_are_those_that_run_something_listed(rich: Infrastructure, ask: Ask, walk: Walk) -> None:
    whole = ask("organisations", {"limit": 200})
    names = [row["name"] for page in walk("organisations", {"limit": 2}) for row in page["data"]]
    assert names == [row["name"] for row in whole["data"]] == sorted(names)
    assert whole["meta"]["total"] == len(names) > 5
    one = ask("organisations/example-foundation")["data"]
    assert one["infrastructures"] == [{"infrastructure_id": "example-archive", "name": rich.name}]
    assert (one["ror"], one["name"]) == (None, "Example Foundation")
    assert [row["name"] for row in ask("organisations", {"q": "foundation EXAMPLE"})["data"]] == ["Example Foundation"]
    assert "nobody" in ask("organisations/nobody", status=404)["detail"]
