"""Pages that end a submission: stored and waiting, sent before, or enough for this hour."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from infracommons.web.catalogue.claims.access import proposal_path
from infracommons.web.catalogue.claims.workflow import UNCONFIRMED, WORDS
from infracommons.web.catalogue.contribute.confirmation import VALID_DAYS, ask_to_confirm
from infracommons.web.catalogue.models import Proposal


def waits_for_mail(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Say that a link was mailed, and what happens with and without it; the page knows no secret."""
    context = {"proposal": proposal, "days": VALID_DAYS}
    return render(request, "catalogue/contribute/check_mail.html", context)


def already_sent(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Say what became of the same submission; where it waits for its confirmation, the mail is sent once more."""
    if proposal.state == UNCONFIRMED:
        ask_to_confirm(proposal)
        return waits_for_mail(request, proposal)
    path = proposal_path(proposal) if proposal.proposer_id else ""  # a visitor has the link in a mail
    context = {"proposal": proposal, "state": WORDS[proposal.state], "path": path}
    return render(request, "catalogue/contribute/already_sent.html", context, status=409)
