"""Before a draft is sent its team sees what changes, and what is in the way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.decide import decide
from infracommons.web.catalogue.claims.steps import take_step
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.contribute.drafts import save_draft
from infracommons.web.catalogue.contribute.submissions import send_again
from infracommons.web.catalogue.contribute.views import review
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure, Proposal
from infracommons.web.catalogue.models.claim import AuthorKind

from .conftest import typed_of

pytestmark = pytest.mark.django_db
SEND = {"do": "send", "consent": "yes"}


@pytest.fixture
def page(rich: Infrastructure, path_of: Callable[..., str]) -> str:
    return path_of(rich, "propose/review/")


@pytest.fixture
def draft(client: Client, rich: Infrastructure, steward_of: Callable[..., User]) -> Proposal:
    """A team's draft that changes two fields."""
    person = steward_of(rich)
    client.force_login(person)
    typed = typed_of(rich, "mission", value="Another mission.") | typed_of(rich, "open_api", status="available")
    return save_draft(person, rich, typed, revision=0)


def test_old_and_new_stand_side_by_side_in_words(client: Client, page: str, draft: Proposal) -> None:
    shown = client.get(page).content.decode()
    for words in ("changes 2 fields", "To keep examples open.", "Another mission.", "in progress", "available"):
        assert words in shown
    assert draft.state == "draft"


def test_sending_hands_the_curators_what_differs(
    client: Client, rich: Infrastructure, page: str, draft: Proposal
) -> None:
    answer = client.post(page, SEND | {"revision": draft.revision})
    assert answer.headers["Location"] == f"/proposals/{draft.public_id}/"
    draft.refresh_from_db()
    assert (draft.state, draft.base_version, draft.consent_version) == ("submitted", rich.version, "1")
    claims = {claim.field: claim for claim in draft.claims.all()}
    assert {code: claim.base_claim_id for code, claim in claims.items()} == {
        code: rich.profile[code]["claim"] for code in ("mission", "open_api")
    }


def test_without_consent_or_with_another_tabs_changes_nothing_is_sent(
    client: Client, page: str, draft: Proposal
) -> None:
    assert client.post(page, {"do": "send", "revision": draft.revision}).status_code == 400
    assert client.post(page, SEND | {"revision": draft.revision + 1}).status_code == 409
    assert client.post(page, SEND | {"revision": "x"}).status_code == 400
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_what_cannot_be_stored_is_named_and_nothing_is_sent(
    client: Client, rich: Infrastructure, page: str, draft: Proposal
) -> None:
    assert draft.proposer is not None
    draft = save_draft(draft.proposer, rich, typed_of(rich, "launched", value="long ago"), revision=draft.revision)
    answer = client.post(page, SEND | {"revision": draft.revision})
    assert answer.status_code == 400
    assert "has something that cannot be stored" in answer.content.decode()
    assert not draft.claims.exists()


def test_what_others_changed_meanwhile_has_to_be_settled_first(
    client: Client, rich: Infrastructure, page: str, draft: Proposal
) -> None:
    claim = checked_claim(field("mission"), RawClaim("By somebody else."), term_book())
    append_claims(rich, [claim], by=Author(AuthorKind.CURATOR, "a curator"))
    answer = client.post(page, SEND | {"revision": draft.revision})
    assert answer.status_code == 409
    assert "was changed by others" in answer.content.decode()
    assert not draft.claims.exists()


def test_a_draft_that_changes_nothing_is_not_sent(
    client: Client, rich: Infrastructure, page: str, draft: Proposal
) -> None:
    assert draft.proposer is not None
    typed = typed_of(rich, "mission") | typed_of(rich, "open_api")
    draft = save_draft(draft.proposer, rich, typed, revision=draft.revision)
    assert client.post(page, SEND | {"revision": draft.revision}).status_code == 400


