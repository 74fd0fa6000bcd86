"""Proposals as they reach the desk: from a team, from a reader, and for something new."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.steps import take_step
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure, Proposal, ProposedClaim

MISSION = "<p>To keep all examples <strong>open</strong> for good.</p>"
CHANGES = {
    "mission": RawClaim(MISSION, evidence=[{"url": "https://archive.example.org/about", "label": "About"}]),
    "bylaws": RawClaim(status="considering"),
    "member_count": RawClaim("1,300", note="Counted in October."),
}
NEW = {
    "name": RawClaim("Sample Store"),
    "website": RawClaim("https://store.example.org/"),
    "summary": RawClaim("Keeps samples."),
    "categories": RawClaim({"terms": ["repository_service"]}),
}
Propose = Callable[..., Proposal]


def add_claims(proposal: Proposal, raws: dict[str, RawClaim]) -> None:
    """Store claims of a proposal as submitting it does."""
    profile = proposal.infrastructure.profile if proposal.infrastructure else {}
    for code, raw in raws.items():
        claim = checked_claim(field(code), raw, term_book())
        ProposedClaim.objects.create(
            proposal=proposal, field=code, value=claim.value, status=claim.status, evidence=list(claim.evidence),
            checked_on=claim.checked_on, note=claim.note,
            base_claim_id=profile[code]["claim"] if code in profile else None,
        )  # fmt: skip


@pytest.fixture
def propose(rich: Infrastructure, steward_of: Callable[[Infrastructure], User]) -> Propose:
    """Return a function that makes and submits a proposal of the steward of Example Archive."""

    def submitted(raws: dict[str, RawClaim] = CHANGES) -> Proposal:
        person = User.objects.filter(stewardships__infrastructure=rich).first() or steward_of(rich)
        proposal = Proposal.objects.create(
            kind="profile", state="draft", infrastructure=rich, name=rich.name, proposer=person
        )
        add_claims(proposal, raws)
        take_step(proposal, "submit", by=person)
        return proposal

    return submitted


@pytest.fixture
def changed(propose: Propose) -> Proposal:
    """Changes to Example Archive by its steward."""
    return propose()


@pytest.fixture
def suggestion(small_catalogue: None) -> Proposal:  # noqa: ARG001 - beside which it is new
    """Something new, suggested by a reader who confirmed their address."""
    proposal = Proposal.objects.create(
        kind="suggestion", state="submitted", name="Sample Store", email="ada@example.org",
        email_confirmed_at=timezone.now(), submitted_at=timezone.now(),
    )  # fmt: skip
    add_claims(proposal, NEW)
    return proposal


@pytest.fixture
def dispute(rich: Infrastructure) -> Proposal:
    """A reader who says in words that something is wrong."""
    return Proposal.objects.create(
        kind="correction", state="submitted", infrastructure=rich, name=rich.name, message="The mission is outdated.",
        email="bea@example.org", email_confirmed_at=timezone.now(), submitted_at=timezone.now(),
    )  # fmt: skip


@pytest.fixture
def at_desk(client: Client, curator: User) -> Client:
    """A browser in which a curator is signed in."""
    client.force_login(curator)
    return client


@pytest.fixture
def colleague(db: None) -> User:  # noqa: ARG001 - asks for the database
    """Another curator."""
    return User.objects.create_user("dora@example.org", name="Dora Example", role="curator")
