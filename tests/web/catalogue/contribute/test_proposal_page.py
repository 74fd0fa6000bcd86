"""Proposers follow what became of their proposal; nobody else can, and nobody's address is shown."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.access import access_key
from infracommons.web.catalogue.claims.decide import decide
from infracommons.web.catalogue.claims.steps import take_step
from infracommons.web.catalogue.models import (
    Infrastructure,
    Notice,
    Proposal,
    ProposalComment,
    ProposedClaim,
    Stewardship,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitors(rich: Infrastructure) -> Proposal:
    """A visitor's correction that waits for a curator."""
    proposal = Proposal.objects.create(
        kind="correction", state="submitted", infrastructure=rich, name=rich.name, email="bob@example.org",
        email_confirmed_at=timezone.now(), message="Seen on their page.", typed={"member_count": {}},
    )  # fmt: skip
    base = rich.profile["member_count"]["claim"]
    ProposedClaim.objects.create(proposal=proposal, field="member_count", value=1300, base_claim_id=base)
    return proposal


def path(proposal: Proposal, key: str = "") -> str:
    return f"/proposals/{proposal.public_id}/" + (f"?key={key}" if key else "")


def test_a_visitor_needs_the_key_of_this_very_proposal(client: Client, visitors: Proposal, member: User) -> None:
    other = Proposal.objects.create(kind="suggestion", name="Other")
    assert client.get(path(visitors)).headers["Location"].startswith("/account/login/")
    for key in ("wrong", access_key(other)):
        assert client.get(path(visitors, key)).status_code == 302
    answer = client.get(path(visitors, access_key(visitors)))
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("waiting for a curator", "1,204", "1,300", "Seen on their page."):
        assert words in page
    assert "bob@example.org" not in page
    client.force_login(member)
    assert client.get(path(visitors)).status_code == 403


def test_a_team_sees_corrections_of_its_profile_but_cannot_act_for_their_proposer(
    client: Client, visitors: Proposal, rich: Infrastructure, member: User
) -> None:
    Stewardship.objects.create(infrastructure=rich, person=member, state="granted", grounds="in the team")
    client.force_login(member)
    page = client.get(path(visitors)).content.decode()
    assert "1,300" in page
    assert access_key(visitors) not in page
    assert client.post(path(visitors), {"do": "withdraw"}).status_code == 403
    visitors.refresh_from_db()
    assert visitors.state == "submitted"
    assert client.get(f"{path(visitors)}revise/").status_code == 403


def test_comments_go_both_ways_and_remarks_between_curators_stay_there(
    client: Client, visitors: Proposal, curator: User, django_capture_on_commit_callbacks: Any
) -> None:
    key = access_key(visitors)
    Proposal.objects.filter(pk=visitors.pk).update(assigned_to=curator)
    answer = client.post(path(visitors), {"text": "<b>It is on page 2.</b>", "key": key})
    assert answer.headers["Location"] == path(visitors, key) + "#comments"
    assert [notice.kind for notice in Notice.objects.filter(recipient=curator)] == ["proposal_comment"]
    ProposalComment.objects.create(proposal=visitors, text="Hm.", is_for_curators=True, by=curator, role="curator")
    page = client.get(path(visitors, key)).content.decode()
    assert "&lt;b&gt;It is on page 2." in page
    assert "Hm." not in page
    client.force_login(curator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(path(visitors), {"text": "Which page?"})
    assert mail.outbox[-1].to == ["bob@example.org"]
    assert "Which page?" in mail.outbox[-1].body
    assert "Hm." in client.get(path(visitors)).content.decode()


@pytest.mark.parametrize("text", ["", "  \n", "x" * 4001])
def test_an_empty_or_endless_comment_is_refused_with_what_was_typed(
    client: Client, visitors: Proposal, text: str
) -> None:
    answer = client.post(path(visitors), {"text": text, "key": access_key(visitors)})
    assert answer.status_code == 400
    assert text.strip() in answer.content.decode()
    assert not visitors.comments.exists()


def test_a_proposer_takes_a_proposal_back_until_it_is_decided(
    client: Client, visitors: Proposal, curator: User
) -> None:
    decided = Proposal.objects.create(
        kind="correction", state="submitted", name="x", infrastructure=visitors.infrastructure
    )
    take_step(decided, "accept", by=curator)
    answer = client.post(path(decided), {"do": "withdraw", "key": access_key(decided)})
    assert answer.status_code == 409
    assert client.post(path(visitors), {"do": "withdraw", "key": access_key(visitors)}).status_code == 302
    visitors.refresh_from_db()
    assert (visitors.state, visitors.email) == ("withdrawn", "")


def test_verdicts_and_reasons_are_read_by_the_proposer(client: Client, visitors: Proposal, curator: User) -> None:
    decide(visitors, {"member_count": (False, "Their page says 1,204.")}, by=curator)
    page = client.get(path(visitors, access_key(visitors))).content.decode()
    assert "rejected" in page
    assert "Their page says 1,204." in page


def test_a_person_who_does_not_show_the_name_is_named_by_role(
    client: Client, visitors: Proposal, curator: User
) -> None:
    take_step(visitors, "ask_revision", by=curator, reason="Say where.")
    page = client.get(path(visitors, access_key(visitors))).content.decode()
    assert "Cleo Example" not in page
    assert "Say where." in page


@pytest.mark.parametrize("state", ["draft", "unconfirmed"])
def test_what_was_not_sent_yet_is_its_writers_alone(
    client: Client, rich: Infrastructure, member: User, curator: User, steward_of: Callable[..., User], state: str
) -> None:
    writer = User.objects.create_user("grace@example.org")
    proposal = Proposal.objects.create(kind="profile", state=state, infrastructure=rich, proposer=writer, message="Why")
    for person, status in ((writer, 200), (steward_of(rich), 404), (curator, 404)):
        client.force_login(person)
        assert client.get(f"/proposals/{proposal.public_id}/").status_code == status
    assert member.pk
    assert client.post(f"/proposals/{proposal.public_id}/", {"text": "I saw this."}).status_code == 404
    assert not proposal.comments.exists()
