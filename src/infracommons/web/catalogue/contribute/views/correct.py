"""Anyone corrects what a profile says, or, with an account, disputes a value without knowing the right one."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from infracommons.web.accounts.permissions import may, requires
from infracommons.web.catalogue.claims.access import proposal_path
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.contribute import parts
from infracommons.web.catalogue.contribute.answers import already_sent, waits_for_mail
from infracommons.web.catalogue.contribute.changes import FieldChange, changes_in, seen_entry
from infracommons.web.catalogue.contribute.drafts import THEIRS, base_in
from infracommons.web.catalogue.contribute.forms.build import Around, forms_of
from infracommons.web.catalogue.contribute.forms.field_form import summary_of
from infracommons.web.catalogue.contribute.forms.typed import Typed, same, typed_from_entry, typed_from_post
from infracommons.web.catalogue.contribute.guard import infrastructure_at, keeps_typed
from infracommons.web.catalogue.contribute.limits import TooManyError
from infracommons.web.catalogue.contribute.submissions import AlreadySentError, Submission, submit_new
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import claimable_fields, sections
from infracommons.web.catalogue.fields.registry import field as field_of
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.proposal import ProposalKind

_MOST_FIELDS = 10
_NOTHING = "Nothing differs from what stands. Change a value, its status, its evidence or its note."
_NOTHING_OR_SAY = "Nothing differs from what stands. Give the right value, or say below what is wrong with this one."


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
@requires("correct")
def correct(request: HttpRequest, infrastructure_id: str) -> HttpResponse:
    """Show the fields that the address names, or the choice of them; or take the form in."""
    infrastructure = infrastructure_at(infrastructure_id)
    named = request.GET.getlist("field")
    chosen = [field for field in _open_to_all() if field.code in named]
    unknown = sorted(set(named) - {field.code for field in chosen})
    if not chosen or unknown or len(chosen) > _MOST_FIELDS:
        return _choice(request, infrastructure, unknown, len(chosen))
    if request.method != "POST":
        typed = {field.code: typed_from_entry(field, infrastructure.profile.get(field.code)) for field in chosen}
        return _page(request, infrastructure, parts.opened_by(request), typed)
    return _taken(request, infrastructure, chosen)


def _open_to_all() -> list[FieldDefinition]:
    """Return what readers see and may correct: pictures are the team's to give."""
    return [field for field in claimable_fields() if field.visibility == "public" and field.kind != "image"]


def _choice(request: HttpRequest, infrastructure: Infrastructure, unknown: Sequence[str], number: int) -> HttpResponse:
    able = {field.code for field in _open_to_all()}
    groups = [(section, [field for field in section.fields if field.code in able]) for section in sections()]
    context = {
        "infrastructure": infrastructure,
        "groups": [(section, fields) for section, fields in groups if fields],
        "unknown": unknown,
        "too_many": number > _MOST_FIELDS,
        "most": _MOST_FIELDS,
    }
    is_bad = unknown or number > _MOST_FIELDS or request.method == "POST"
    return render(request, "catalogue/contribute/correct_what.html", context, status=400 if is_bad else 200)


def _taken(request: HttpRequest, infrastructure: Infrastructure, chosen: Sequence[FieldDefinition]) -> HttpResponse:
    sender = parts.sender_of(request)
    typed = {field.code: typed_from_post(field, request.POST) for field in chosen}
    for code in list(typed):
        if request.POST.get(f"{code}.resolve") == THEIRS:
            typed[code] = typed_from_entry(field_of(code), infrastructure.profile.get(code))
        typed[code]["base"] = base_in(request.POST, code)
    if added := parts.extra_rows(request):
        return _page(request, infrastructure, sender, typed, added=added)
    changes = _changes(infrastructure, typed)
    parts.check_sender(sender, request)
    wrong = any(change.problems for change in changes)
    disputes = may(sender.person, "dispute") and sender.message
    if not wrong and not disputes and not any(change.is_change for change in changes):
        sender.problems["message"] = _NOTHING_OR_SAY if may(sender.person, "dispute") else _NOTHING
    if sender.problems or wrong:
        return _page(request, infrastructure, sender, typed, changes, status=400)
    if any(change.is_overtaken for change in changes):
        return _page(request, infrastructure, sender, typed, changes, status=409)
    return _stored(request, infrastructure, sender, typed, changes)


def _changes(infrastructure: Infrastructure, typed: Mapping[str, Typed]) -> list[FieldChange]:
    """Return what differs from what the sender saw: a field left as it was is not the sender's to answer for."""
    kept = {
        code: said
        for code, said in typed.items()
        if not same(said, typed_from_entry(field_of(code), seen_entry(infrastructure, code, said["base"])))
    }
    return changes_in(kept, infrastructure.profile, term_book())


def _stored(
    request: HttpRequest, infrastructure: Infrastructure, sender: parts.Sender, typed: Mapping[str, Typed],
    changes: Sequence[FieldChange],
) -> HttpResponse:  # fmt: skip
    sent = Submission(
        ProposalKind.CORRECTION, infrastructure.name, typed, changes, infrastructure, sender.message, sender.person,
        sender.email, fields=tuple(typed),
    )  # fmt: skip
    try:
        parts.count_sender(sender, request)
        proposal = submit_new(sent)
    except TooManyError as error:
        page = _page(request, infrastructure, sender, typed, changes, wait=error.seconds, status=429)
        return parts.with_wait(page, error)
    except AlreadySentError as error:
        return already_sent(request, error.proposal)
    return redirect(proposal_path(proposal)) if sender.person else waits_for_mail(request, proposal)


def _page(
    request: HttpRequest, infrastructure: Infrastructure, sender: parts.Sender, typed: Mapping[str, Typed],
    changes: Sequence[FieldChange] = (), *, added: str = "", wait: int = 0, status: int = 200,
) -> HttpResponse:  # fmt: skip
    chosen = [field_of(code) for code in typed]
    forms = forms_of(chosen, typed, Around(infrastructure.profile, term_book(), changes, added=added))
    context = {
        "infrastructure": infrastructure,
        "forms": forms,
        "sender": sender,
        "summary": [*summary_of(forms), *sender.summary],
        "is_overtaken": any(form.clash for form in forms),
        "may_dispute": may(sender.person, "dispute"),
        "wait_minutes": parts.minutes(wait),
        "profile_path": reverse("profile", args=[infrastructure.infrastructure_id]),
    }
    return render(request, "catalogue/contribute/correct.html", context, status=status)
