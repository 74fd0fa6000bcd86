"""Carries out a curator's verdicts on a proposal, claim by claim: all of them, or none where one cannot be."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from infracommons.web.accounts.permissions import may, refusal
from infracommons.web.catalogue.claims.append import Author, ConflictError, append_claims
from infracommons.web.catalogue.claims.create import create_infrastructure
from infracommons.web.catalogue.claims.organisations import slug_of
from infracommons.web.catalogue.claims.steps import NotAllowedError, ReasonMissingError, take_step
from infracommons.web.catalogue.claims.stewards import is_steward
from infracommons.web.catalogue.claims.telling import labels_of
from infracommons.web.catalogue.claims.workflow import step
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.fields.texts import paragraphs
from infracommons.web.catalogue.models import Claim, Infrastructure, Proposal, ProposalEvent, ProposedClaim
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.proposal import ProposalKind, Verdict

if TYPE_CHECKING:
    from infracommons.web.accounts.models import User

Verdicts = Mapping[str, tuple[bool, str]]  # {field: (accepted?, reason)}
_LONGEST_REASON = 2000


class UndecidedError(ValueError):
    """Verdicts do not fit the claims of the proposal; `fields` are those without one, or unknown to it."""

    def __init__(self, message: str, fields: Collection[str]) -> None:
        self.fields = tuple(sorted(fields))
        super().__init__(message)


@dataclass(frozen=True)
class Decision:
    """What came of it: the step taken, the infrastructure, and the claims that now stand."""

    event: ProposalEvent
    infrastructure: Infrastructure | None
    claims: tuple[Claim, ...]


@transaction.atomic
def decide(
    proposal: Proposal, verdicts: Verdicts, *, by: "User", override_conflicts: Collection[str] = frozenset(),
    reason: str = "",
) -> Decision:  # fmt: skip
    """Append the accepted claims, note every verdict, and take the step that follows: accept, accept_part, reject.

    Each claim needs a verdict, a rejected one its reason. A suggestion whose name is accepted becomes a listed
    infrastructure. A proposal without claims (a dispute) is settled by `take_step` instead.

    Raises UndecidedError, ReasonMissingError, NotAllowedError, WrongStepError where someone else was quicker, and
    ConflictError where an accepted field has changed since it was proposed, or a suggestion's name is listed already,
    unless the field is in `override_conflicts`. Then nothing is stored.
    """
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    _refuse_unready(locked, verdicts, by)
    claims = list(locked.claims.all())
    accepted = [claim for claim in claims if verdicts[claim.field][0]]
    infrastructure, stored = _carry_out(locked, accepted, by, override_conflicts)
    became = {claim.field: claim for claim in stored}
    for claim in claims:
        _note(claim, verdicts[claim.field], by, became.get(claim.field))
    action = "reject" if not accepted else "accept" if len(accepted) == len(claims) else "accept_part"
    locked.infrastructure = infrastructure
    locked.save(update_fields=["infrastructure"])
    event = take_step(locked, action, by=by, reason=reason or _reason_of(verdicts))
    proposal.refresh_from_db()
    return Decision(event, infrastructure, tuple(stored))


def _refuse_unready(proposal: Proposal, verdicts: Verdicts, by: "User") -> None:
    if not may(by, "review"):
        raise NotAllowedError(refusal("review"))
    step("accept", proposal.state)  # every outcome starts from the same state
    proposed = set(proposal.claims.values_list("field", flat=True))
    if odd := proposed ^ verdicts.keys():
        message = f"Accept or reject every claim of the proposal, and no others: {labels_of(odd)}."
        raise UndecidedError(message, odd)
    if not proposed:
        message = "This proposal holds no claims: accept or reject it as a whole."
        raise UndecidedError(message, ())
    if silent := [field for field, (accepted, reason) in verdicts.items() if not accepted and not reason.strip()]:
        message = f"Give a reason for each rejected claim: {labels_of(silent)}."
        raise ReasonMissingError(message)


def _carry_out(
    proposal: Proposal, accepted: list[ProposedClaim], by: "User", override: Collection[str]
) -> tuple[Infrastructure | None, list[Claim]]:
    if not accepted:
        return proposal.infrastructure, []
    author = _author(proposal, by)
    inputs = [_input_of(claim) for claim in accepted]
    if proposal.infrastructure is None:
        infrastructure = _new(inputs, author, override)
        return infrastructure, list(infrastructure.claims.all())
    seen = {claim.field: claim.base_claim_id for claim in accepted if claim.field not in override}
    return proposal.infrastructure, append_claims(proposal.infrastructure, inputs, by=author, seen=seen)


def _new(inputs: list[ClaimInput], author: Author, override: Collection[str]) -> Infrastructure:
    name = next((claim.value for claim in inputs if claim.field == "name"), None)
    if name is None:
        message = "A new infrastructure needs its name: accept the name, or reject the whole suggestion."
        raise UndecidedError(message, ["name"])
    listed = Infrastructure.objects.filter(infrastructure_id=slug_of(name)).first()
    if listed is not None and "name" not in override:
        raise ConflictError({"name": listed.profile.get("name")})
    return create_infrastructure(inputs, by=author)


def _author(proposal: Proposal, by: "User") -> Author:
    """Return in whose name accepted claims stand: the team's, else the curator's who holds them to be right."""
    if proposal.kind == ProposalKind.PROFILE and proposal.infrastructure is not None:
        if is_steward(proposal.proposer, proposal.infrastructure):
            source = f"{proposal.infrastructure.name} team, accepted by a curator"
            return Author(AuthorKind.STEWARD, source, proposal.proposer)
        return Author(AuthorKind.CURATOR, "a curator", by)
    said = "suggested" if proposal.kind == ProposalKind.SUGGESTION else "corrected"
    return Author(AuthorKind.CURATOR, f"{said} by a reader, accepted by a curator", by)


def _input_of(claim: ProposedClaim) -> ClaimInput:
    return ClaimInput(claim.field, claim.value, claim.status, tuple(claim.evidence), claim.checked_on, claim.note)


def _note(claim: ProposedClaim, verdict: tuple[bool, str], by: "User", became: Claim | None) -> None:
    accepted, reason = verdict
    claim.verdict = Verdict.ACCEPTED if accepted else Verdict.REJECTED
    claim.reason = paragraphs(reason, "reason", _LONGEST_REASON)
    claim.decided_by, claim.decided_at, claim.claim = by, timezone.now(), became
    claim.save()


def _reason_of(verdicts: Verdicts) -> str:
    """Return the labels of the rejected claims: their own reasons stand beside them."""
    rejected = [field for field, (accepted, _) in verdicts.items() if not accepted]
    return f"Not accepted: {labels_of(rejected)}."[:_LONGEST_REASON] if rejected else ""
