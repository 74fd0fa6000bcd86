"""Tells people of a proposal: curators that it waits, its proposer what became of it.

Members are told by notice, visitors by mail to the address that they confirmed.
"""

from collections.abc import Iterable

from django.urls import reverse

from infracommons.web.accounts.models import Role, User
from infracommons.web.catalogue.claims import workflow
from infracommons.web.catalogue.claims.access import proposal_address, proposal_path
from infracommons.web.catalogue.claims.mail import queue_mail
from infracommons.web.catalogue.claims.notices import notify
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.models import Proposal, ProposalEvent
from infracommons.web.catalogue.models.proposal import Verdict

_TOLD = ("ask_revision", "accept", "accept_part", "reject")


def tell_of_step(proposal: Proposal, event: ProposalEvent) -> None:
    """Tell curators of a proposal that now waits, the proposer of a curator's step with the reason of each verdict."""
    if event.to_state == workflow.SUBMITTED:
        _tell_curators(proposal)
    if event.action not in _TOLD:
        return
    said = [f"Your proposal ({subject_of(proposal)}) is {workflow.WORDS[event.to_state]}."]
    said += [f"Reason: {event.reason}"] if event.reason else []
    if event.to_state == workflow.REVISION:
        said.append("Open it, change what the curator asks for, and send it again. What you typed is all there.")
    elif decided := _decided(proposal):
        said.append(decided)
    tell_proposer(proposal, f"{subject_of(proposal)} is {workflow.WORDS[event.to_state]}", "\n\n".join(said))


def tell_proposer(proposal: Proposal, subject: str, text: str, kind: str = "proposal_step") -> None:
    """Tell the proposer something; nobody is told where an account was closed or no address was confirmed."""
    if proposal.proposer is not None:
        notify(proposal.proposer, kind, subject, text, proposal_path(proposal))
    elif proposal.email and proposal.email_confirmed_at:
        foot = "You get this because you made this proposal and confirmed your e-mail address."
        queue_mail(proposal.email, subject, f"{text}\n\n{proposal_address(proposal)}\n\n-- \n{foot}\n")


def subject_of(proposal: Proposal) -> str:
    """Return in a few words what a proposal is: its kind and the infrastructure's name."""
    name = proposal.infrastructure.name if proposal.infrastructure else proposal.name
    return f"{proposal.get_kind_display()}: {name}"


def labels_of(codes: Iterable[str]) -> str:
    """Return the labels of fields, in the order of a profile; a code without a definition stands as it is."""
    known, wanted = fields(), set(codes)
    labels = [field.label for code, field in known.items() if code in wanted]
    return ", ".join([*labels, *sorted(wanted - known.keys())])


def _tell_curators(proposal: Proposal) -> None:
    able = User.objects.filter(is_active=True, role__in=(Role.CURATOR, Role.ADMINISTRATOR))
    told = [proposal.assigned_to] if proposal.assigned_to else [one for one in able if one != proposal.proposer]
    for person in told:
        text = f"A proposal waits for a curator. {subject_of(proposal)}."
        notify(person, "to_review", subject_of(proposal), text, reverse("desk_proposal", args=[proposal.public_id]))


def _decided(proposal: Proposal) -> str:
    return "\n".join(
        f"- {labels_of([claim.field])}: {claim.get_verdict_display()}" + (f" ({claim.reason})" if claim.reason else "")
        for claim in proposal.claims.exclude(verdict=Verdict.OPEN)
    )
