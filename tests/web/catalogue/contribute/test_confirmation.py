"""The link in a visitor's mail works once, for a week, on a press of a button, and for nobody else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from infracommons.web.catalogue.claims.access import access_key
from infracommons.web.catalogue.models import Proposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("terms")]


@pytest.fixture
def link(client: Client, suggestion: dict[str, Any], django_capture_on_commit_callbacks: Any) -> str:
    """The address in the mail that a suggestion brought."""
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/suggest/", suggestion)
    return newest_link()


def newest_link() -> str:
    found = re.search(r"http://[^/]+(/proposals/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


def test_opening_the_link_confirms_nothing_and_the_button_does(client: Client, link: str) -> None:
    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    assert Proposal.objects.get().state == "unconfirmed"
    answer = client.post(link)
    proposal = Proposal.objects.get()
    assert proposal.state == "submitted"
    assert proposal.email_confirmed_at is not None
    assert answer.headers["Location"] == f"/proposals/{proposal.public_id}/?key={access_key(proposal)}"
    assert client.get(answer.headers["Location"]).status_code == 200


def test_the_link_works_once(client: Client, link: str) -> None:
    client.post(link)
    for answer in (client.post(link), client.get(link)):
        assert answer.status_code == 410
        assert "used already" in answer.content.decode()
    assert Proposal.objects.get().events.filter(action="confirm").count() == 1


def test_a_link_that_was_guessed_or_belongs_to_another_confirms_nothing(
    client: Client, link: str, suggestion: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/suggest/", {**suggestion, "name.value": "Another", "website.value": "https://other.example.org/"})
    first, second = Proposal.objects.order_by("id")
    stolen = newest_link().replace(str(second.public_id), str(first.public_id))
    for address in (stolen, f"/proposals/{first.public_id}/confirm/{first.token_hash}/"):
        assert client.post(address).status_code == 410
    first.refresh_from_db()
    assert first.state == "unconfirmed"
    assert client.post(link).status_code == 302


def test_an_expired_link_has_a_new_one_mailed_to_the_same_mailbox(
    client: Client, link: str, django_capture_on_commit_callbacks: Any
) -> None:
    Proposal.objects.update(token_made_at=timezone.now() - timedelta(days=7, minutes=1))
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    assert Proposal.objects.get().state == "unconfirmed"
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(link, {"do": "again"}).status_code == 200
    assert mail.outbox[-1].to == ["ada@example.org"]
    assert newest_link() != link
    assert client.post(link).status_code == 410
    assert client.post(newest_link()).status_code == 302


def test_an_expired_link_does_not_flood_the_mailbox(client: Client, link: str) -> None:
    statuses = []
    for _ in range(5):
        Proposal.objects.update(token_made_at=timezone.now() - timedelta(days=8))
        statuses.append(client.post(link, {"do": "again"}).status_code)
        if statuses[-1] == 200:
            link = newest_link_of(Proposal.objects.get())
    assert statuses[-1] == 429


def newest_link_of(proposal: Proposal) -> str:
    """Return the newest link that waits to be mailed."""
    from infracommons.web.catalogue.models import WaitingMail  # noqa: PLC0415

    text = WaitingMail.objects.filter(to=proposal.email).latest("id").text
    found = re.search(r"http://[^/]+(/proposals/\S+)", text)
    assert found is not None
    return found[1]


def test_a_proposal_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/proposals/00000000-0000-4000-8000-000000000000/confirm/secret/").status_code == 404
