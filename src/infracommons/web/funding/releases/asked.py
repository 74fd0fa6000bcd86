"""Reads what the address of a page of releases asks for; what cannot be read is answered with a page that names it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from infracommons.insights.award_filters import PAGE
from infracommons.insights.query_string import matching, one, parse
from infracommons.web.shared.paged import address
from infracommons.web.shared.views import bad_filters

F = TypeVar("F")
P = ParamSpec("P")
_AskedView = Callable[Concatenate[HttpRequest, Path, F, P], HttpResponseBase]
_FolderView = Callable[Concatenate[HttpRequest, Path, P], HttpResponseBase]
_ID = (matching(r"[A-Za-z0-9_-]{1,100}"), "the id of a release, as in the list of releases")


@dataclass(frozen=True)
class PageFilters:
    """Which page of a list."""

    page: int = one(1, *PAGE)


@dataclass(frozen=True)
class TwoIds:
    """Two releases to compare."""

    before: str = one("", *_ID)
    after: str = one("", *_ID)


def with_filters(kind: type[F]) -> Callable[[_AskedView[F, P]], _FolderView[P]]:
    """Call the view with its filters, of dataclass `kind`; answer 400 where a part of the address cannot be read."""

    def decorate(view: _AskedView[F, P]) -> _FolderView[P]:
        @wraps(view)
        def with_asked(request: HttpRequest, folder: Path, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            parsed = parse(kind, request.META.get("QUERY_STRING", ""))
            if parsed.problems:
                return bad_filters(request, parsed.problems, address(request.path, parsed.asked))
            if not parsed.is_tidy:
                return HttpResponseRedirect(address(request.path, parsed.asked))
            return view(request, folder, parsed.asked, *args, **kwargs)

        return with_asked

    return decorate
