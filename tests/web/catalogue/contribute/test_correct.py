"""Anyone corrects what stands; only what differs is proposed, and nobody overwrites what they did not see."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import change_slug, set_listing
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure, Proposal
from infracommons.web.catalogue.models.claim import AuthorKind

from .conftest import stamp

pytestmark = pytest.mark.django_db
CURATOR = Author(AuthorKind.CURATOR, "a curator")
TOMORROW = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
WHERE = "correct/?field=mission&field=member_count"


@pytest.fixture
def visitor() -> dict[str, str]:
    return {"email": "ada@example.org", "consent": "yes", "opened": stamp()}


@pytest.fixture
def page(rich: Infrastructure, path_of: Callable[..., str]) -> str:
    return path_of(rich, WHERE)


def claim_members(infrastructure: Infrastructure, number: str) -> None:
    claim = checked_claim(field("member_count"), RawClaim(number), term_book())
    append_claims(infrastructure, [claim], by=CURATOR)


def test_only_what_differs_becomes_a_claim_with_what_it_replaces(
    client: Client, rich: Infrastructure, page: str, opened: Any, visitor: dict[str, str]
) -> None:
    sent = opened(page) | visitor | {"member_count.value": "1300", "member_count.url": ["https://e.example.org/team"]}
    assert client.post(page, sent).status_code == 200
    proposal = Proposal.objects.get()
    (claim,) = proposal.claims.all()
    assert (claim.field, claim.value, claim.base_claim_id) == (
        "member_count",
        1300,
        rich.profile["member_count"]["claim"],
    )
    assert (proposal.kind, proposal.infrastructure, proposal.state) == ("correction", rich, "unconfirmed")
    rich.refresh_from_db()
    assert rich.profile["member_count"]["value"] == 1204


def test_a_form_sent_unchanged_stores_nothing_and_says_so(
    client: Client, page: str, opened: Any, visitor: dict[str, str]
) -> None:
    answer = client.post(page, opened(page) | visitor)
    assert answer.status_code == 400
    assert "Nothing differs" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_member_disputes_a_value_without_knowing_the_right_one(
    client: Client, page: str, opened: Any, member: User
) -> None:
    client.force_login(member)
    sent = opened(page) | {"consent": "yes", "message": "The number of members is far too high."}
    assert client.post(page, sent).status_code == 302
    proposal = Proposal.objects.get()
    assert not proposal.claims.exists()
    assert set(proposal.typed) == {"mission", "member_count"}
    assert proposal.message.startswith("The number")


def test_a_visitor_has_to_give_a_value_or_sign_in(
    client: Client, page: str, opened: Any, visitor: dict[str, str]
) -> None:
    answer = client.post(page, opened(page) | visitor | {"message": "The number is wrong."})
    assert answer.status_code == 400
    assert "sign in" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_value_that_changed_meanwhile_is_shown_and_has_to_be_chosen(
    client: Client, rich: Infrastructure, page: str, opened: Any, visitor: dict[str, str]
) -> None:
    sent = opened(page) | visitor | {"member_count.value": "1300"}
    claim_members(rich, "5000")
    answer = client.post(page, sent)
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "5,000" in said
    assert 'value="1300"' in said
    assert not Proposal.objects.exists()
    current = str(rich.profile["member_count"]["claim"])
    mine = {"member_count.resolve": "mine", "member_count.current": current}
    assert client.post(page, sent | mine).status_code == 200
    assert Proposal.objects.get().claims.get().base_claim_id == int(current)


def test_a_field_that_was_left_alone_does_not_undo_what_others_changed(
    client: Client, rich: Infrastructure, page: str, opened: Any, visitor: dict[str, str]
) -> None:
    sent = opened(page) | visitor | {"mission.value": "Another mission."}
    claim_members(rich, "5000")
    assert client.post(page, sent).status_code == 200
    assert [claim.field for claim in Proposal.objects.get().claims.all()] == ["mission"]


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("member_count.value", "many", "give a whole number"),
        ("member_count.status", "unknown", "Keep one of the two"),
        ("member_count.status", "splendid", "takes one of these statuses"),
        ("member_count.checked_on", "31.5.2026", "Give the day as"),
        ("member_count.checked_on", TOMORROW, "in the future"),
        ("member_count.url", ["ftp://example.org/"], "must start with https"),
        ("member_count.note", "x" * 2001, "Shorten"),
        ("mission.value", "x" * 50_000, "are allowed. Shorten it."),
        ("consent", "", "Tick this box"),
    ],
)
def test_bad_input_is_said_at_the_field_with_all_that_was_typed(
    client: Client, page: str, opened: Any, visitor: dict[str, str], part: str, value: Any, said: str
) -> None:
    sent = opened(page) | visitor | {"mission.value": "Typed with care", part: value}
    answer = client.post(page, sent)
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert said in shown
    assert "Typed with care" in shown or part == "mission.value"
    assert (value[0] if isinstance(value, list) else value) in shown
    assert not Proposal.objects.exists()


def test_the_same_correction_twice_is_stored_once(client: Client, page: str, opened: Any, member: User) -> None:
    client.force_login(member)
    sent = opened(page) | {"consent": "yes", "member_count.value": "1300"}
    assert client.post(page, sent).status_code == 302
    assert client.post(page, sent).status_code == 409
    assert Proposal.objects.count() == 1


def test_fields_that_are_not_public_are_neither_shown_nor_taken(
    client: Client, rich: Infrastructure, path_of: Callable[..., str]
) -> None:
    for code in ("contact_email", "annual_revenue", "financial_visibility", "identifier", "no_such_field"):
        answer = client.get(path_of(rich, f"correct/?field={code}"))
        assert answer.status_code == 400, code
        assert "1250000" not in answer.content.decode()
        assert "ada@example.org" not in answer.content.decode()


def test_without_a_field_every_public_field_can_be_chosen(
    client: Client, rich: Infrastructure, path_of: Callable[..., str]
) -> None:
    page = client.get(path_of(rich, "correct/")).content.decode()
    assert 'value="mission"' in page
    assert 'value="annual_revenue"' not in page
    many = "&".join(f"field={code}" for code in list(rich.profile)[:12])
    assert "at most 10" in client.get(path_of(rich, f"correct/?{many}")).content.decode()


def test_an_unlisted_or_unknown_infrastructure_is_not_found_and_a_renamed_one_is(
    client: Client, rich: Infrastructure, page: str
) -> None:
    change_slug(rich, "archive-of-examples", by=CURATOR)
    assert client.get(page).status_code == 200
    set_listing(rich, "withdrawn", by=CURATOR, reason="It closed.")
    answer = client.get(page)
    assert answer.status_code == 404
    assert "is not listed" in answer.content.decode()
    assert client.get("/infrastructures/no-such/correct/").status_code == 404


def test_another_row_of_evidence_is_added_without_a_script(
    client: Client, page: str, opened: Any, visitor: dict[str, str]
) -> None:
    answer = client.post(page, opened(page) | visitor | {"mission.value": "Typed", "add": "mission"})
    assert answer.status_code == 200
    mission = next(form for form in answer.context["forms"] if form.code == "mission")
    assert len(mission.links) == 4
    assert mission.typed["value"] == "Typed"
