"""The last look at a draft: what stands and what would stand instead, then off to the curators, or away."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from infracommons.web.accounts.models import User
from infracommons.web.accounts.permissions import requires
from infracommons.web.catalogue.claims.access import proposal_path
from infracommons.web.catalogue.claims.steps import take_step
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.claims.workflow import WrongStepError
from infracommons.web.catalogue.contribute.changes import FieldChange, Said, changes_in, said_by, said_in
from infracommons.web.catalogue.contribute.consent import CONSENT_VERSION
from infracommons.web.catalogue.contribute.drafts import draft_of
from infracommons.web.catalogue.contribute.forms.field_form import SummaryLine
from infracommons.web.catalogue.contribute.guard import infrastructure_at, keeps_typed, whole_number
from infracommons.web.catalogue.contribute.parts import person_of
from infracommons.web.catalogue.contribute.sections import parts_of_profile
from infracommons.web.catalogue.contribute.submissions import send_again
from infracommons.web.catalogue.contribute.views.propose import standing
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Infrastructure, Proposal

_PROBLEM = "has something that cannot be stored. Open it and change that."
_OVERTAKEN = "was changed by others since you began. Open it and choose which version holds."


@dataclass(frozen=True)
class Line:
    """One changed field: before, after, where to edit it, and what stands in the way."""

    change: FieldChange
    before: Said
    after: Said | None
    path: str
    trouble: str = ""


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
@requires("draft_profile", standing)
def propose_review(request: HttpRequest, infrastructure_id: str) -> HttpResponse:
    """Show what the draft changes; or send it, or throw it away."""
    infrastructure = infrastructure_at(infrastructure_id)
    person = person_of(request)
    assert person is not None  # noqa: S101 - the matrix lets no visitor draft
    draft = draft_of(person, infrastructure)
    if draft is None:
        return redirect("propose", infrastructure.infrastructure_id)
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        return _withdrawn(draft, person)
    lines = _lines(infrastructure, draft, term_book())
    if request.method != "POST":
        return _page(request, infrastructure, draft, lines)
    refused = _refusal(request, draft, lines)
    if refused is not None:
        return _page(request, infrastructure, draft, lines, *refused)
    try:
        send_again(draft, [line.change for line in lines], by=person)
    except WrongStepError as error:
        draft.refresh_from_db()
        return _page(request, infrastructure, draft, lines, [SummaryLine("changes", "Not sent", str(error))], 409)
    return redirect(proposal_path(draft))


def _withdrawn(draft: Proposal, person: User) -> HttpResponse:
    """Withdraw the draft; one that was sent or decided in the meantime is shown as it now is."""
    try:
        take_step(draft, "withdraw", by=person)
    except WrongStepError:
        return redirect(proposal_path(draft))
    return redirect("my_work")


def _lines(infrastructure: Infrastructure, draft: Proposal, book: TermBook) -> list[Line]:
    found = changes_in(draft.typed, infrastructure.profile, book)
    section = {field.code: part.code for part in parts_of_profile() for field in part.fields}
    here = reverse("propose", args=[infrastructure.infrastructure_id])
    return [
        Line(
            change,
            said_by(change.definition, change.entry, book),
            said_in(change.definition, change.claim, book) if change.claim else None,
            f"{here}?section={section[change.definition.code]}#f-{change.definition.code}",
            _PROBLEM if change.problems else _OVERTAKEN if change.is_overtaken else "",
        )
        for change in found
        if change.is_change or change.problems
    ]


def _refusal(request: HttpRequest, draft: Proposal, lines: Sequence[Line]) -> tuple[list[SummaryLine], int] | None:
    """Return what is in the way of sending, and the status of the answer that says so."""
    troubles = [
        SummaryLine(f"r-{line.change.definition.code}", line.change.definition.label, line.trouble)
        for line in lines
        if line.trouble
    ]
    if whole_number(request.POST.get("revision", ""), "The revision") != draft.revision:
        said = "was changed in another tab since you opened this page. This is the latest: look at it again."
        return [SummaryLine("changes", "This draft", said)], 409
    if any(line.change.is_overtaken for line in lines):
        return troubles, 409
    if not lines:
        troubles.append(SummaryLine("changes", "This draft", "changes nothing yet, so that there is nothing to send."))
    if draft.consent_version != CONSENT_VERSION and request.POST.get("consent") != "yes":
        said = "Tick the box: without it we may not store what you send."
        troubles.append(SummaryLine("p-consent", "Agreement", said))
    return (troubles, 400) if troubles else None


def _page(
    request: HttpRequest, infrastructure: Infrastructure, draft: Proposal, lines: Sequence[Line],
    summary: Sequence[SummaryLine] = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "infrastructure": infrastructure,
        "draft": draft,
        "lines": lines,
        "number": sum(not line.trouble for line in lines),
        "summary": summary,
        "asks_consent": draft.consent_version != CONSENT_VERSION,
        "wrong_consent": any(line.anchor == "p-consent" for line in summary),
    }
    return render(request, "catalogue/contribute/review.html", context, status=status)
