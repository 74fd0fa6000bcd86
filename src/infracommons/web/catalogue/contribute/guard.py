"""Guards forms so that what was typed outlives a refusal: an old token, a lost session, too much at once."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.models import FormerSlug, Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.shared.views import form_refused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
LARGEST_BODY = 6 * 1024 * 1024
_NOT_TYPED = {"csrfmiddlewaretoken"}


class _Checked(CsrfViewMiddleware):
    """Django's own check, which notes its reason where it would refuse."""

    def _reject(self, request: HttpRequest, reason: str) -> None:
        request.refused_because = reason  # type: ignore[attr-defined]


def _no_view(request: HttpRequest) -> HttpResponse:  # pragma: no cover - only named to the check
    raise NotImplementedError


def keeps_typed(view: View[P]) -> View[P]:
    """Guard a view with forms: checked as any other, but a page of ours that went stale is shown again as typed."""

    @never_cache
    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        length = str(request.META.get("CONTENT_LENGTH") or 0)
        if not length.isdecimal() or int(length[:20]) > LARGEST_BODY:
            return too_large(request)
        try:
            request.POST  # noqa: B018 - reads the request, within Django's limits
        except (RequestDataTooBig, TooManyFieldsSent):
            return too_large(request)
        check = _Checked(lambda _: HttpResponse())
        check.process_view(request, _no_view, (), {})
        if getattr(request, "refused_because", None):
            return again(request, status=403) if _is_from_here(request) else form_refused(request)
        return view(request, *args, **kwargs)

    return guarded


def again(
    request: HttpRequest, *, status: int = 200, typed: dict[str, list[str]] | None = None, to: str = ""
) -> HttpResponse:
    """Show what was typed in a form that was not accepted, ready to be sent again."""
    posted = typed if typed is not None else typed_in(request)
    shown = [(_label_of(name), value) for name, values in posted.items() for value in values if _is_shown(name, value)]
    hidden = [(name, value) for name, values in posted.items() for value in values]
    context = {"hidden": hidden, "shown": shown, "to": to or request.get_full_path()}
    return render(request, "catalogue/contribute/again.html", context, status=status)


def typed_in(request: HttpRequest) -> dict[str, list[str]]:
    """Return everything a request holds but the token."""
    return {name: [str(value) for value in values] for name, values in request.POST.lists() if name not in _NOT_TYPED}


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer 413 with what to do."""
    return render(request, "catalogue/contribute/too_large.html", {"most": LARGEST_BODY // 1024 // 1024}, status=413)


def infrastructure_at(slug: str) -> Infrastructure:
    """Return the listed infrastructure of this id, present or former; raise Http404 that says what happened."""
    found = Infrastructure.objects.filter(infrastructure_id=slug).first()
    if found is None and (former := FormerSlug.objects.filter(slug=slug).select_related("infrastructure").first()):
        found = former.infrastructure
    if found is None:
        message = "There is no infrastructure with this name in its address. Search for it, or suggest it."
        raise Http404(message)
    if found.listing != Listing.LISTED:
        message = f"{found.name} is not listed, so that nothing can be proposed for it."
        raise Http404(message)
    return found


def whole_number(given: str, what: str) -> int:
    """Return a number that our own page put into a form; raise BadRequest for anything else."""
    if not (given.isascii() and given.isdigit() and len(given) < 10):  # noqa: PLR2004 - more than any revision
        message = f"{what} is not a number. Go back, reload the page and try again."
        raise BadRequest(message)
    return int(given)


def _is_from_here(request: HttpRequest) -> bool:
    """Return whether a page of ours sent this: nobody else's page may fill in our forms."""
    own = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    return origin == own if origin else request.headers.get("Referer", "").startswith(f"{own}/")


def _is_shown(name: str, value: Any) -> bool:  # noqa: ANN401 - of a form
    return bool(value) and "." in name and name.rpartition(".")[2] not in {"base", "sha256", "width", "height"}


def _label_of(name: str) -> str:
    code, _, part = name.partition(".")
    field = fields().get(code)
    words = part.replace("entry-", "").replace("_", " ")
    return f"{field.label}: {words}" if field else words
