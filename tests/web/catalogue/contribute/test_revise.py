"""What a curator sent back is changed where it is and sent again, by its proposer alone."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.access import access_key
from infracommons.web.catalogue.claims.decide import decide
from infracommons.web.catalogue.claims.steps import take_step
from infracommons.web.catalogue.models import Infrastructure, Proposal

from .conftest import posted
from .test_confirmation import newest_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("terms")]


@pytest.fixture
def sent_back(
    client: Client, suggestion: dict[str, Any], curator: User, django_capture_on_commit_callbacks: Any
) -> str:
    """A visitor's suggestion, confirmed and sent back by a curator; gives the address of its form."""
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/suggest/", suggestion)
    client.post(newest_link())
    proposal = Proposal.objects.get()
    take_step(proposal, "ask_revision", by=curator, reason="Say for whom it is.")
    return f"/proposals/{proposal.public_id}/revise/?key={access_key(proposal)}"


def form_at(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200
    shown = answer.context
    return posted(shown["forms"]) | {
        "revision": shown["proposal"].revision,
        "key": shown["key"],
        "message": shown["message"],
    }


def test_from_suggestion_to_listing_by_way_of_a_revision(
    client: Client, sent_back: str, curator: User, django_capture_on_commit_callbacks: Any
) -> None:
    assert "Say for whom it is." in client.get(sent_back).content.decode()
    form = form_at(client, sent_back)
    assert form["summary.value"] == "Keeps examples of everything for everyone."
    answer = client.post(sent_back, form | {"summary.value": "Keeps examples for teachers."})
    assert answer.status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.state == "submitted"
    with django_capture_on_commit_callbacks(execute=True):
        decide(proposal, {claim.field: (True, "") for claim in proposal.claims.all()}, by=curator)
    listed = Infrastructure.objects.get()
    assert listed.profile["summary"]["value"] == "<p>Keeps examples for teachers.</p>"
    assert [sent.to for sent in mail.outbox] == [["ada@example.org"]] * 2
    assert "accepted" in mail.outbox[-1].subject


def test_what_is_wrong_is_kept_and_not_sent(client: Client, sent_back: str) -> None:
    form = form_at(client, sent_back) | {"website.value": "javascript:alert(1)", "summary.value": "Kept all the same."}
    answer = client.post(sent_back, form)
    assert answer.status_code == 400
    proposal = Proposal.objects.get()
    assert proposal.state == "revision"
    again = form_at(client, sent_back)
    assert (again["website.value"], again["summary.value"]) == ("javascript:alert(1)", "Kept all the same.")


def test_a_needed_answer_cannot_be_taken_out(client: Client, sent_back: str) -> None:
    assert client.post(sent_back, form_at(client, sent_back) | {"name.value": ""}).status_code == 400


def test_two_tabs_do_not_overwrite_each_other_unseen(client: Client, sent_back: str) -> None:
    form = form_at(client, sent_back)
    client.post(sent_back, form | {"website.value": "nonsense"})
    answer = client.post(sent_back, form | {"summary.value": "From tab two"})
    assert answer.status_code == 409
    assert "From tab two" in answer.content.decode()


def test_it_can_be_changed_only_while_it_is_sent_back(client: Client, sent_back: str, curator: User) -> None:
    proposal = Proposal.objects.get()
    take_step(proposal, "reject", by=curator, reason="Too late.")
    assert client.get(sent_back).status_code == 409
    assert client.post(sent_back, {"revision": "0"}).status_code == 409


def test_nobody_else_can_open_it(client: Client, sent_back: str, member: User) -> None:
    bare = sent_back.partition("?")[0]
    assert client.get(bare).status_code == 302
    client.force_login(member)
    assert client.get(bare).status_code == 403


def test_a_teams_draft_opens_in_its_own_form(client: Client, rich: Infrastructure, member: User) -> None:
    draft = Proposal.objects.create(
        kind="profile", state="revision", infrastructure=rich, proposer=member, saved_at=timezone.now()
    )
    client.force_login(member)
    answer = client.get(f"/proposals/{draft.public_id}/revise/")
    assert answer.headers["Location"] == f"/infrastructures/{rich.infrastructure_id}/propose/"
