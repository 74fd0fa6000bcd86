"""Each page and form of the desk opens for the roles of the matrix and for no others."""

import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from infracommons.web.accounts.models import User
from infracommons.web.accounts.permissions import ROLES, may
from infracommons.web.catalogue.models import Infrastructure, Proposal, Term

PAGES = {
    "desk": "see_desk",
    "desk_proposal": "see_desk",
    "desk_stewards": "decide_stewards",
    "desk_infrastructures": "list_and_withdraw",
    "desk_infrastructure": "list_and_withdraw",
    "desk_terms": "edit_terms",
    "desk_vocabulary": "edit_terms",
    "desk_term": "edit_terms",
    "renew": "draft_profile",
}
FORMS = {
    "desk_decide": "review",
    "desk_step": "review",
    "desk_comment": "review",
    "desk_assign": "review",
    "desk_decide_steward": "decide_stewards",
    "desk_list": "list_and_withdraw",
    "desk_readdress": "list_and_withdraw",
    "desk_add_term": "edit_terms",
    "desk_change_term": "edit_terms",
}
Grant = Callable[[Infrastructure], User]
pytestmark = pytest.mark.django_db


def place(name: str, changed: Proposal) -> str:
    infrastructure = changed.infrastructure
    assert infrastructure is not None
    term = Term.objects.filter(vocabulary="categories").first()
    assert term is not None
    arguments: dict[str, list[object]] = {
        "desk_vocabulary": ["categories"],
        "desk_add_term": ["categories"],
        "desk_term": ["categories", term.code],
        "desk_change_term": ["categories", term.code],
        "desk_infrastructure": [infrastructure.infrastructure_id],
        "desk_list": [infrastructure.infrastructure_id],
        "desk_readdress": [infrastructure.infrastructure_id],
        "renew": [infrastructure.infrastructure_id],
    }
    of_proposal = name in {"desk_proposal", "desk_decide", "desk_step", "desk_comment", "desk_assign"}
    return reverse(name, args=[changed.public_id] if of_proposal else arguments.get(name, []))


def person_of(role: str, changed: Proposal, request: pytest.FixtureRequest) -> User | None:
    """Return who has a role; the proposal's own proposer is the steward."""
    if role == "visitor":
        return None
    if role == "steward":
        return changed.proposer
    if role == "member":
        return User.objects.create_user("eva@example.org", name="Eva Example")
    found = request.getfixturevalue(role)
    assert isinstance(found, User)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_page_and_form_opens_by_the_matrix(
    client: Client, changed: Proposal, request: pytest.FixtureRequest, role: str
) -> None:
    person = person_of(role, changed, request)
    if person is not None:
        client.force_login(person)
    for name, action in (PAGES | FORMS).items():
        allowed = may(person, action, is_steward=role == "steward" and name == "renew")
        answer = client.get(place(name, changed)) if name in PAGES else client.post(place(name, changed))
        to_sign_in = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
        assert to_sign_in is (role == "visitor" and not allowed), name
        assert (answer.status_code == 403) is (role != "visitor" and not allowed), name
        if name == "desk_decide_steward" and allowed:
            assert answer.status_code == 404  # no such request
        elif name in FORMS and name != "desk_assign" and allowed:
            assert answer.status_code == 400, name  # an empty form is told what it lacks


@pytest.mark.parametrize("state", ["draft", "unconfirmed"])
def test_what_was_not_sent_is_not_the_desks(at_desk: Client, changed: Proposal, state: str) -> None:
    Proposal.objects.filter(pk=changed.pk).update(state=state)
    assert at_desk.get(reverse("desk_proposal", args=[changed.public_id])).status_code == 404


def test_a_proposal_that_does_not_exist_is_a_404(at_desk: Client) -> None:
    assert at_desk.get(reverse("desk_proposal", args=[uuid.uuid4()])).status_code == 404
