"""Gives a view the current release, and answers 304 where the reader has the page already."""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from infracommons.insights.release import Release, Releases
from infracommons.web.shared.code_version import code_version

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ReleaseView = Callable[Concatenate[HttpRequest, Release, P], HttpResponseBase]


@cache
def releases() -> Releases:
    """Return the folder of releases that the settings name."""
    return Releases(settings.INFRACOMMONS_RELEASES)


def of_release(view: ReleaseView[P]) -> View[P]:
    """Call the view with the current release; the tag of its answer is release, code version and address.

    A release never changes, so nothing ever has to be invalidated.
    """

    @require_safe
    @wraps(view)
    def with_release(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        release = releases().current()
        request.release = release  # type: ignore[attr-defined]  # for the context processor
        tag = etag(release, request)
        response = get_conditional_response(request, etag=tag) or view(request, release, *args, **kwargs)
        response.headers.setdefault("ETag", tag)
        patch_cache_control(response, public=True, no_cache=True)
        return response

    return with_release


def etag(release: Release, request: HttpRequest) -> str:
    """Return the entity tag of the answer to this request."""
    asked = "\n".join((release.release_id, code_version(), request.get_full_path()))
    return f'"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'
