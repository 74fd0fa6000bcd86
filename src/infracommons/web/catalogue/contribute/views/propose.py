"""A team edits its profile: section by section or all at once, saved at any moment, sent when it is ready."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from infracommons.web.accounts.models import User
from infracommons.web.accounts.permissions import Standing, may, refusal, requires
from infracommons.web.catalogue.claims.stewards import is_steward
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.claims.workflow import REVISION, SUBMITTED
from infracommons.web.catalogue.contribute.changes import FieldChange, changes_in
from infracommons.web.catalogue.contribute.drafts import (
    CHOICES,
    DraftTooLongError,
    TwoTabsError,
    base_in,
    draft_of,
    save_draft,
)
from infracommons.web.catalogue.contribute.forms.build import Around, forms_of
from infracommons.web.catalogue.contribute.forms.field_form import summary_of
from infracommons.web.catalogue.contribute.forms.typed import Typed, typed_from_post
from infracommons.web.catalogue.contribute.guard import (
    infrastructure_at,
    keeps_typed,
    too_large,
    whole_number,
)
from infracommons.web.catalogue.contribute.kept import keep_until_signed_in, kept_page
from infracommons.web.catalogue.contribute.parts import person_of
from infracommons.web.catalogue.contribute.remarks import remarks_on
from infracommons.web.catalogue.contribute.sections import ALL, Part, part_of, parts_of_profile
from infracommons.web.catalogue.models import Infrastructure, Proposal
from infracommons.web.catalogue.models.proposal import ProposalKind


def standing(request: HttpRequest, infrastructure_id: str) -> Standing:
    """Return how the person stands to the infrastructure."""
    return Standing(is_steward=is_steward(person_of(request), infrastructure_at(infrastructure_id)))


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
@keep_until_signed_in
@requires("draft_profile", standing)
def propose(request: HttpRequest, infrastructure_id: str) -> HttpResponse:
    """Show one part of the profile as a form, or save it and go where the button says."""
    infrastructure = infrastructure_at(infrastructure_id)
    part = part_of(request.GET.get("section", ""))
    if request.method != "POST":
        return kept_page(request) or _page(request, infrastructure, part)
    typed = _typed(request, part)
    try:
        draft = _save(request, infrastructure, typed)
    except TwoTabsError as error:
        return _page(request, infrastructure, part, typed=typed, saved=error.fields, status=409)
    except DraftTooLongError:
        return too_large(request)
    return redirect(_next(request.POST, infrastructure, part, draft))


@keeps_typed
@require_POST
def propose_save(request: HttpRequest, infrastructure_id: str) -> HttpResponse:
    """Save what a page sends by itself, and answer in JSON: {"saved", "revision"} or {"message"}."""
    infrastructure = infrastructure_at(infrastructure_id)
    if not may(request.user, "draft_profile", is_steward=is_steward(person_of(request), infrastructure)):
        lost = "You are signed out. Press Save: what you typed is kept while you sign in again."
        said = refusal("draft_profile") if request.user.is_authenticated else lost
        return JsonResponse({"message": said}, status=403 if request.user.is_authenticated else 401)
    try:
        draft = _save(request, infrastructure, _typed(request, part_of(request.GET.get("section", ""))))
    except TwoTabsError:
        lost = "This draft was saved in another tab. Press Save to see both versions and choose."
        return JsonResponse({"message": lost}, status=409)
    except DraftTooLongError as error:
        return JsonResponse({"message": str(error)}, status=413)
    return JsonResponse({"saved": f"{timezone.localtime(draft.saved_at):%H:%M}", "revision": draft.revision})


def _typed(request: HttpRequest, part: Part) -> dict[str, Typed]:
    """Return the fields of this part that the form held, each with the claim that the person saw."""
    return {
        field.code: typed_from_post(field, request.POST) | {"base": base_in(request.POST, field.code)}
        for field in part.fields
        if f"{field.code}.base" in request.POST
    }


def _save(request: HttpRequest, infrastructure: Infrastructure, typed: Mapping[str, Typed]) -> Proposal:
    person = person_of(request)
    assert person is not None  # noqa: S101 - the matrix lets no visitor draft
    # Anything else chooses nothing: the person is asked again.
    chosen = {code: choice for code in typed if (choice := request.POST.get(f"{code}.resolve", "")) in CHOICES}
    revision = whole_number(request.POST.get("revision", ""), "The revision")
    return save_draft(person, infrastructure, typed, revision=revision, chosen=chosen)


def _next(post: QueryDict, infrastructure: Infrastructure, part: Part, draft: Proposal) -> str:
    """Return the address that the pressed button leads to."""
    here = reverse("propose", args=[infrastructure.infrastructure_id])
    added, wanted = post.get("add", ""), post.get("do", "")
    if added:
        return f"{here}?{urlencode({'section': part.code, 'add': added})}#f-{added}"
    if wanted == "review":
        return reverse("propose_review", args=[infrastructure.infrastructure_id])
    if wanted == "logo":
        return reverse("propose_logo", args=[infrastructure.infrastructure_id])
    code = part.after if wanted == "next" and part.after else part.code
    return f"{here}?{urlencode({'section': code, 'saved': str(draft.revision)})}#main"


def _page(
    request: HttpRequest, infrastructure: Infrastructure, part: Part, *, typed: Mapping[str, Typed] | None = None,
    saved: Mapping[str, Typed] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    person = person_of(request)
    assert person is not None  # noqa: S101 - as in _save
    draft = draft_of(person, infrastructure)
    stored: dict[str, Typed] = draft.typed if draft else {}
    book = term_book()
    changes = changes_in({**stored, **(typed or {})}, infrastructure.profile, book)
    around = Around(infrastructure.profile, book, changes, saved or {}, remarks_on(draft), request.GET.get("add", ""))
    forms = forms_of(part.fields, {**stored, **(typed or {})}, around)
    context = {
        "infrastructure": infrastructure,
        "draft": draft,
        "part": part,
        "parts": [(one, _changed(one, changes)) for one in parts_of_profile()],
        "is_all": part.code == ALL,
        "forms": forms,
        "summary": summary_of(forms),
        "has_clash": any(form.clash for form in forms),
        "is_two_tabs": bool(saved),
        # Of two versions one is chosen by its field; until then the form stays one of the earlier revision.
        "revision": request.POST.get("revision", "0") if saved else draft.revision if draft else 0,
        "is_revision": draft is not None and draft.state == REVISION,
        "waiting": _waiting(person, infrastructure),
        "number_changed": sum(change.is_change for change in changes),
    }
    return render(request, "catalogue/contribute/propose.html", context, status=status)


def _changed(part: Part, changes: Sequence[FieldChange]) -> int:
    codes = {field.code for field in part.fields}
    return sum(change.is_change or bool(change.problems) for change in changes if change.definition.code in codes)


def _waiting(person: User, infrastructure: Infrastructure) -> Proposal | None:
    """Return the person's proposal that waits for a curator."""
    sent = Proposal.objects.filter(proposer=person, infrastructure=infrastructure, kind=ProposalKind.PROFILE)
    return sent.filter(state=SUBMITTED).first()
