"""Curators list, withdraw and readdress; they see in numbers what that does, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.models import FormerSlug, Infrastructure, Notice

pytestmark = pytest.mark.django_db
Grant = Callable[[Infrastructure], User]


def send(client: Client, name: str, infrastructure: Infrastructure, **data: str) -> Any:
    place = reverse(name, args=[infrastructure.infrastructure_id])
    return client.post(place, {"version": str(infrastructure.version), **data})


def withdraw(client: Client, infrastructure: Infrastructure, go: str = "confirm", **data: str) -> Any:
    given = {"listing": "withdrawn", "reason": "It closed in 2026.", "go": go, **data}
    return send(client, "desk_list", infrastructure, **given)


def test_withdrawing_first_says_what_it_takes_away_and_whom_it_tells(
    at_desk: Client, rich: Infrastructure, steward_of: Grant
) -> None:
    steward_of(rich)
    answer = withdraw(at_desk, rich, go="")
    page = " ".join(answer.content.decode().split())
    assert f"takes {len(rich.profile)} claims out of the search" in page
    assert "notifies 1 person" in page
    rich.refresh_from_db()
    assert rich.listing == "listed"


def test_a_withdrawn_infrastructure_keeps_its_reason_and_successor_and_can_come_back(
    at_desk: Client, rich: Infrastructure, steward_of: Grant
) -> None:
    steward_of(rich)
    assert withdraw(at_desk, rich, successor="zenodo").status_code == 302
    rich.refresh_from_db()
    assert (rich.listing, rich.listing_reason) == ("withdrawn", "It closed in 2026.")
    assert rich.successor is not None
    assert rich.successor.infrastructure_id == "zenodo"
    assert "It closed in 2026." in Notice.objects.get(kind="stewardship").text
    send(at_desk, "desk_list", rich, listing="listed", go="confirm")
    rich.refresh_from_db()
    assert rich.listing == "listed"
    assert rich.successor_id is None
    assert [change.kind for change in rich.changes.order_by("pk")][-2:] == ["withdrawn", "listed"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"reason": " "}, "Give a reason"),
        ({"reason": "x" * 5000}, "5,000 characters"),
        ({"successor": "nothing-like-it"}, "nothing-like-it"),
        ({"successor": "example-archive"}, "cannot follow itself"),
        ({"listing": "hidden"}, "Choose how"),
        ({"listing": "listed", "reason": "", "successor": "zenodo"}, "no successor"),
        ({"listing": "listed", "reason": ""}, "listed already"),
    ],
)
def test_what_cannot_be_done_is_named_and_nothing_typed_is_lost(
    at_desk: Client, rich: Infrastructure, data: dict[str, str], says: str
) -> None:
    answer = withdraw(at_desk, rich, **data)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert data.get("reason", "It closed in 2026.") in answer.content.decode()
    rich.refresh_from_db()
    assert rich.listing == "listed"


def test_a_change_in_the_meantime_is_a_conflict(at_desk: Client, rich: Infrastructure) -> None:
    stale = Infrastructure.objects.get(pk=rich.pk)
    withdraw(at_desk, rich)
    answer = send(at_desk, "desk_list", stale, listing="declined", reason="No.", go="confirm")
    assert answer.status_code == 409
    assert withdraw(at_desk, rich, version="nonsense", reason="Again.").status_code == 409


def test_the_old_id_leads_on_and_can_be_taken_back(at_desk: Client, rich: Infrastructure) -> None:
    assert "move from example-archive to sample-archive" in " ".join(
        send(at_desk, "desk_readdress", rich, slug="sample-archive").content.decode().split()
    )
    assert send(at_desk, "desk_readdress", rich, slug="sample-archive", go="confirm").status_code == 302
    rich.refresh_from_db()
    assert rich.infrastructure_id == "sample-archive"
    assert FormerSlug.objects.get(slug="example-archive").infrastructure == rich
    send(at_desk, "desk_readdress", rich, slug="example-archive", go="confirm")
    rich.refresh_from_db()
    assert rich.infrastructure_id == "example-archive"


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("", "cannot be an id"),
        ("Has Blanks", "cannot be an id"),
        ("../etc", "cannot be an id"),
        ("x" * 151, "cannot be an id"),
        ("zenodo", "Another infrastructure"),
        ("compare", "kept for pages"),
        ("example-archive", "already"),
        ("former-zenodo", "leads to it"),
    ],
)
def test_an_id_that_cannot_be_taken_is_refused(at_desk: Client, rich: Infrastructure, slug: str, says: str) -> None:
    other = Infrastructure.objects.get(infrastructure_id="zenodo")
    FormerSlug.objects.create(slug="former-zenodo", infrastructure=other)
    answer = send(at_desk, "desk_readdress", rich, slug=slug, go="confirm")
    assert answer.status_code == 400
    assert says in answer.content.decode()


def test_the_list_finds_by_name_and_by_listing(at_desk: Client, rich: Infrastructure) -> None:
    withdraw(at_desk, rich)
    page = at_desk.get(reverse("desk_infrastructures"), {"listing": "withdrawn"}).content.decode()
    assert "Example Archive" in page
    assert "Zenodo" not in page
    assert at_desk.get(reverse("desk_infrastructures"), {"listing": "x"}).status_code == 400
