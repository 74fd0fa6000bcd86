"""The proposer changes a suggestion or correction that a curator sent back, and sends it again."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from infracommons.web.accounts.permissions import Standing, requires
from infracommons.web.catalogue.claims.access import access_key, is_key_of, proposal_path
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.claims.workflow import REVISION, WORDS, WrongStepError
from infracommons.web.catalogue.contribute.changes import changes_in
from infracommons.web.catalogue.contribute.drafts import base_in
from infracommons.web.catalogue.contribute.forms.build import Around, forms_of
from infracommons.web.catalogue.contribute.forms.field_form import SummaryLine, summary_of
from infracommons.web.catalogue.contribute.forms.typed import Typed, typed_from_post
from infracommons.web.catalogue.contribute.guard import keeps_typed, whole_number
from infracommons.web.catalogue.contribute.parts import LONGEST_MESSAGE, needing
from infracommons.web.catalogue.contribute.remarks import remarks_on
from infracommons.web.catalogue.contribute.submissions import send_again
from infracommons.web.catalogue.contribute.views.proposal import key_in, standing
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.registry import claimable_fields
from infracommons.web.catalogue.fields.texts import paragraphs
from infracommons.web.catalogue.models import Proposal
from infracommons.web.catalogue.models.proposal import ProposalKind

_OVERTAKEN = "was saved in another tab since you opened this page. Sending again replaces what was saved there."


def _own_only(request: HttpRequest, public_id: UUID) -> Standing:
    """Return the standing of the proposer alone: stewards read others' proposals but do not rewrite them."""
    return Standing(is_own=standing(request, public_id).is_own)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
@requires("withdraw_own", _own_only)
def revise_proposal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the proposal as a form; or keep what is typed and, where it is right, send it."""
    proposal = get_object_or_404(Proposal.objects.select_related("infrastructure"), public_id=public_id)
    if proposal.kind == ProposalKind.PROFILE and proposal.infrastructure:
        return redirect("propose", proposal.infrastructure.infrastructure_id)
    if proposal.state != REVISION:
        said = f"This proposal is {WORDS[proposal.state]}: it can be changed only after a curator sends it back."
        return render(request, "catalogue/contribute/link_useless.html", {"said": said}, status=409)
    if request.method != "POST":
        return _page(request, proposal, proposal.typed, [])
    return _taken(request, proposal)


def _taken(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    codes = set(proposal.typed)
    typed: dict[str, Typed] = {
        field.code: typed_from_post(field, request.POST) | {"base": base_in(request.POST, field.code)}
        for field in claimable_fields()
        if field.code in codes
    }
    if request.POST.get("add"):
        return _page(request, proposal, typed, [])
    seen = whole_number(request.POST.get("revision", ""), "The revision")
    if seen != proposal.revision:
        return _page(request, proposal, typed, [SummaryLine("fields", "This proposal", _OVERTAKEN)], status=409)
    message, problems = request.POST.get("message", "").replace("\x00", ""), []
    try:
        message = paragraphs(message, "message", LONGEST_MESSAGE)
    except ValueProblem as problem:
        problems.append(SummaryLine("p-message", "Why", problem.message))
    kept = Proposal.objects.filter(pk=proposal.pk, revision=seen, state=REVISION)
    if not kept.update(typed=typed, message=message, saved_at=timezone.now(), revision=seen + 1):
        proposal.refresh_from_db()
        return _page(request, proposal, typed, [SummaryLine("fields", "This proposal", _OVERTAKEN)], status=409)
    proposal.refresh_from_db()
    return _sent(request, proposal, typed, problems)


def _sent(
    request: HttpRequest, proposal: Proposal, typed: Mapping[str, Typed], problems: list[SummaryLine]
) -> HttpResponse:
    profile = proposal.infrastructure.profile if proposal.infrastructure else {}
    changes = changes_in(typed, profile, term_book())
    if proposal.kind == ProposalKind.SUGGESTION:
        changes = needing(changes, {})
    if proposal.infrastructure and not proposal.message and not any(change.is_change for change in changes):
        problems.append(SummaryLine("fields", "This proposal", "changes nothing, so that there is nothing to send."))
    if problems or any(change.problems for change in changes):
        return _page(request, proposal, typed, problems, status=400)
    if any(change.is_overtaken for change in changes):
        return _page(request, proposal, typed, problems, status=409)
    try:
        send_again(proposal, changes, by=proposal.proposer)
    except WrongStepError as error:
        return _page(request, proposal, typed, [SummaryLine("fields", "Not sent", str(error))], status=409)
    return redirect(proposal_path(proposal))


def _page(
    request: HttpRequest, proposal: Proposal, typed: Mapping[str, Typed], problems: list[SummaryLine], status: int = 200
) -> HttpResponse:
    profile, book = proposal.infrastructure.profile if proposal.infrastructure else {}, term_book()
    chosen = [field for field in claimable_fields() if field.code in typed]
    changes = changes_in(typed, profile, book)
    around = Around(profile, book, changes, remarks=remarks_on(proposal), added=request.POST.get("add", ""))
    forms = forms_of(chosen, typed, around)
    asked = proposal.events.filter(action="ask_revision").last()
    context = {
        "proposal": proposal,
        "forms": forms,
        "summary": [*summary_of(forms), *problems],
        "is_overtaken": any(form.clash for form in forms),
        "reason": asked.reason if asked else "",
        "key": access_key(proposal) if is_key_of(proposal, key_in(request)) else "",
        "message": request.POST.get("message", proposal.message),
    }
    return render(request, "catalogue/contribute/revise.html", context, status=status)
