"""The page behind the link that a visitor was mailed: a button confirms, so that programs that open links do not."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from infracommons.web.catalogue.claims.access import proposal_path
from infracommons.web.catalogue.contribute import limits
from infracommons.web.catalogue.contribute.answers import waits_for_mail
from infracommons.web.catalogue.contribute.confirmation import (
    LinkExpiredError,
    LinkUselessError,
    ask_to_confirm,
    check_link,
    confirm,
)
from infracommons.web.catalogue.contribute.guard import keeps_typed
from infracommons.web.catalogue.models import Proposal


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_proposal(request: HttpRequest, public_id: UUID, secret: str) -> HttpResponse:
    """Show the button, or do what it says; an expired link offers a new one, to the same mailbox only."""
    proposal = get_object_or_404(Proposal, public_id=public_id)
    try:
        if request.method != "POST":
            check_link(proposal, secret, timezone.now())
            return render(request, "catalogue/contribute/confirm.html", {"proposal": proposal})
        confirm(proposal, secret, timezone.now())
    except LinkUselessError as error:
        return render(request, "catalogue/contribute/link_useless.html", {"said": str(error)}, status=410)
    except LinkExpiredError:
        return _expired(request, proposal)
    return redirect(proposal_path(proposal))


def _expired(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    if request.method == "POST" and request.POST.get("do") == "again":
        try:
            limits.count(limits.BY_MAILBOX, proposal.email)
        except limits.TooManyError as error:
            response = render(request, "catalogue/contribute/link_expired.html", {"is_limited": True}, status=429)
            response.headers["Retry-After"] = str(error.seconds)
            return response
        ask_to_confirm(proposal)
        return waits_for_mail(request, proposal)
    return render(request, "catalogue/contribute/link_expired.html", {"proposal": proposal}, status=410)
