"""The public log, its feed, and the page on which a team says that old values are still right."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.profile import entry_of
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Claim, Infrastructure, UpkeepEvent
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def logged(rich: Infrastructure) -> Infrastructure:
    """Example Archive with an event of each of three kinds."""
    for number, kind in enumerate(("stale", "uncertain", "link_broken")):
        UpkeepEvent.objects.create(
            infrastructure=rich, field="mission", claim_id=rich.profile["mission"]["claim"], kind=kind,
            detail=f"<i>detail {number}</i>", at=datetime(2026, 5, number + 1, tzinfo=UTC),
        )  # fmt: skip
    return rich


def test_the_log_is_public_newest_first_and_in_words(client: Client, logged: Infrastructure) -> None:
    page = client.get(reverse("upkeep_log")).content.decode()
    places = [page.index(f"&lt;i&gt;detail {number}") for number in (2, 1, 0)]
    assert places == sorted(places)
    assert "link broken" in page
    assert "3 May 2026" in page
    assert logged.name in page


def test_the_log_can_be_narrowed_and_its_feed_holds_the_same(client: Client, logged: Infrastructure) -> None:
    query = {"infrastructure": logged.infrastructure_id, "kind": "uncertain"}
    page = client.get(reverse("upkeep_log"), query).content.decode()
    assert "detail 1" in page
    assert "detail 0" not in page
    feed_address = re.search(r'href="(/about/upkeep\.atom[^"]*)"', page)
    assert feed_address is not None
    answer = client.get(feed_address[1].replace("&amp;", "&"))
    assert answer["Content-Type"].startswith("application/atom+xml")
    entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - we made it
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Example Archive, Mission: uncertain"]


@pytest.mark.parametrize(
    "query", ["infrastructure=nonsense", "kind=odd", "page=1000000000", "colour=red", "infrastructure=../etc"]
)
@pytest.mark.parametrize("name", ["upkeep_log", "upkeep_feed"])
def test_an_address_that_cannot_be_read_is_a_400(client: Client, name: str, query: str) -> None:
    assert client.get(f"{reverse(name)}?{query}").status_code == 400


def test_a_page_beyond_the_log_is_a_404_and_an_empty_log_says_so(client: Client) -> None:
    assert client.get(reverse("upkeep_log"), {"page": "2"}).status_code == 404
    assert "Nothing has been logged yet" in " ".join(client.get(reverse("upkeep_log")).content.decode().split())


@pytest.fixture
def old(rich: Infrastructure) -> Infrastructure:
    """Example Archive, whose code of conduct was last checked long ago."""
    claim = checked_claim(field("code_of_conduct"), RawClaim(status="available"), term_book())
    append_claims(rich, [claim], by=Author(AuthorKind.STEWARD, "its team"))
    stored = Claim.objects.get(pk=rich.profile["code_of_conduct"]["claim"])
    stored.checked_on = date(2020, 1, 1)
    rich.profile["code_of_conduct"] = entry_of(stored)
    rich.save()
    return rich


def renew(client: Client, infrastructure: Infrastructure, *codes: str, **claims: str) -> Any:
    seen = {
        f"claim-{code}": str(infrastructure.profile[code]["claim"]) for code in codes if code in infrastructure.profile
    }
    place = reverse("renew", args=[infrastructure.infrastructure_id])
    return client.post(place, {"field": list(codes), **seen, **claims})


def test_a_steward_says_that_a_value_is_still_right(
    client: Client, old: Infrastructure, steward_of: Callable[[Infrastructure], User]
) -> None:
    client.force_login(steward_of(old))
    page = client.get(reverse("renew", args=[old.infrastructure_id])).content.decode()
    assert "Code of conduct: this is still right" in page
    assert "Last checked on 1 January 2020" in page
    assert renew(client, old, "code_of_conduct").status_code == 302
    old.refresh_from_db()
    entry = old.profile["code_of_conduct"]
    assert (entry["checked_on"], entry["author_kind"]) == (datetime.now(UTC).date().isoformat(), "steward")
    assert "No value is past its age" in client.get(reverse("renew", args=[old.infrastructure_id])).content.decode()


def test_a_steward_of_another_infrastructure_may_not(
    client: Client, old: Infrastructure, steward_of: Callable[[Infrastructure], User]
) -> None:
    client.force_login(steward_of(Infrastructure.objects.get(infrastructure_id="zenodo")))
    assert renew(client, old, "code_of_conduct").status_code == 403


@pytest.mark.parametrize(
    ("codes", "claims", "status"),
    [
        ([], {}, 400),
        (["code_of_conduct"], {"claim-code_of_conduct": ""}, 400),
        (["code_of_conduct"], {"claim-code_of_conduct": "9" * 40}, 400),
        (["code_of_conduct"], {"claim-code_of_conduct": "1"}, 409),
        (["mission"], {}, 409),
        (["contact_email"], {}, 409),
        (["nonsense"], {"claim-nonsense": "1"}, 409),
    ],
)
def test_what_cannot_be_renewed_is_said_and_nothing_is_stored(
    client: Client, old: Infrastructure, curator: User, codes: list[str], claims: dict[str, str], status: int
) -> None:
    client.force_login(curator)
    count = Claim.objects.count()
    answer = renew(client, old, *codes, **claims)
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert Claim.objects.count() == count


def test_the_day_after_its_age_is_told_as_such(client: Client, old: Infrastructure, curator: User) -> None:
    client.force_login(curator)
    today = datetime.now(UTC).date()
    limit = field("code_of_conduct").max_age_days or 0
    for days, is_there in ((limit, False), (limit + 1, True)):
        old.profile["code_of_conduct"]["checked_on"] = (today - timedelta(days=days)).isoformat()
        old.save()
        page = client.get(reverse("renew", args=[old.infrastructure_id])).content.decode()
        assert ("this is still right" in page) is is_there
