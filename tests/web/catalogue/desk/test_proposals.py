"""A curator decides claim by claim, sees in numbers what that does, and overrules nothing unawares."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.decide import decide
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Claim, Infrastructure, Notice, Proposal
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
Form = dict[str, str]


def seen(proposal: Proposal) -> Form:
    """Return what the page says of the claims that stand, as its form carries it."""
    profile = proposal.infrastructure.profile if proposal.infrastructure else {}
    return {
        f"seen-{claim.field}": str(profile[claim.field]["claim"]) if claim.field in profile else "none"
        for claim in proposal.claims.all()
    }


def form(proposal: Proposal, verdicts: dict[str, str], go: str = "confirm", **more: str) -> Form:
    marked = {f"verdict-{code}": verdict for code, verdict in verdicts.items()}
    return {**seen(proposal), **marked, **more, "go": go}


def send(client: Client, proposal: Proposal, data: Form, name: str = "desk_decide") -> Any:
    return client.post(reverse(name, args=[proposal.public_id]), data)


def text(answer: Any) -> str:
    """Return a page as a reader reads it."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


def overtake(infrastructure: Infrastructure, code: str, raw: RawClaim) -> None:
    claim = checked_claim(field(code), raw, term_book())
    append_claims(infrastructure, [claim], by=Author(AuthorKind.CURATOR, "a curator"))


MIXED = {"mission": "accept", "bylaws": "accept", "member_count": "reject"}
REASON = {"reason-member_count": "No source."}


def test_each_claim_stands_beside_what_it_would_replace_with_the_words_that_differ(
    at_desk: Client, changed: Proposal
) -> None:
    page = at_desk.get(reverse("desk_proposal", args=[changed.public_id])).content.decode()
    assert re.search(r"<ins>.*?added:.*?all", page)
    assert re.search(r"<del>.*?removed:", page)
    for words in ("https://archive.example.org/about", "Counted in October.", "its team", "not planning", "1,204"):
        assert words in text(at_desk.get(reverse("desk_proposal", args=[changed.public_id]))), words
    assert "<strong>open</strong>" not in page  # what was typed is shown as words, never as markup


def test_before_the_last_step_the_page_says_in_numbers_what_happens(at_desk: Client, changed: Proposal) -> None:
    answer = send(at_desk, changed, form(changed, MIXED, "summary", **REASON))
    assert answer.status_code == 200
    assert "publishes 2 claims, rejects 1, and notifies 1 person" in text(answer)
    changed.refresh_from_db()
    assert changed.state == "submitted"


