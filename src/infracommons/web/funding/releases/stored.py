"""Gives a view one of the releases, old ones too, and answers 304 where the reader has the page already."""

import hashlib
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from infracommons.insights.releases import StoredRelease, UnknownReleaseError, stored_release, stored_releases
from infracommons.web.shared.published import cookies_of, etag, releases

P = ParamSpec("P")
FolderView = Callable[Concatenate[HttpRequest, Path, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def of_releases(view: FolderView[P]) -> View[P]:
    """Call the view with the folder of releases; the tag of its answer changes with the releases that are there."""

    @require_safe
    @wraps(view)
    def with_folder(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        current = releases().current()
        request.release = current  # type: ignore[attr-defined]  # for the context processor
        there = [release.release_id for release in stored_releases(releases().folder)]
        tag = f'"{hashlib.sha256(repr((etag(current, request), there)).encode()).hexdigest()[:32]}"'
        response = get_conditional_response(request, etag=tag) or view(request, releases().folder, *args, **kwargs)
        response.headers.setdefault("ETag", tag)
        mine = bool(cookies_of(request))
        patch_cache_control(response, no_cache=True, **({"private": True} if mine else {"public": True}))
        patch_vary_headers(response, ["Cookie"] if mine else [])
        return response

    return with_folder


def found(folder: Path, release_id: str) -> StoredRelease:
    """Return the release of that id; else the page that says there is none."""
    try:
        return stored_release(folder, release_id)
    except UnknownReleaseError as error:
        raise Http404(str(error)) from error
