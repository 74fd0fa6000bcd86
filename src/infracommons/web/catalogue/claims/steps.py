"""Takes a proposal from state to state: checked against the workflow, logged, and told to its proposer."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from infracommons.web.accounts.permissions import may, refusal, role_of
from infracommons.web.catalogue.claims import workflow
from infracommons.web.catalogue.claims.stewards import is_steward
from infracommons.web.catalogue.claims.telling import tell_of_step
from infracommons.web.catalogue.fields.texts import paragraphs
from infracommons.web.catalogue.models import Proposal, ProposalEvent

if TYPE_CHECKING:
    from infracommons.web.accounts.models import User

_LONGEST_REASON = 2000


class NotAllowedError(PermissionError):
    """This person may not take this step."""


class ReasonMissingError(ValueError):
    """This step needs a reason, which the proposer is then told."""


@transaction.atomic
def take_step(proposal: Proposal, action: str, *, by: "User | None", reason: str = "") -> ProposalEvent:
    """Take one step of `claims.workflow`, and bring `proposal` up to date.

    `by` None is the visitor who made the proposal: the caller has checked the link. Raises WrongStepError where the
    state has no such step (also when someone else was quicker), NotAllowedError, ReasonMissingError, and ValueProblem
    for a reason that is too long.
    """
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    taken = workflow.step(action, locked.state)
    _refuse_others(locked, taken, by)
    said = paragraphs(reason, "reason", _LONGEST_REASON)
    if taken.needs_reason and not said:
        message = "Give a reason: the proposer reads it."
        raise ReasonMissingError(message)
    event = ProposalEvent.objects.create(
        proposal=locked, action=action, from_state=locked.state, to_state=taken.to_state, by=by,
        role=role_in(locked, by), reason=said,
    )  # fmt: skip
    _move(locked, taken.to_state, event)
    tell_of_step(locked, event)
    if locked.closed_at:
        locked.email = ""  # nothing more will be mailed: what was just said is queued with its own copy
    locked.save()
    for name in ("state", "email", "token_hash", "submitted_at", "closed_at", "email_confirmed_at"):
        setattr(proposal, name, getattr(locked, name))
    return event


def role_in(proposal: Proposal, person: "User | None") -> str:
    """Return in whose role a person acts on a proposal, as its history then says."""
    if person is not None and person.pk == proposal.proposer_id and is_steward(person, proposal.infrastructure):
        return "steward"
    return role_of(person)


def _refuse_others(proposal: Proposal, taken: workflow.Step, by: "User | None") -> None:
    is_own = (by.pk if by else None) == proposal.proposer_id
    if taken.who == "proposer" and not is_own:
        message = "Only whoever made this proposal may do this."
        raise NotAllowedError(message)
    if taken.who != "proposer" and not may(by, taken.who):
        raise NotAllowedError(refusal(taken.who))


def _move(proposal: Proposal, state: str, event: ProposalEvent) -> None:
    proposal.state = state
    if state == workflow.SUBMITTED:
        proposal.submitted_at = event.at
    if event.action == "confirm":
        proposal.email_confirmed_at, proposal.token_hash = event.at, ""
    if state in workflow.CLOSED:
        proposal.closed_at, proposal.token_hash = timezone.now(), ""
