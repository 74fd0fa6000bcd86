"""Proposals in every state that a page shows, made by the steps that people take."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from tests.functional.world.profiles import say
from tests.web.catalogue.desk.conftest import CHANGES, NEW, add_claims

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.decide import decide
from infracommons.web.catalogue.claims.notices import unsubscribe_token
from infracommons.web.catalogue.claims.steps import take_step
from infracommons.web.catalogue.contribute.drafts import save_draft
from infracommons.web.catalogue.contribute.forms.typed import typed_from_entry
from infracommons.web.catalogue.desk.actions import comment
from infracommons.web.catalogue.fields.claim_input import RawClaim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure, Proposal

SECRET = "the-secret-of-an-invented-mail"  # noqa: S105
_ASK = "Please give the page on which the mission stands."


def make_proposals(people: Mapping[str, User], profiles: Mapping[str, Infrastructure]) -> dict[str, str]:
    """Store the proposals and return the paths of their pages."""
    sam, rae, ada, cleo = (people[short] for short in ("sam", "rae", "ada", "cleo"))
    decided = _sent(profiles["archive"], sam, {"bylaws": RawClaim(status="in_progress"), "scoss": RawClaim("yes")})
    decide(decided, {"bylaws": (True, ""), "scoss": (False, "Its page does not say so.")}, by=cleo)
    clashing = _sent(profiles["archive"], sam, CHANGES)
    say(profiles["archive"], "mission", RawClaim("<p>To keep examples open for all.</p>"))
    comment(clashing, "Is this on their site?", by=cleo, field="mission", for_curators=True)
    _draft(profiles["archive"], sam)
    back = _sent_back(profiles["sent-back"], rae, cleo)
    wish = _sent(None, ada, NEW)
    dispute = _unsigned("correction", profiles["archive"], "submitted", "The mission is outdated.")
    revised = _suggestion_sent_back(ada, cleo)
    return {
        "own_proposal": _page("proposal", clashing),
        "own_decided": _page("proposal", decided),
        "own_back": _page("proposal", back),
        "revise": _page("revise_proposal", revised),
        "desk_clash": _page("desk_proposal", clashing),
        "desk_decided": _page("desk_proposal", decided),
        "desk_new": _page("desk_proposal", wish),
        "desk_dispute": _page("desk_proposal", dispute),
        "confirm": _confirm(0),
        "confirm_wrong": _confirm(0).replace(SECRET, "another"),
        "confirm_old": _confirm(30),
        "unsubscribe": reverse("unsubscribe", args=[unsubscribe_token(sam, "stale")]),
    }


def _page(name: str, proposal: Proposal) -> str:
    return reverse(name, args=[proposal.public_id])


def _sent(infrastructure: Infrastructure | None, person: User, raws: Mapping[str, RawClaim]) -> Proposal:
    kind = "profile" if infrastructure else "suggestion"
    name = infrastructure.name if infrastructure else str(raws["name"].value)
    proposal = Proposal.objects.create(kind=kind, infrastructure=infrastructure, name=name, proposer=person)
    add_claims(proposal, dict(raws))
    take_step(proposal, "submit", by=person)
    return proposal


def _draft(infrastructure: Infrastructure, person: User) -> Proposal:
    infrastructure.refresh_from_db()
    codes = ("summary", "launched")
    typed = {code: typed_from_entry(field(code), infrastructure.profile[code]) for code in codes}
    base = {code: str(infrastructure.profile[code]["claim"]) for code in codes}
    typed = {code: said | {"base": base[code], "value": "Keeps even more."} for code, said in typed.items()}
    return save_draft(person, infrastructure, typed, revision=0)


def _sent_back(infrastructure: Infrastructure, person: User, curator: User) -> Proposal:
    draft = _draft(infrastructure, person)
    add_claims(draft, {"summary": RawClaim("Keeps even more.")})
    take_step(draft, "submit", by=person)
    comment(draft, "Which more?", by=curator, field="summary", for_curators=False)
    take_step(draft, "ask_revision", by=curator, reason=_ASK)
    return draft


def _suggestion_sent_back(person: User, curator: User) -> Proposal:
    raws = {**NEW, "name": RawClaim("Sample Shelf"), "website": RawClaim("https://shelf.example.org/")}
    proposal = _sent(None, person, raws)
    take_step(proposal, "ask_revision", by=curator, reason=_ASK)
    return proposal


def _unsigned(kind: str, infrastructure: Infrastructure | None, state: str, message: str) -> Proposal:
    return Proposal.objects.create(
        kind=kind, infrastructure=infrastructure, state=state, message=message,
        name=infrastructure.name if infrastructure else "Visitors' Examples", email="vera@example.org",
        email_confirmed_at=timezone.now() if state == "submitted" else None, submitted_at=timezone.now(),
    )  # fmt: skip


def _confirm(days: int) -> str:
    """Store a visitor's suggestion that waits for a confirmation by a mail of so many days ago; return its path."""
    proposal = _unsigned("suggestion", None, "unconfirmed", "Many rely on it.")
    proposal.token_hash = hashlib.sha256(SECRET.encode()).hexdigest()
    proposal.token_made_at = timezone.now() - timedelta(days=days)
    proposal.save()
    return reverse("confirm_proposal", args=[proposal.public_id, SECRET])
