"""Anyone suggests an infrastructure: a few answers, evidence, and a look at what is listed already."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from infracommons.web.accounts.permissions import requires
from infracommons.web.catalogue.claims.access import proposal_path
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.contribute import parts
from infracommons.web.catalogue.contribute.alike import alike
from infracommons.web.catalogue.contribute.answers import already_sent, waits_for_mail
from infracommons.web.catalogue.contribute.changes import FieldChange, changes_in
from infracommons.web.catalogue.contribute.forms.field_form import FieldForm, SummaryLine, summary_of
from infracommons.web.catalogue.contribute.forms.typed import Typed, blank, typed_from_post
from infracommons.web.catalogue.contribute.guard import keeps_typed
from infracommons.web.catalogue.contribute.limits import TooManyError
from infracommons.web.catalogue.contribute.submissions import AlreadySentError, Submission, submit_new
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.registry import claimable_fields
from infracommons.web.catalogue.models.proposal import ProposalKind

_LINKS = ("url", "label")
_WHY = "Say why it belongs here: who relies on it, and what makes it open."
_NEEDED = {
    "name": "Give the name that its users know.",
    "website": "Give the address of its website. It must start with https:// or http://.",
    "summary": "Say in a sentence or two what it does and for whom.",
    "categories": "Choose at least one category, or write your own beside the list.",
}


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
@requires("suggest")
def suggest(request: HttpRequest) -> HttpResponse:
    """Show the form, or take it in."""
    if request.method != "POST":
        return _page(request, parts.opened_by(request), {field.code: blank(field) for field in _asked()})
    sender, typed = parts.sender_of(request), _typed(request)
    if parts.extra_rows(request):
        return _page(request, sender, typed, extra=2)
    changes = parts.needing(changes_in(typed, {}, term_book()), _NEEDED)
    parts.check_sender(sender, request, needs_message=_WHY)
    if sender.problems or any(change.problems for change in changes):
        return _page(request, sender, typed, changes, status=400)
    if not sender.different and alike(typed["name"]["value"], typed["website"]["value"]):
        sender.problems["different"] = "Say how it differs from what is listed already, or do not send it."
        return _page(request, sender, typed, changes, status=409)
    return _stored(request, sender, typed, changes)


@require_safe
def alike_part(request: HttpRequest) -> HttpResponse:
    """Answer what is listed already under the name or website typed so far."""
    found = alike(request.GET.get("name.value", "")[:300], request.GET.get("website.value", "")[:2000])
    return render(request, "catalogue/contribute/alike.html", {"alike": found})


def _asked() -> list[FieldDefinition]:
    """Return the fields that a suggestion has to answer; the first carries the evidence for all of them."""
    return [field for field in claimable_fields() if field.is_required]


def _typed(request: HttpRequest) -> dict[str, Typed]:
    found = {field.code: typed_from_post(field, request.POST) for field in _asked()}
    links = {part: next(iter(found.values()))[part] for part in _LINKS}
    return {code: {**typed, **links} for code, typed in found.items()}


def _stored(
    request: HttpRequest, sender: parts.Sender, typed: Mapping[str, Typed], changes: Sequence[FieldChange]
) -> HttpResponse:
    remark = f"Why this is not what is listed already: {sender.different}" if sender.different else ""
    name = next(change.claim.value for change in changes if change.claim and change.definition.code == "name")
    sent = Submission(
        ProposalKind.SUGGESTION, name, typed, changes, message=sender.message, person=sender.person,
        email=sender.email, remark=remark,
    )  # fmt: skip
    try:
        parts.count_sender(sender, request)
        proposal = submit_new(sent)
    except TooManyError as error:
        return parts.with_wait(_page(request, sender, typed, changes, wait=error.seconds, status=429), error)
    except AlreadySentError as error:
        return already_sent(request, error.proposal)
    return redirect(proposal_path(proposal)) if sender.person else waits_for_mail(request, proposal)


def _page(
    request: HttpRequest, sender: parts.Sender, typed: Mapping[str, Typed], changes: Sequence[FieldChange] = (),
    *, extra: int = 0, wait: int = 0, status: int = 200,
) -> HttpResponse:  # fmt: skip
    wrong = {change.definition.code: change.problems for change in changes}
    forms, book = [], term_book()
    for field in _asked():
        own = tuple(problem for problem in wrong.get(field.code, ()) if problem.part not in _LINKS)
        forms.append(FieldForm(field, typed[field.code], book, problems=own, has_claim_parts=False))
    carrier = _asked()[0]
    evidence = FieldForm(carrier, typed[carrier.code], book, problems=_link_problems(wrong, carrier), extra=extra)
    links = [SummaryLine("evidence", "Evidence", one.message, one.value) for one in evidence.problems]
    context = {
        "forms": forms,
        "evidence": evidence,
        "sender": sender,
        "summary": [*summary_of(forms), *links, *sender.summary],
        "alike": alike(typed["name"]["value"], typed["website"]["value"]) if request.method == "POST" else [],
        "wait_minutes": parts.minutes(wait),
    }
    return render(request, "catalogue/contribute/suggest.html", context, status=status)


def _link_problems(wrong: Mapping[str, tuple[ValueProblem, ...]], carrier: FieldDefinition) -> tuple[ValueProblem, ...]:
    return tuple(problem for problem in wrong.get(carrier.code, ()) if problem.part in _LINKS)
