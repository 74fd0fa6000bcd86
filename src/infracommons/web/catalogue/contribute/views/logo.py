"""A team gives its logo, and the site serves it."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from infracommons.web.accounts.permissions import requires
from infracommons.web.catalogue.contribute.changes import claim_id
from infracommons.web.catalogue.contribute.drafts import draft_of, save_draft
from infracommons.web.catalogue.contribute.forms.typed import typed_from_entry
from infracommons.web.catalogue.contribute.guard import infrastructure_at, keeps_typed
from infracommons.web.catalogue.contribute.logos import logo_path, store_logo
from infracommons.web.catalogue.contribute.parts import person_of
from infracommons.web.catalogue.contribute.views.propose import standing
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.registry import claimable_fields
from infracommons.web.catalogue.fields.texts import one_line
from infracommons.web.catalogue.models import Infrastructure

_LONGEST_ALT = 300
_A_YEAR = 31_536_000
# Nothing in it can run, whatever a browser takes it for.
_POLICY = "default-src 'none'; sandbox"


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
@requires("draft_profile", standing)
def propose_logo(request: HttpRequest, infrastructure_id: str) -> HttpResponse:
    """Take a picture into the person's draft."""
    infrastructure = infrastructure_at(infrastructure_id)
    if request.method != "POST":
        return _page(request, infrastructure)
    file, alt = request.FILES.get("file"), request.POST.get("alt", "").replace("\x00", "").strip()
    problems: dict[str, str] = {}
    try:
        said = one_line(alt, "alt", _LONGEST_ALT)
        if not said:
            problems["alt"] = "Say in words what the picture shows, such as: the name in green letters."
    except ValueProblem as problem:
        problems[problem.part] = problem.message
    if file is None:
        problems["file"] = "Choose a picture first."
    if problems or file is None or file.file is None:
        return _page(request, infrastructure, problems, alt, status=400)
    try:
        stored = store_logo(file.file, file.name or "the file")
    except ValueProblem as problem:
        return _page(request, infrastructure, {"file": problem.message}, alt, status=400)
    _into_draft(request, infrastructure, {**{part: str(value) for part, value in stored.items()}, "alt": said})
    return redirect(f"{reverse('propose', args=[infrastructure.infrastructure_id])}#f-{_field().code}")


@require_safe
def logo(request: HttpRequest, sha256: str) -> HttpResponseBase:  # noqa: ARG001 - Django's signature
    """Serve a stored picture; its address is made of its bytes, so that it never changes."""
    try:
        file = logo_path(sha256).open("rb")
    except FileNotFoundError as error:
        message = "There is no picture at this address."
        raise Http404(message) from error
    response = FileResponse(file, content_type="image/png")
    response.headers["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _field() -> FieldDefinition:
    return next(field for field in claimable_fields() if field.kind == "image")


def _into_draft(request: HttpRequest, infrastructure: Infrastructure, picture: dict[str, str]) -> None:
    person, field = person_of(request), _field()
    assert person is not None  # noqa: S101 - the matrix lets no visitor draft
    draft, entry = draft_of(person, infrastructure), infrastructure.profile.get(field.code)
    before = (draft.typed if draft else {}).get(field.code) or typed_from_entry(field, entry)
    typed = {**before, **picture, "status": "", "base": before.get("base", claim_id(entry))}
    save_draft(person, infrastructure, {field.code: typed}, revision=draft.revision if draft else 0)


def _page(
    request: HttpRequest, infrastructure: Infrastructure, problems: dict[str, str] | None = None, alt: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {"infrastructure": infrastructure, "problems": problems or {}, "alt": alt, "field": _field()}
    return render(request, "catalogue/contribute/logo.html", context, status=status)
