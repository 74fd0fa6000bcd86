"""Proposals move as the workflow says, by those who may, with a reason where one is due."""

from typing import Any

import pytest
from django.core import mail

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.access import access_key, is_key_of
from infracommons.web.catalogue.claims.steps import NotAllowedError, ReasonMissingError, take_step
from infracommons.web.catalogue.claims.workflow import CLOSED, DRAFT, OPEN, STEPS, WORDS, WrongStepError
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.models import Notice, Proposal

pytestmark = pytest.mark.django_db
REASON = "Because of the evidence."


@pytest.fixture
def proposal(member: User) -> Proposal:
    return Proposal.objects.create(kind="suggestion", name="Example Archive", proposer=member)


def by(step: Any, member: User, curator: User) -> User:
    return member if step.who == "proposer" else curator


@pytest.mark.parametrize("state", WORDS)
@pytest.mark.parametrize("action", sorted({step.action for step in STEPS}))
def test_each_state_allows_the_steps_of_the_workflow_and_no_others(
    action: str, state: str, proposal: Proposal, member: User, curator: User
) -> None:
    Proposal.objects.update(state=state)
    known = [step for step in STEPS if step.action == action and state in step.from_states]
    actor = by(next(step for step in STEPS if step.action == action), member, curator)
    if not known:
        with pytest.raises(WrongStepError, match=WORDS[state]):
            take_step(proposal, action, by=actor, reason=REASON)
        assert not proposal.events.exists()
        return
    event = take_step(proposal, action, by=actor, reason=REASON)
    proposal.refresh_from_db()
    assert proposal.state == event.to_state == known[0].to_state
    assert (event.from_state, event.by, event.reason) == (state, actor, REASON)
    assert (proposal.closed_at is not None) == (proposal.state in CLOSED)
    assert set(OPEN).isdisjoint(CLOSED)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.action)
def test_nobody_takes_a_step_that_is_not_theirs(step: Any, proposal: Proposal, member: User, curator: User) -> None:
    Proposal.objects.update(state=step.from_states[0])
    wrong = curator if step.who == "proposer" else member
    for person in (wrong, None):
        with pytest.raises(NotAllowedError):
            take_step(proposal, step.action, by=person, reason=REASON)
    proposal.refresh_from_db()
    assert proposal.state == step.from_states[0]


@pytest.mark.parametrize("step", [step for step in STEPS if step.needs_reason], ids=lambda step: step.action)
def test_a_step_that_needs_a_reason_is_not_taken_without_one(step: Any, proposal: Proposal, curator: User) -> None:
    Proposal.objects.update(state=step.from_states[0])
    with pytest.raises(ReasonMissingError):
        take_step(proposal, step.action, by=curator, reason=" \n ")
    with pytest.raises(ValueProblem, match="Shorten"):
        take_step(proposal, step.action, by=curator, reason="x" * 2001)
    assert not proposal.events.exists()


def test_the_second_of_two_curators_is_told_that_it_is_decided(
    proposal: Proposal, curator: User, administrator: User
) -> None:
    Proposal.objects.update(state="submitted")
    late = Proposal.objects.get()
    take_step(proposal, "accept", by=curator)
    with pytest.raises(WrongStepError, match="accepted"):
        take_step(late, "reject", by=administrator, reason=REASON)
    assert proposal.events.count() == 1


def test_a_visitor_is_told_by_mail_and_the_address_is_then_forgotten(
    curator: User, django_capture_on_commit_callbacks: Any
) -> None:
    visitors = Proposal.objects.create(kind="suggestion", name="Example Archive", email="ada@example.org", state=DRAFT)
    with django_capture_on_commit_callbacks(execute=True):
        take_step(visitors, "submit_unconfirmed", by=None)
        take_step(visitors, "confirm", by=None)
        take_step(visitors, "reject", by=curator, reason=REASON)
    visitors.refresh_from_db()
    (sent,) = [one for one in mail.outbox if one.to == ["ada@example.org"]]
    assert REASON in sent.body
    assert f"/proposals/{visitors.public_id}/?key={access_key(visitors)}" in sent.body
    assert visitors.email == ""


def test_an_address_that_was_never_confirmed_is_told_nothing(django_capture_on_commit_callbacks: Any) -> None:
    visitors = Proposal.objects.create(kind="suggestion", name="Example", email="ada@example.org", state="unconfirmed")
    with django_capture_on_commit_callbacks(execute=True):
        take_step(visitors, "withdraw", by=None)
    assert mail.outbox == []


def test_curators_hear_of_new_work_and_the_proposer_of_what_became_of_it(
    proposal: Proposal, member: User, curator: User
) -> None:
    take_step(proposal, "submit", by=member)
    assert [notice.kind for notice in Notice.objects.filter(recipient=curator)] == ["to_review"]
    take_step(proposal, "ask_revision", by=curator, reason=REASON)
    told = Notice.objects.get(recipient=member)
    assert REASON in told.text
    assert told.path == f"/proposals/{proposal.public_id}/"


def test_a_key_opens_its_own_visitors_proposal_only(proposal: Proposal) -> None:
    one, other = (Proposal.objects.create(kind="suggestion", name=name) for name in "ab")
    assert is_key_of(one, access_key(one))
    assert not is_key_of(other, access_key(one))
    assert not is_key_of(one, "")
    assert not is_key_of(proposal, access_key(proposal))
