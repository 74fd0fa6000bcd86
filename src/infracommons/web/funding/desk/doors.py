"""Lets reviewers in: a desk's page shows the current release and what people decided since, and is never cached."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from infracommons.insights.query_string import parse
from infracommons.insights.release import Release
from infracommons.insights.review_filters import ReviewFilters
from infracommons.insights.review_item import ReviewItem, review_item
from infracommons.web.shared.paged import address
from infracommons.web.shared.published import releases
from infracommons.web.shared.views import bad_filters

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
ReleaseView = Callable[Concatenate[HttpRequest, Release, P], HttpResponseBase]
FilteredView = Callable[Concatenate[HttpRequest, Release, ReviewFilters, P], HttpResponseBase]


def with_release(view: ReleaseView[P]) -> View[P]:
    """Call the view with the current release; the answer is kept by no cache."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        release = releases().current()
        request.release = release  # type: ignore[attr-defined]  # for the foot of the page
        return view(request, release, *args, **kwargs)

    return opened


def with_filters(view: FilteredView[P]) -> ReleaseView[P]:
    """Call the view with the filters of the queue; answer 400 where a part of the address cannot be read."""

    @wraps(view)
    def filtered(request: HttpRequest, release: Release, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        parsed = parse(ReviewFilters, request.META.get("QUERY_STRING", ""))
        if parsed.problems:
            return bad_filters(request, parsed.problems, address(request.path, parsed.asked))
        return view(request, release, parsed.asked, *args, **kwargs)

    return filtered


def item_or_404(release: Release, kind: str, subject_id: str, other_id: str) -> ReviewItem:
    """Return the item; Http404 says what to do where this release has none of these ids."""
    found = review_item(release, kind, subject_id, other_id)
    if found is None:
        message = "This release has no such item; it may have been settled by a newer release. Go back to the queue."
        raise Http404(message)
    return found
