"""Tells which texts reports are made from now: a definition that an expert edits makes other reports of one release."""

import hashlib
from functools import wraps
from pathlib import Path
from typing import ParamSpec

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from infracommons.web.shared.published import ReleaseView, View, of_release

P = ParamSpec("P")
_SHOWN = 8
_READ = ("reports/*.md", "policies/**/*.yaml")


def texts_version() -> str:
    """Return the start of a checksum over the definitions that reports are made from: names, sizes, times of change."""
    folder = Path(settings.INFRACOMMONS_DEFINITIONS)
    digest = hashlib.sha256()
    for path in sorted(path for pattern in _READ for path in folder.glob(pattern)):
        told = path.stat()
        digest.update(f"{path.relative_to(folder)} {told.st_size} {told.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:_SHOWN]


def of_release_and_texts(view: ReleaseView[P]) -> View[P]:
    """Call the view as `of_release` does; a reader's copy of an earlier text is not taken for current."""
    return of_texts(of_release(view))


def of_texts(view: View[P]) -> View[P]:
    """Call a view that tags its answers; the tag then changes with the texts, too."""

    @wraps(view)
    def told(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        mark = f'-{texts_version()}"'
        seen = request.META.get("HTTP_IF_NONE_MATCH", "")
        kept = [tag.strip().removeprefix("W/").removesuffix(mark) + '"' for tag in seen.split(",") if mark in tag]
        request.META["HTTP_IF_NONE_MATCH"] = ", ".join(kept)
        response = view(request, *args, **kwargs)
        tag = response.headers["ETag"].removesuffix('"')
        response.headers["ETag"] = tag + mark
        return response

    return told
