"""What curators do to a proposal at the desk, besides taking the steps that the workflow has."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from infracommons.vocabulary.figures import day
from infracommons.web.accounts.permissions import role_of
from infracommons.web.catalogue.claims.append import ConflictError, one_writer
from infracommons.web.catalogue.claims.decide import Decision, decide
from infracommons.web.catalogue.claims.notices import notify
from infracommons.web.catalogue.claims.telling import subject_of, tell_proposer
from infracommons.web.catalogue.desk.marks import ACCEPT, Mark
from infracommons.web.catalogue.desk.review import seen_of
from infracommons.web.catalogue.fields.texts import paragraphs
from infracommons.web.catalogue.models import Infrastructure, Proposal, ProposalComment

if TYPE_CHECKING:
    from infracommons.web.accounts.models import User

LONGEST_COMMENT = 4000


@transaction.atomic
def settle(proposal: Proposal, marks: Mapping[str, Mark], *, by: "User") -> Decision:
    """Carry out a curator's marks: all of them, or none.

    Raises what `decide` raises, and ConflictError also where a claim that the curator chose to overrule has itself
    been replaced since the curator saw it.
    """
    Proposal.objects.select_for_update().get(pk=proposal.pk)
    _refuse_unseen(proposal, marks)
    verdicts = {code: (mark.verdict == ACCEPT, mark.reason) for code, mark in marks.items()}
    overruled = {code for code, mark in marks.items() if mark.is_over}
    return decide(proposal, verdicts, by=by, override_conflicts=overruled)


def _refuse_unseen(proposal: Proposal, marks: Mapping[str, Mark]) -> None:
    if proposal.infrastructure_id is None:
        return
    one_writer()
    profile = Infrastructure.objects.select_for_update().get(pk=proposal.infrastructure_id).profile
    now = {code: profile.get(code) for code, mark in marks.items() if mark.verdict == ACCEPT}
    unseen = {code: entry for code, entry in now.items() if seen_of(entry) != marks[code].seen}
    if unseen:
        raise ConflictError(unseen)


@transaction.atomic
def comment(proposal: Proposal, text: str, *, by: "User", field: str = "", for_curators: bool) -> ProposalComment:
    """Store a remark, on one field or on the whole, and tell the proposer of one that is not for curators alone.

    Raises ValueProblem for a text that cannot be stored.
    """
    said = ProposalComment.objects.create(
        proposal=proposal, field=field, text=paragraphs(text, "text", LONGEST_COMMENT), is_for_curators=for_curators,
        by=by, role=role_of(by),
    )  # fmt: skip
    if not for_curators:
        subject = f"Comment on {subject_of(proposal)}"
        tell_proposer(proposal, subject, f"A curator wrote:\n\n{said.text}", "proposal_comment")
    return said


@transaction.atomic
def assign(proposal: Proposal, to: "User | None", *, due_on: date | None, by: "User") -> None:
    """Give a proposal to a colleague, or to nobody, with a day by which it should be decided."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    is_new = to is not None and to.pk != locked.assigned_to_id
    locked.assigned_to, locked.due_on = to, due_on
    locked.save(update_fields=["assigned_to", "due_on"])
    proposal.assigned_to, proposal.due_on = to, due_on
    if to is not None and is_new and to.pk != by.pk:
        until = f" Please decide by {day(due_on)}." if due_on else ""
        path = reverse("desk_proposal", args=[proposal.public_id])
        notify(to, "assigned", f"Assigned to you: {subject_of(proposal)}", f"{subject_of(proposal)}.{until}", path)