def test_a_draft_can_be_thrown_away(client: Client, page: str, draft: Proposal) -> None:
    assert client.post(page, {"do": "withdraw"}).headers["Location"] == "/work/"
    draft.refresh_from_db()
    assert draft.state == "withdrawn"
    assert client.get(page).status_code == 302


def test_a_draft_sent_back_and_sent_again_replaces_its_claims_and_is_accepted(
    client: Client, rich: Infrastructure, page: str, draft: Proposal, curator: User
) -> None:
    assert draft.proposer is not None
    client.post(page, SEND | {"revision": draft.revision})
    take_step(draft, "ask_revision", by=curator, reason="Say more.")
    typed = typed_of(rich, "mission", value="A longer mission.")
    again = save_draft(draft.proposer, rich, typed, revision=draft.revision)
    assert again.pk == draft.pk
    assert client.post(page, {"do": "send", "revision": again.revision}).status_code == 302
    values = {claim.field: claim.value for claim in again.claims.all()}
    assert values["mission"] == "<p>A longer mission.</p>"
    decide(again, dict.fromkeys(values, (True, "")), by=curator)
    rich.refresh_from_db()
    assert rich.profile["mission"]["value"] == "<p>A longer mission.</p>"
    assert rich.profile["mission"]["author_kind"] == "steward"


def test_nobody_sees_or_sends_another_persons_draft(
    client: Client, page: str, draft: Proposal, curator: User, member: User
) -> None:
    client.force_login(curator)
    assert client.get(page).status_code == 302
    client.post(page, SEND | {"revision": draft.revision})
    draft.refresh_from_db()
    assert (draft.state, draft.proposer) == ("draft", member)


def test_a_renewed_date_alone_is_a_change(client: Client, rich: Infrastructure, page: str, draft: Proposal) -> None:
    assert draft.proposer is not None
    typed: dict[str, Any] = typed_of(rich, "code_of_conduct", checked_on="2026-11-01")
    save_draft(draft.proposer, rich, typed, revision=draft.revision)
    assert "changes 3 fields" in client.get(page).content.decode()


def test_a_draft_that_was_sent_in_the_same_moment_is_not_sent_twice(
    client: Client, page: str, draft: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sent_elsewhere(*_: Any) -> None:
        send_again(Proposal.objects.get(pk=draft.pk), [], by=draft.proposer)

    monkeypatch.setattr(review, "_refusal", sent_elsewhere)
    answer = client.post(page, SEND | {"revision": draft.revision})
    assert answer.status_code == 409
    assert "cannot be changed this way" in answer.content.decode()
    assert draft.events.count() == 1


def test_a_draft_that_was_saved_in_the_same_moment_is_looked_at_again(
    client: Client, rich: Infrastructure, page: str, draft: Proposal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved_elsewhere(*_: Any) -> None:
        assert draft.proposer is not None
        save_draft(draft.proposer, rich, typed_of(rich, "mission", value="Yet another."), revision=draft.revision)

    monkeypatch.setattr(review, "_refusal", saved_elsewhere)
    assert client.post(page, SEND | {"revision": draft.revision}).status_code == 409
    draft.refresh_from_db()
    assert (draft.state, draft.typed["mission"]["value"]) == ("draft", "Yet another.")


def test_what_was_decided_in_the_same_moment_is_not_thrown_away(
    client: Client, page: str, draft: Proposal, curator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decided_elsewhere(*_: Any, **__: Any) -> None:
        send_again(draft, [], by=draft.proposer)
        take_step(Proposal.objects.get(pk=draft.pk), "reject", by=curator, reason="No.")
        take_step(Proposal.objects.get(pk=draft.pk), "withdraw", by=draft.proposer)

    monkeypatch.setattr(review, "take_step", decided_elsewhere)
    answer = client.post(page, {"do": "withdraw"})
    assert answer.headers["Location"] == f"/proposals/{draft.public_id}/"
    draft.refresh_from_db()
    assert draft.state == "rejected"
