"""Turns what was typed into a proposal for the curators: stored once, confirmed by mail where there is no account."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.steps import take_step
from infracommons.web.catalogue.claims.workflow import DRAFT, WITHDRAWN, WrongStepError, step
from infracommons.web.catalogue.contribute.changes import FieldChange
from infracommons.web.catalogue.contribute.confirmation import ask_to_confirm
from infracommons.web.catalogue.contribute.consent import CONSENT_VERSION
from infracommons.web.catalogue.contribute.forms.typed import Typed
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.models import Infrastructure, Proposal, ProposalComment, ProposedClaim


class AlreadySentError(RuntimeError):
    """The same person sent exactly this before; `proposal` is what became of it."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        super().__init__("sent before")


@dataclass(frozen=True)
class Submission:
    """What somebody sends: as typed, and as changes that were checked; `email` is a visitor's."""

    kind: str
    name: str
    typed: Mapping[str, Typed]
    changes: Iterable[FieldChange]
    infrastructure: Infrastructure | None = None
    message: str = ""
    person: User | None = None
    email: str = ""
    remark: str = ""  # to the curators, such as why this is not what is listed already
    fields: tuple[str, ...] = field(default=())  # that a dispute is about, where it has no claims


@transaction.atomic
def submit_new(sent: Submission) -> Proposal:
    """Store a suggestion or a correction; a visitor's waits for its e-mail address to be confirmed.

    Raises AlreadySentError where the same person sent the same; a withdrawn proposal may be sent again.
    """
    claims = [change.claim for change in sent.changes if change.claim and change.is_change]
    digest = _digest(sent, claims)
    _one_at_a_time(digest)
    if before := Proposal.objects.filter(digest=digest).exclude(state=WITHDRAWN).first():
        raise AlreadySentError(before)
    proposal = Proposal.objects.create(
        kind=sent.kind, state=DRAFT, infrastructure=sent.infrastructure, name=sent.name[:200], proposer=sent.person,
        email="" if sent.person else sent.email, typed=dict(sent.typed), message=sent.message, digest=digest,
        base_version=sent.infrastructure.version if sent.infrastructure else 0,
        consented_at=timezone.now(), consent_version=CONSENT_VERSION,
    )  # fmt: skip
    put_claims(proposal, sent.changes)
    if sent.remark:
        role = "member" if sent.person else "visitor"
        ProposalComment.objects.create(proposal=proposal, text=sent.remark, by=sent.person, role=role)
    if sent.person:
        take_step(proposal, "submit", by=sent.person)
    else:
        take_step(proposal, "submit_unconfirmed", by=None)
        ask_to_confirm(proposal)
    return proposal


@transaction.atomic
def send_again(proposal: Proposal, changes: Iterable[FieldChange], *, by: User | None) -> None:
    """Hand a draft, or what a curator sent back, to the curators; earlier claims of it give way to these.

    Raises WrongStepError where it was sent, changed or decided elsewhere since it was read; then nothing is stored.
    """
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    step("submit", locked.state)
    if locked.revision != proposal.revision:
        message = "It was saved elsewhere in the meantime. Look at it again, then send it."
        raise WrongStepError(message)
    if proposal.consent_version != CONSENT_VERSION:
        proposal.consented_at, proposal.consent_version = timezone.now(), CONSENT_VERSION
    proposal.base_version = proposal.infrastructure.version if proposal.infrastructure else 0
    proposal.save(update_fields=["consented_at", "consent_version", "base_version"])
    put_claims(proposal, changes)
    take_step(proposal, "submit", by=by)


def put_claims(proposal: Proposal, changes: Iterable[FieldChange]) -> None:
    """Store what says something new as the proposal's claims, each with the claim that it is meant to replace."""
    proposal.claims.all().delete()
    ProposedClaim.objects.bulk_create(
        ProposedClaim(
            proposal=proposal, field=change.claim.field, value=change.claim.value, status=change.claim.status,
            evidence=list(change.claim.evidence), checked_on=change.claim.checked_on, note=change.claim.note,
            base_claim_id=change.entry["claim"] if change.entry else None,
        )
        for change in changes
        if change.claim and change.is_change
    )  # fmt: skip


def _one_at_a_time(digest: str) -> None:
    """Have the second of two equal requests wait for the first (SQLite has one writer anyway)."""
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])


def _digest(sent: Submission, claims: Iterable[ClaimInput]) -> str:
    """Return what is the same for the same submission by the same person, and tells nobody who that is."""
    place = sent.infrastructure.infrastructure_id if sent.infrastructure else ""
    who = f"person {sent.person.pk}" if sent.person else sent.email
    said = [sent.kind, place, sent.message, sorted(sent.fields), [asdict(claim) for claim in claims], who]
    text = json.dumps(said, sort_keys=True, default=str)
    return salted_hmac("infracommons.submission", text, algorithm="sha256").hexdigest()
