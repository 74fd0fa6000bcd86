"""Pages for what went wrong: what happened, what was kept, what to do."""

import logging
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from infracommons.insights.query_string import QueryProblem

_log = logging.getLogger(__name__)
_RETRY_AFTER_SECONDS = "60"


def bad_filters(request: HttpRequest, problems: Sequence[QueryProblem], kept: str) -> HttpResponse:
    """Answer 400, naming each problem; `kept` is the same address with all that could be read."""
    return render(request, "shared/400.html", {"problems": problems, "kept": kept}, status=400)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 400 for a request that Django refuses."""
    return render(request, "shared/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the view's own sentence where it gave one."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "shared/403.html", {"said": said}, status=403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer 403 for a form that does not carry this browser's token."""
    return render(request, "shared/403.html", {"form_refused": True}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with the view's own sentence where it gave one."""
    said = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "shared/404.html", {"said": said}, status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429 for more requests in a short time than a person makes."""
    response = render(request, "shared/429.html", status=429)
    response.headers["Retry-After"] = _RETRY_AFTER_SECONDS
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500."""
    return render(request, "shared/500.html", status=500)


def no_release(request: HttpRequest) -> HttpResponse:
    """Answer 503: the log has the cause, with paths of this machine that no reader needs."""
    _log.warning("no release to show", exc_info=True)
    response = render(request, "shared/503.html", status=503)
    response.headers["Retry-After"] = _RETRY_AFTER_SECONDS
    response.headers["Cache-Control"] = "no-store"
    return response
