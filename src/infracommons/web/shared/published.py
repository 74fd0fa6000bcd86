"""Gives a view the current release, and answers 304 where the reader has the page already."""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from infracommons.insights.release import NoReleaseError, Release, Releases
from infracommons.web.shared.code_version import code_version

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ReleaseView = Callable[Concatenate[HttpRequest, Release, P], HttpResponseBase]


@cache
def releases() -> Releases:
    """Return the folder of releases that the settings name."""
    return Releases(settings.INFRACOMMONS_RELEASES)


def current_release() -> Release | None:
    """Return the current release; None before the first, or where it cannot be read: the catalogue needs none."""
    try:
        return releases().current()
    except NoReleaseError:
        return None


def of_release(view: ReleaseView[P]) -> View[P]:
    """Call the view with the current release; the tag of its answer is release, code version, address and cookies.

    A release never changes, so nothing ever has to be invalidated. Where the reader has a session, the head of the
    page is theirs, and no cache but their own may keep it.
    """

    @require_safe
    @wraps(view)
    def with_release(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        release = releases().current()
        request.release = release  # type: ignore[attr-defined]  # for the context processor
        tag = etag(release, request)
        response = get_conditional_response(request, etag=tag) or view(request, release, *args, **kwargs)
        response.headers.setdefault("ETag", tag)
        mine = bool(cookies_of(request))
        patch_cache_control(response, no_cache=True, **({"private": True} if mine else {"public": True}))
        patch_vary_headers(response, ["Cookie"] if mine else [])
        return response

    return with_release


def etag(release: Release, request: HttpRequest) -> str:
    """Return the entity tag of the answer to this request."""
    asked = "\n".join((release.release_id, code_version(), request.get_full_path(), *cookies_of(request)))
    return f'"{hashlib.sha256(asked.encode()).hexdigest()[:32]}"'


def cookies_of(request: HttpRequest) -> list[str]:
    """Return the cookies that a page may show something of, unread: session and messages; none for most readers."""
    names = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return [f"{name}={request.COOKIES[name]}" for name in names if request.COOKIES.get(name)]
