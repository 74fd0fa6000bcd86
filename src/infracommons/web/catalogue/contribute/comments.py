"""Takes in what a proposer or a steward remarks on a proposal, and tells whoever has to know."""

from django.db import transaction
from django.urls import reverse

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.notices import notify
from infracommons.web.catalogue.claims.telling import subject_of, tell_proposer
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.texts import paragraphs
from infracommons.web.catalogue.models import Proposal, ProposalComment

_LONGEST = 4000
_MOST = 200


@transaction.atomic
def add_comment(proposal: Proposal, text: str, *, by: User | None, role: str) -> ProposalComment:
    """Store a comment for proposer and curators; tell the one of them who did not write it.

    `by` None is the visitor who made the proposal. Raises ValueProblem for none or too much text.
    """
    said = paragraphs(text, "text", _LONGEST)
    if not said:
        raise ValueProblem("text", text, "Write something first.")
    if proposal.comments.count() >= _MOST:
        raise ValueProblem("text", text, f"This proposal has {_MOST} comments; it takes no more. Write a new one.")
    comment = ProposalComment.objects.create(proposal=proposal, text=said, by=by, role=role)
    is_own = (by.pk if by else None) == proposal.proposer_id
    subject = f"Comment on {subject_of(proposal)}"
    if not is_own:
        tell_proposer(proposal, subject, said, kind="proposal_comment")
    if proposal.assigned_to is not None and proposal.assigned_to != by:
        path = reverse("desk_proposal", args=[proposal.public_id])
        notify(proposal.assigned_to, "proposal_comment", subject, said, path)
    return comment
