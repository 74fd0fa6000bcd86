"""Answers with open data: anyone may read it from anywhere, and who has it already is told so."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db.models import Max
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from infracommons.web.catalogue.claims.state import catalogue_state
from infracommons.web.catalogue.exchange.licences import LICENCE_URL
from infracommons.web.catalogue.models import Change, TermEvent
from infracommons.web.shared.code_version import code_version

_DATA = frozenset({200, 304})  # other answers are pages, which may be one reader's own
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def open_data(view: View[P]) -> View[P]:
    """Answer GET and HEAD with the state of the catalogue as entity tag, and let pages of other sites read it."""

    @require_safe
    @wraps(view)
    def with_headers(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        at = changed_at()
        asked = repr((request.build_absolute_uri(), code_version(), catalogue_state()))
        tag = f'"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'
        changed = int(at.timestamp()) if at else None
        known = get_conditional_response(request, etag=tag, last_modified=changed)
        response: HttpResponseBase = known or view(request, *args, **kwargs)
        if response.status_code in _DATA:
            response.headers.setdefault("ETag", tag)
            if changed is not None:
                response.headers.setdefault("Last-Modified", http_date(changed))
            response.headers.setdefault("Link", f'<{LICENCE_URL}>; rel="license"')
            patch_cache_control(response, public=True, no_cache=True)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Content-Disposition"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return with_headers


def changed_at() -> datetime | None:
    """Return the moment of the latest change of claims, listings or terms; None where there was none."""
    change = Change.objects.order_by("-id").values_list("at", flat=True).first()
    event = TermEvent.objects.aggregate(at=Max("at"))["at"]
    return max((moment for moment in (change, event) if moment), default=None)


def site_root(request: HttpRequest) -> str:
    """Return this site's address without a slash at its end, as the reader's request names it."""
    return request.build_absolute_uri("/").rstrip("/")
