"""The search's help, its feeds, and files of what the awards found add up to."""

import pyarrow as pa
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from infracommons.insights.aggregates import SIDES, aggregate_file
from infracommons.insights.award_filters import ANY, AwardFilters
from infracommons.insights.award_index import index_of
from infracommons.insights.award_words import FIELDS
from infracommons.insights.formats import FORMATS
from infracommons.insights.release import Release
from infracommons.web.funding.filtered import filtered
from infracommons.web.funding.search.examples import AWARD_HELP
from infracommons.web.funding.search.feeds import FEED_FORMS, award_feed
from infracommons.web.shared.paged import address
from infracommons.web.shared.published import of_release


@of_release
def awards_help(request: HttpRequest, release: Release) -> HttpResponse:
    """Show what the search understands, with examples that run."""
    groups = [
        {"heading": group.heading, "examples": [_shown(release, one.q, one.meaning) for one in group.examples]}
        for group in AWARD_HELP
    ]
    return render(request, "funding/search/help.html", {"groups": groups, "fields": FIELDS.values()})


def _shown(release: Release, q: str, meaning: str) -> dict[str, object]:
    asked = AwardFilters(q=q, decision=ANY)
    total = index_of(release).count(q)  # every award of a release names an infrastructure, so any decision is all
    return {"q": q, "meaning": meaning, "address": address(reverse("awards"), asked), "total": total}


@of_release
@filtered(AwardFilters)
def awards_feed(request: HttpRequest, release: Release, filters: AwardFilters, form: str) -> HttpResponse:
    """Send the newest awards that match as a feed."""
    if form not in FEED_FORMS:
        message = f"There is no feed as “{form}”; there are {', '.join(FEED_FORMS)}."
        raise Http404(message)
    return award_feed(release, filters, request.build_absolute_uri("/").rstrip("/"), form)


@of_release
@filtered(AwardFilters)
def aggregate(request: HttpRequest, release: Release, filters: AwardFilters, by: str, form: str) -> HttpResponseBase:
    """Send what the awards that match add up to by one side; each row says whether rows may be summed."""
    if by not in SIDES or form not in FORMATS:
        message = f"There are totals by {', '.join(SIDES)}, as {', '.join(FORMATS)}; not by “{by}” as “{form}”."
        raise Http404(message)
    schema, batches = aggregate_file(release, filters, by)
    found = pa.Table.from_batches(batches, schema)
    asked = request.build_absolute_uri(address(reverse("awards"), filters.narrowed()))
    for name, value in (("release_id", release.release_id), ("query", asked)):
        found = found.append_column(name, pa.array([value] * len(found), pa.string()))
    kind = FORMATS[form]
    response = StreamingHttpResponse(
        kind.bytes_of(found.schema, iter(found.to_batches())), content_type=kind.media_type
    )
    name = f"infracommons-awards-by-{by}-{release.release_id}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