def test_confirming_publishes_what_was_accepted_and_tells_the_proposer_why_not_the_rest(
    at_desk: Client, changed: Proposal, rich: Infrastructure, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(at_desk, changed, form(changed, MIXED, **REASON))
    assert answer.status_code == 302
    changed.refresh_from_db()
    rich.refresh_from_db()
    assert changed.state == "partly_accepted"
    assert rich.profile["bylaws"]["status"] == "considering"
    assert rich.profile["member_count"]["value"] == 1204
    assert [letter.to for letter in mail.outbox] == [[changed.proposer.email]] if changed.proposer else False
    assert "No source." in mail.outbox[0].body


def test_accepting_all_still_asks_before_it_publishes(at_desk: Client, changed: Proposal) -> None:
    answer = send(at_desk, changed, {**seen(changed), "go": "accept_all"})
    assert "publishes 3 claims, rejects 0" in text(answer)
    changed.refresh_from_db()
    assert changed.state == "submitted"


def test_what_is_missing_is_named_at_each_claim_and_nothing_marked_is_lost(at_desk: Client, changed: Proposal) -> None:
    answer = send(at_desk, changed, form(changed, {"mission": "accept", "member_count": "reject"}, "confirm"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "2 claims still to settle" in text(answer)
    assert 'href="#reason-member_count"' in page
    assert 'href="#accept-bylaws"' in page
    assert re.search(r'id="accept-mission"[^>]*checked', page)
    assert re.search(r'id="reject-member_count"[^>]*checked', page)
    assert not Claim.objects.filter(author_kind="curator", field="mission").exists()


def test_a_reason_of_ten_thousand_characters_is_refused_and_kept(at_desk: Client, changed: Proposal) -> None:
    long = "x" * 10_000
    answer = send(at_desk, changed, form(changed, MIXED, **{"reason-member_count": long}))
    assert answer.status_code == 400
    assert long in answer.content.decode()
    assert "10,000 characters" in text(answer)


def test_changing_ones_mind_at_the_summary_keeps_the_marks(at_desk: Client, changed: Proposal) -> None:
    answer = send(at_desk, changed, form(changed, MIXED, "back", **REASON))
    assert re.search(r'id="reject-member_count"[^>]*checked', answer.content.decode())
    assert "No source." in text(answer)


def test_a_newer_value_is_shown_with_what_the_proposer_saw_and_needs_an_explicit_word(
    at_desk: Client, changed: Proposal, rich: Infrastructure
) -> None:
    overtake(rich, "bylaws", RawClaim(status="in_progress"))
    page = text(at_desk.get(reverse("desk_proposal", args=[changed.public_id])))
    assert "Conflict. A newer value stands" in page
    assert "The proposer saw: not planning" in page
    assert "1 conflict with newer values" in page
    changed.refresh_from_db()
    everything = dict.fromkeys(MIXED, "accept")
    refused = send(at_desk, changed, form(changed, everything))
    assert refused.status_code == 400
    assert "Say that the proposed one takes its place" in text(refused)
    accepted = send(at_desk, changed, form(changed, everything, **{"over-bylaws": "1"}))
    assert accepted.status_code == 302
    rich.refresh_from_db()
    assert rich.profile["bylaws"]["status"] == "considering"


def test_a_value_that_changes_while_a_curator_decides_is_not_overruled_unseen(
    at_desk: Client, changed: Proposal, rich: Infrastructure
) -> None:
    shown = form(changed, dict.fromkeys(MIXED, "accept"), **{"over-bylaws": "1"})
    overtake(rich, "bylaws", RawClaim(status="in_progress"))
    answer = send(at_desk, changed, shown)
    assert answer.status_code == 400
    assert "was changed while you decided" in text(answer)
    rich.refresh_from_db()
    assert rich.profile["bylaws"]["status"] == "in_progress"


def test_who_says_what_now_stands_is_in_nobodys_way(at_desk: Client, changed: Proposal, rich: Infrastructure) -> None:
    overtake(rich, "bylaws", RawClaim(status="considering"))
    page = text(at_desk.get(reverse("desk_proposal", args=[changed.public_id])))
    assert "This is what stands already" in page
    assert "Conflict" not in page
    changed.refresh_from_db()
    summary = send(at_desk, changed, form(changed, dict.fromkeys(MIXED, "accept"), "summary"))
    assert "publishes 2 claims, rejects 0, leaves 1 as they stand" in text(summary)


def test_of_two_curators_the_second_is_told_and_nothing_is_doubled(
    at_desk: Client, changed: Proposal, colleague: User
) -> None:
    mine = form(changed, dict.fromkeys(MIXED, "accept"))
    decide(changed, {"mission": (True, ""), "bylaws": (True, ""), "member_count": (False, "Old.")}, by=colleague)
    before = Claim.objects.count()
    answer = send(at_desk, Proposal.objects.get(pk=changed.pk), mine)
    assert answer.status_code in {400, 409}
    assert send(at_desk, Proposal.objects.get(pk=changed.pk), form(changed, MIXED, **REASON)).status_code == 409
    assert Claim.objects.count() == before
    assert changed.events.filter(action__startswith="accept").count() == 1


def test_the_second_curator_reads_who_was_quicker(at_desk: Client, dispute: Proposal, colleague: User) -> None:
    client = Client()
    client.force_login(colleague)
    assert send(client, dispute, {"action": "accept"}, "desk_step").status_code == 302
    answer = send(at_desk, dispute, {"action": "reject", "reason": "I see it otherwise."}, "desk_step")
    assert answer.status_code == 409
    assert "Dora Example was quicker, and the proposal is now accepted" in text(answer)


def test_a_suggestion_becomes_listed_and_its_proposers_address_is_forgotten(
    at_desk: Client, suggestion: Proposal, django_capture_on_commit_callbacks: Any
) -> None:
    everything = dict.fromkeys(("name", "website", "summary", "categories"), "accept")
    assert "adds Sample Store to the catalogue" in text(
        send(at_desk, suggestion, form(suggestion, everything, "summary"))
    )
    with django_capture_on_commit_callbacks(execute=True):
        send(at_desk, suggestion, form(suggestion, everything))
    assert Infrastructure.objects.get(infrastructure_id="sample-store").listing == "listed"
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.email) == ("accepted", "")
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]


def test_a_name_that_is_listed_already_needs_an_explicit_word(at_desk: Client, suggestion: Proposal) -> None:
    suggestion.claims.filter(field="name").update(value="arXiv")
    page = text(at_desk.get(reverse("desk_proposal", args=[suggestion.public_id])))
    assert "Listed already under this name or at this website" in page
    everything = dict.fromkeys(("name", "website", "summary", "categories"), "accept")
    assert send(at_desk, suggestion, form(suggestion, everything)).status_code == 400
    assert send(at_desk, suggestion, form(suggestion, everything, **{"over-name": "1"})).status_code == 302
    assert Infrastructure.objects.filter(name="arXiv").count() == 2


def test_a_website_that_is_listed_already_is_pointed_out(at_desk: Client, suggestion: Proposal) -> None:
    suggestion.claims.filter(field="website").update(value="https://www.arxiv.org/other")
    assert "arXiv" in text(at_desk.get(reverse("desk_proposal", args=[suggestion.public_id])))


def test_a_revision_is_asked_for_with_a_reason_only(at_desk: Client, changed: Proposal) -> None:
    refused = send(at_desk, changed, {"action": "ask_revision", "reason": " "}, "desk_step")
    assert refused.status_code == 400
    assert "Give a reason" in text(refused)
    assert (
        send(at_desk, changed, {"action": "ask_revision", "reason": "Say since when."}, "desk_step").status_code == 302
    )
    changed.refresh_from_db()
    assert changed.state == "revision"


def test_a_proposal_with_claims_is_not_accepted_as_a_whole_by_the_back_door(at_desk: Client, changed: Proposal) -> None:
    assert send(at_desk, changed, {"action": "accept"}, "desk_step").status_code == 400
    changed.refresh_from_db()
    assert changed.state == "submitted"


def test_a_comment_for_curators_stays_with_them(
    at_desk: Client, changed: Proposal, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(
            at_desk, changed, {"text": "Ask the foundation?", "audience": "curators", "field": "bylaws"}, "desk_comment"
        )
    assert mail.outbox == []
    assert changed.comments.get().is_for_curators
    assert "Ask the foundation?" in text(at_desk.get(reverse("desk_proposal", args=[changed.public_id])))


def test_a_comment_to_the_proposer_reaches_them(
    at_desk: Client, changed: Proposal, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(at_desk, changed, {"text": "Since when?", "audience": "proposer"}, "desk_comment")
    assert Notice.objects.get(kind="proposal_comment").recipient == changed.proposer
    assert "Since when?" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"text": " ", "audience": "curators"}, "The comment is empty"),
        ({"text": "Hello", "audience": "everyone"}, "who may read"),
        ({"text": "Hello", "audience": "curators", "field": "nonsense"}, "“nonsense”"),
        ({"text": "x" * 5000, "audience": "curators"}, "5,000 characters"),
    ],
)
def test_a_comment_that_cannot_be_stored_is_told_why_and_kept(
    at_desk: Client, changed: Proposal, data: Form, says: str
) -> None:
    answer = send(at_desk, changed, data, "desk_comment")
    assert answer.status_code == 400
    assert says in text(answer)
    assert data["text"].strip() in answer.content.decode()
    assert not changed.comments.exists()


