"""Puts rows of a release into answers: every one names the release, and lists what all their awards add up to."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.web.catalogue.api.answers import answer
from infracommons.web.catalogue.api.cursors import next_link
from infracommons.web.catalogue.api.parameters import AskedPage
from infracommons.web.catalogue.api.problems import ParameterProblem
from infracommons.web.funding.api.places import place_after
from infracommons.web.funding.api.rows import Row, plain
from infracommons.web.funding.api.state import release_of


def of_release(
    request: HttpRequest,
    data: Any,  # noqa: ANN401 - rows, or one
    problems: Iterable[ParameterProblem],
    **meta: Any,  # noqa: ANN401 - JSON
) -> HttpResponse:
    """Return an answer that names its release."""
    return answer(request, data, problems, meta={"release": release_of(request).release_id, **meta})


def counted_meta(request: HttpRequest, filters: AwardFilters) -> Row:
    """Return what all awards that match add up to under the rule."""
    total = award_total(release_of(request), filters)
    return {
        "release": release_of(request).release_id,
        "rule": total.rule,
        "awards": total.awards,
        "counted": total.counted,
        "counted_usd": plain(total.counted_usd),
    }


def list_page(
    request: HttpRequest,
    asked: AskedPage,
    rows: Sequence[Row],
    problems: Iterable[ParameterProblem],
    *,
    start: int,
    total: int,
    meta: Row,
) -> HttpResponse:
    """Return one page of a list of `total` rows, of which `start` come before it."""
    place = place_after(request, start, len(rows), total)
    links = {"next": next_link(request, place) if place and rows else None}
    return answer(request, rows, problems, meta=meta | {"total": total, "limit": asked.limit}, links=links)
