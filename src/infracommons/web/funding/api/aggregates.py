"""What awards add up to in groups by any of their sides."""

from typing import Literal

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Field, Query, Router

from infracommons.insights.aggregates import SIDES, aggregate
from infracommons.web.catalogue.api.answers import answer
from infracommons.web.catalogue.api.parameters import Asked
from infracommons.web.funding.api.answers import counted_meta
from infracommons.web.funding.api.asked import EVERY_FILTER, ORDERED, asked_awards
from infracommons.web.funding.api.rows import sums
from infracommons.web.funding.api.shapes import AggregateAnswer
from infracommons.web.funding.api.state import release_of

router = Router(tags=["Awards"])
_GROUPED = "What makes the groups. Where meta.is_exclusive is false, an award may stand in several: never sum them."


class AskedAggregates(Asked):
    """What the groups of awards take beside the filters of the site."""

    group_by: Literal[tuple(SIDES)] = Field("year", description=_GROUPED)  # type: ignore[valid-type]


@router.get("/aggregates", response=AggregateAnswer, url_name="aggregates", summary="What awards add up to in groups")
def show_aggregates(request: HttpRequest, asked: Query[AskedAggregates]) -> HttpResponseBase:
    """All groups of the awards that match, the largest first, years newest first; `unknown` is a group of its own."""
    release = release_of(request)
    read = asked_awards(request, asked, release, EVERY_FILTER - ORDERED)
    found = aggregate(release, read.filters, asked.group_by)
    rows = [{"value": row["value"], "name": row["name"], **sums(row)} for row in found.rows]
    meta = counted_meta(request, read.filters)
    meta |= {"group_by": asked.group_by, "is_exclusive": not found.is_overlapping}
    return answer(request, rows, read.problems, meta=meta)
