from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import change_slug, set_listing
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field, public_fields
from infracommons.web.catalogue.models import Claim, Infrastructure, UpkeepEvent
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.catalogue.search.facets import facets

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
Ask = Callable[..., Json]
Walk = Callable[..., Iterator[Json]]
CURATOR = Author(AuthorKind.CURATOR, "a curator")
FILTERS: list[dict[str, Any]] = [
    {},
    {"sort": "-name"},
    {"country": ["US", "FR"]},
    {"code_repository": ["available", "unknown"], "launched_from": 1990},
    {"q": "repository", "unheard_of": "kept"},
]


def say(infrastructure: Infrastructure, code: str, raw: RawClaim) -> None:
    append_claims(infrastructure, [checked_claim(field(code), raw, term_book())], by=CURATOR)


def ids(page: Json) -> list[str]:
    return [row["infrastructure_id"] for row in page["data"]]


@pytest.mark.usefixtures("rich")
@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_all_pages_together_are_what_one_page_gives_at_once(filters: dict[str, Any], ask: Ask, walk: Walk) -> None:
    whole = ask("infrastructures", filters | {"limit": 200})
    pages = list(walk("infrastructures", filters | {"limit": 2}))
    assert [one for page in pages for one in ids(page)] == ids(whole)
    assert len(ids(whole)) == whole["meta"]["total"] > 2
    assert {page["meta"]["total"] for page in pages} == {whole["meta"]["total"]}
    assert all(page["meta"]["problems"] or "unheard_of" not in filters for page in pages)


@pytest.mark.usefixtures("rich")
def test_a_list_goes_on_behind_the_last_one_shown_when_an_earlier_one_has_gone(ask: Ask, client: Client) -> None:
    first = ask("infrastructures", {"limit": 3})
    everyone = ids(ask("infrastructures", {"limit": 200}))
    set_listing(Infrastructure.objects.get(infrastructure_id=ids(first)[0]), Listing.WITHDRAWN, by=CURATOR)
    assert ids(client.get(first["links"]["next"]).json()) == everyone[3:6]


@pytest.mark.usefixtures("rich")
@pytest.mark.parametrize("facet", ["country", "code_repository", "scoss", "oss", "evidence"])
def test_the_counts_of_groups_that_exclude_one_another_add_up_to_the_total(facet: str, ask: Ask) -> None:
    answer = ask("infrastructures", {"group_by": facet})
    assert answer["meta"]["is_exclusive"] is (facet != "country")
    if answer["meta"]["is_exclusive"]:
        assert sum(row["count"] for row in answer["data"]) == answer["meta"]["total"] == 13
    for row in answer["data"]:
        assert ask("infrastructures", {facet: row["code"], "limit": 1})["meta"]["total"] == row["count"]


@pytest.mark.usefixtures("rich")
def test_every_facet_can_be_grouped_by(ask: Ask) -> None:
    for facet in facets():
        answer = ask("infrastructures", {"group_by": facet, "country": ["US", "FR"]})
        assert all(0 < row["count"] <= answer["meta"]["total"] and row["label"] for row in answer["data"]), facet


@pytest.mark.usefixtures("rich")
def test_groups_count_only_what_the_filters_find(ask: Ask) -> None:
    answer = ask("infrastructures", {"group_by": "country", "country": "FR"})
    assert answer["data"][0] == {"code": "FR", "label": "France", "count": answer["meta"]["total"]}


@pytest.mark.usefixtures("rich")
def test_selected_fields_come_and_no_others(ask: Ask) -> None:
    [row] = ask("infrastructures", {"q": '"Example Archive"', "select": "name,open_api"})["data"]
    assert list(row["profile"]) == ["name", "open_api"]
    assert row["profile"]["open_api"]["words"] == ["in progress"]
    [row] = ask("infrastructures", {"q": '"Example Archive"', "select": ["launched", "all"]})["data"]
    assert list(row["profile"]) == [one.code for one in public_fields() if one.kind != "record"]


@pytest.mark.usefixtures("rich")
def test_a_search_says_where_its_words_stand(ask: Ask) -> None:
    [row] = ask("infrastructures", {"q": "keeps examples"})["data"]
    assert any("Keeps" in match["marked"] and match["label"] == "Summary" for match in row["matches"]), row["matches"]


