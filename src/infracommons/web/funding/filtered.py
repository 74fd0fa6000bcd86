"""Reads the filters of a page from its address; what cannot be read is answered with a page that names it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase

from infracommons.insights.award_filters import AwardFilters, not_in_release
from infracommons.insights.query_string import parse
from infracommons.insights.release import Release
from infracommons.web.shared.paged import address
from infracommons.web.shared.views import bad_filters

F = TypeVar("F")
P = ParamSpec("P")
_FilteredView = Callable[Concatenate[HttpRequest, Release, F, P], HttpResponseBase]
_ReleaseView = Callable[Concatenate[HttpRequest, Release, P], HttpResponseBase]


def filtered(kind: type[F]) -> Callable[[_FilteredView[F, P]], _ReleaseView[P]]:
    """Call the view with its filters, of dataclass `kind`; answer 400 where a part of the address cannot be read."""

    def decorate(view: _FilteredView[F, P]) -> _ReleaseView[P]:
        @wraps(view)
        def with_filters(
            request: HttpRequest, release: Release, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            parsed = parse(kind, request.META.get("QUERY_STRING", ""))
            asked, problems = _known(release, parsed.asked)
            if problems or parsed.problems:
                return bad_filters(request, parsed.problems + problems, address(request.path, asked))
            if not parsed.is_tidy:
                return HttpResponseRedirect(address(request.path, asked))
            return view(request, release, asked, *args, **kwargs)

        return with_filters

    return decorate


def _known(release: Release, asked: Any) -> Any:  # noqa: ANN401 - a dataclass of any kind goes in and out
    return not_in_release(release, asked) if isinstance(asked, AwardFilters) else (asked, ())
