"""Supports: each award and infrastructure that it names, with who decided, why, and what counts for it."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Query, Router

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release
from infracommons.insights.supports import every_support, support_count, supports_from
from infracommons.web.catalogue.api.parameters import AskedPage
from infracommons.web.catalogue.api.streams import is_stream, refuse_in_stream, stream
from infracommons.web.funding.api.answers import counted_meta, list_page
from infracommons.web.funding.api.asked import EVERY_FILTER, ORDERED, asked_awards
from infracommons.web.funding.api.places import start_of
from infracommons.web.funding.api.rows import Row, Writer
from infracommons.web.funding.api.shapes import SupportPage
from infracommons.web.funding.api.state import release_of

router = Router(tags=["Awards"])


@router.get("/supports", response=SupportPage, url_name="supports", summary="Awards and infrastructures, by award")
def list_supports(request: HttpRequest, asked: Query[AskedPage]) -> HttpResponseBase:
    """Each award that matches with each infrastructure that it is listed for: decision, kind of support, shares."""
    release = release_of(request)
    read = asked_awards(request, asked, release, EVERY_FILTER - ORDERED)
    write = Writer(request.build_absolute_uri)
    if is_stream(request):
        refuse_in_stream(request, AskedPage.model_fields.keys() - {"strict"}, read.problems)
        return stream(request, _all(release, read.filters, write))
    start = start_of(request, asked)
    rows = [write.support(row) for row in supports_from(release, read.filters, start=start, rows=asked.limit)]
    total, meta = support_count(release, read.filters), counted_meta(request, read.filters)
    return list_page(request, asked, rows, read.problems, start=start, total=total, meta=meta)


def _all(release: Release, filters: AwardFilters, write: Writer) -> Iterator[Row]:
    for row in every_support(release, filters):
        yield write.support(row)