def test_assigning_tells_the_colleague_once_and_keeps_the_day(
    at_desk: Client, changed: Proposal, colleague: User
) -> None:
    for _ in range(2):
        send(at_desk, changed, {"to": str(colleague.pk), "due_on": "2026-12-24"}, "desk_assign")
    changed.refresh_from_db()
    assert (changed.assigned_to, str(changed.due_on)) == (colleague, "2026-12-24")
    assert Notice.objects.filter(recipient=colleague, kind="assigned").count() == 1
    send(at_desk, changed, {"to": "", "due_on": ""}, "desk_assign")
    changed.refresh_from_db()
    assert (changed.assigned_to, changed.due_on) == (None, None)


@pytest.mark.parametrize(("data", "says"), [({"to": "999999"}, "cannot review"), ({"due_on": "soon"}, "“soon”")])
def test_who_cannot_review_or_a_day_that_is_none_is_refused(
    at_desk: Client, changed: Proposal, data: Form, says: str
) -> None:
    answer = send(at_desk, changed, data, "desk_assign")
    assert answer.status_code == 400
    assert says in text(answer)


def test_a_form_sent_after_the_session_ended_is_there_after_signing_in(
    client: Client, changed: Proposal, curator: User
) -> None:
    page = reverse("desk_proposal", args=[changed.public_id])
    sent = send(client, changed, form(changed, MIXED, **REASON))
    assert sent.status_code == 302
    assert page in sent["Location"]
    client.force_login(curator)
    answer = client.get(page)
    assert "You were signed out before this was sent" in text(answer)
    assert re.search(r'id="reject-member_count"[^>]*checked', answer.content.decode())
    assert "No source." in text(answer)
    assert "You were signed out" not in text(client.get(page))


def test_hostile_text_is_shown_as_text_even_where_it_got_past_the_door(
    at_desk: Client, propose: Callable[..., Proposal]
) -> None:
    proposal = propose({"mission": RawClaim("Open for all"), "bylaws": RawClaim(note="<script>x")})
    hostile = '<img src=x onerror="alert(1)"><a href="javascript:alert(1)">Open</a>'
    proposal.claims.filter(field="mission").update(value=hostile)
    page = at_desk.get(reverse("desk_proposal", args=[proposal.public_id])).content.decode()
    for said in ("<img", 'href="javascript:', "<script>x"):
        assert said not in page


def test_a_decided_proposal_shows_its_verdicts_and_takes_no_more(
    at_desk: Client, changed: Proposal, curator: User
) -> None:
    decide(changed, dict.fromkeys(MIXED, (False, "Not convinced.")), by=curator)
    page = text(at_desk.get(reverse("desk_proposal", args=[changed.public_id])))
    assert "Rejected on" in page
    assert "Not convinced." in page
    assert "See what this does" not in page
