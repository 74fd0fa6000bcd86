"""What every answer of the API goes through: methods, forms, limits, conditional requests, leave for other sites."""

import logging
from collections.abc import Callable
from functools import wraps

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from infracommons.web.catalogue.api.allowance import Allowance, take
from infracommons.web.catalogue.api.answers import JSON
from infracommons.web.catalogue.api.problems import ApiProblem, problem_response
from infracommons.web.catalogue.api.state import entity_tag

View = Callable[..., HttpResponseBase]
Tag = Callable[[HttpRequest, str], str]  # names the state that the answer to a request in a form comes from
METHODS = "GET, HEAD, OPTIONS"
_PREFLIGHT_SECONDS = "86400"
_EXPOSED = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
_log = logging.getLogger(__name__)


def door(view: View, forms: tuple[str, ...] = (JSON,), tag_of: Tag = entity_tag) -> View:
    """Return the view behind the door; it gives its answer in one of `forms`, which it finds in `request.api_form`."""

    @csrf_exempt  # nothing is written, and no cookie is read
    @wraps(view)
    def behind(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        allowance = None
        try:
            _refuse_method(request)
            if request.method == "OPTIONS":
                return _open_to_other_sites(_preflight(), None)
            allowance = take(request)
            _refuse_too_many(allowance)
            form = _form(request, forms)
            response = _answered(request, view, (form, tag_of(request, form)), args, kwargs)
        except ApiProblem as problem:
            response = problem_response(request, problem)
        except Exception:  # noqa: BLE001 - logged; a reader gets the same form of answer whatever failed
            _log.exception("the API failed at %s", request.path)
            response = problem_response(request, ApiProblem(500, "Something on our side went wrong."))
        return _open_to_other_sites(_without_body(response) if request.method == "HEAD" else response, allowance)

    return behind


def _refuse_method(request: HttpRequest) -> None:
    if request.method not in METHODS.split(", "):
        raise ApiProblem(405, f"The API does not take {request.method}.", headers={"Allow": METHODS})


def _refuse_too_many(allowance: Allowance | None) -> None:
    if allowance is not None and allowance.wait:
        detail = f"The limit is {allowance.per_minute} requests a minute. Wait {allowance.wait} s."
        raise ApiProblem(429, detail)


def _form(request: HttpRequest, forms: tuple[str, ...]) -> str:
    form = request.get_preferred_type(list(forms))
    if form is None:
        raise ApiProblem(406, f"There is {' and '.join(forms)} here.", headers={"Vary": "Accept"})
    return form


def _answered(
    request: HttpRequest, view: View, form_and_tag: tuple[str, str], args: tuple[object, ...], kwargs: dict[str, object]
) -> HttpResponseBase:
    """Return the view's answer, or 304 where the reader has it; a tag is only ever given to what was found."""
    form, tag = form_and_tag
    given = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
    if tag in given:
        return _tagged(HttpResponseNotModified(), tag)
    response = _viewed(request, form, view, args, kwargs)
    if response.status_code != 200 or getattr(request, "api_is_behind", False):  # noqa: PLR2004 - OK
        return response
    return _tagged(HttpResponseNotModified() if "*" in given else response, tag)


def _viewed(
    request: HttpRequest, form: str, view: View, args: tuple[object, ...], kwargs: dict[str, object]
) -> HttpResponseBase:
    """Return what the view answers to GET, also where the reader wants the head of it only."""
    method, request.method = request.method, "GET"
    request.api_form = form  # type: ignore[attr-defined]  # for the view
    try:
        request.GET  # noqa: B018 - is read here for the first time
        return view(request, *args, **kwargs)
    except (TooManyFieldsSent, RequestDataTooBig) as error:
        raise ApiProblem(400, "This address has too many parameters.") from error
    finally:
        request.method = method


def _tagged(response: HttpResponseBase, tag: str) -> HttpResponseBase:
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def _without_body(response: HttpResponseBase) -> HttpResponseBase:
    """Return the answer to HEAD: all that GET says about the answer, and nothing of it."""
    if isinstance(response, HttpResponse):
        length = len(response.content)
        response.content = b""
        response.headers["Content-Length"] = str(length)
        return response
    # A stream that nobody has begun to read holds nothing that would have to be closed.
    return HttpResponse(status=response.status_code, headers=dict(response.headers))


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Allow"] = METHODS
    response.headers["Access-Control-Allow-Methods"] = METHODS
    response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response.headers["Access-Control-Max-Age"] = _PREFLIGHT_SECONDS
    return response


def _open_to_other_sites(response: HttpResponseBase, allowance: Allowance | None) -> HttpResponseBase:
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept"])
    for name, value in (allowance.headers if allowance else {}).items():
        response.headers[name] = value
    return response