def test_a_profile_says_what_is_claimed_by_whom_and_what_is_unknown(rich: Infrastructure, ask: Ask) -> None:
    data = ask("infrastructures/example-archive")["data"]
    conduct = data["profile"]["code_of_conduct"]
    assert conduct["status"] == "available"
    assert conduct["words"] == ["available", "We follow the code of our community."]
    assert conduct["evidence"] == [{"url": "https://archive.example.org/conduct", "label": ""}]
    assert (conduct["author_kind"], conduct["checked_on"]) == ("steward", "2026-10-01")
    assert data["profile"]["hosting"] == {
        "claim": None, "value": None, "status": "unknown", "words": ["unknown"], "evidence": [], "author_kind": None,
        "source": "", "checked_on": None, "note": "", "at": None, "age_days": None, "is_stale": False,
        "is_uncertain": False,
    }  # fmt: skip
    assert {flag["code"]: flag["verdict"] for flag in data["flags"]}["free_to_use"] == "yes"
    assert data["steward"]["name"] == "Example Foundation"
    assert data["version"] == rich.version


def test_a_value_past_its_age_is_stale_and_one_that_upkeep_doubts_is_uncertain(rich: Infrastructure, ask: Ask) -> None:
    claim = Claim.objects.get(infrastructure=rich, field="open_api")
    old = timezone.now() - timedelta(days=366)
    rich.profile["open_api"]["at"] = old.isoformat()
    rich.save()
    UpkeepEvent.objects.create(infrastructure=rich, field="open_api", claim=claim, kind="uncertain")
    entry = ask("infrastructures/example-archive")["data"]["profile"]["open_api"]
    assert (entry["age_days"], entry["is_stale"], entry["is_uncertain"]) == (366, True, True)
    [row] = ask("infrastructures", {"q": '"Example Archive"', "select": "open_api,pricing"})["data"]
    assert row["profile"]["open_api"]["is_uncertain"]
    assert not row["profile"]["pricing"]["is_stale"]


def test_as_of_an_earlier_day_a_profile_is_as_it_was(rich: Infrastructure, ask: Ask) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    Claim._base_manager.filter(infrastructure=rich).update(at=yesterday)
    say(rich, "open_api", RawClaim(status="available"))
    then = ask("infrastructures/example-archive", {"as_of": str(yesterday.date())})["data"]
    assert then["profile"]["open_api"]["words"] == ["in progress"]
    assert then["as_of"] == str(yesterday.date())
    today = ask("infrastructures/example-archive", {"as_of": str(timezone.now().date())})["data"]
    assert today["profile"]["open_api"]["words"] == ["available"]
    before = ask("infrastructures/example-archive", {"as_of": "2001-01-01"}, status=404)
    assert "was not in the catalogue on 2001-01-01" in before["detail"]


def test_a_former_id_leads_to_the_present_one_and_keeps_the_parameters(rich: Infrastructure, client: Client) -> None:
    change_slug(rich, "archive-of-examples", by=CURATOR)
    response = client.get("/api/v1/infrastructures/example-archive?select=name")
    assert response.status_code == 301
    assert response.headers["Location"] == "/api/v1/infrastructures/archive-of-examples?select=name"
    assert client.get("/api/v1/infrastructures/example-archive/claims").json()["meta"]["total"] > 0


def test_a_withdrawn_infrastructure_is_gone_with_the_reason_and_its_successor(rich: Infrastructure, ask: Ask) -> None:
    successor = Infrastructure.objects.get(infrastructure_id="zenodo")
    set_listing(rich, Listing.WITHDRAWN, by=CURATOR, reason="Merged.", successor=successor)
    gone = ask("infrastructures/example-archive", status=410)
    assert (gone["detail"], gone["successor"]) == ("Merged.", "/api/v1/infrastructures/zenodo")
    assert ask("infrastructures/example-archive/claims", status=410)["detail"] == "Merged."
    assert "example-archive" not in ids(ask("infrastructures", {"limit": 200}))


@pytest.mark.parametrize("listing", [Listing.SUGGESTED, Listing.DECLINED])
def test_what_is_not_listed_is_nowhere(listing: Listing, rich: Infrastructure, ask: Ask) -> None:
    set_listing(rich, listing, by=CURATOR)
    for address in ("infrastructures/example-archive", "infrastructures/example-archive/claims"):
        ask(address, status=404)
    ask("organisations/example-foundation", status=404)
    assert ask("claims", {"infrastructure": "example-archive"})["meta"]["total"] == 0
    assert ask("changes", {"infrastructure": "example-archive"})["meta"]["total"] == 0
    assert ask("organisations", {"q": "Example Foundation"})["meta"]["total"] == 0
