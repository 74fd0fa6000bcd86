"""Files of exactly the rows that a page shows, written while they are sent."""

from collections.abc import Iterator

import pyarrow as pa
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from infracommons.insights import exclusions as exclusion_insight
from infracommons.insights import records as record_insight
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import every_row
from infracommons.insights.data_package import parquet_package
from infracommons.insights.exclusions import ExclusionFilters
from infracommons.insights.formats import FORMATS
from infracommons.insights.formats.about import About
from infracommons.insights.records import RecordFilters
from infracommons.insights.release import Release
from infracommons.insights.tables import whole_table
from infracommons.insights.totals import GROUPINGS, grouped
from infracommons.vocabulary.counting import rule_words
from infracommons.vocabulary.tables import PUBLISHED
from infracommons.web.funding.filtered import filtered
from infracommons.web.shared.published import of_release

Rows = tuple[pa.Schema, Iterator[pa.RecordBatch]]


@of_release
@filtered(AwardFilters)
def awards(request: HttpRequest, release: Release, filters: AwardFilters, form: str) -> HttpResponseBase:
    """Send the awards that match, with the amount counted for each."""
    _check(form)
    about = about_file(request, release) | counting(filters)
    return _file(every_row(release, filters), release, "awards", form, about)


@of_release
@filtered(AwardFilters)
def totals(request: HttpRequest, release: Release, filters: AwardFilters, by: str, form: str) -> HttpResponseBase:
    """Send the totals by infrastructure, funder or year of the awards that match."""
    _check(form)
    if by not in GROUPINGS:
        message = f"There are totals by {', '.join(GROUPINGS)}; not by “{by}”."
        raise Http404(message)
    about = about_file(request, release) | counting(filters)
    return _file(grouped(release, filters, by), release, f"totals-by-{by}", form, about)


@of_release
@filtered(RecordFilters)
def records(request: HttpRequest, release: Release, filters: RecordFilters, form: str) -> HttpResponseBase:
    """Send the records that match."""
    _check(form)
    return _file(
        record_insight.records(filters).every_row(release), release, "records", form, about_file(request, release)
    )


@of_release
@filtered(ExclusionFilters)
def exclusions(request: HttpRequest, release: Release, filters: ExclusionFilters, form: str) -> HttpResponseBase:
    """Send the exclusions that match."""
    _check(form)
    rows = exclusion_insight.exclusions(filters).every_row(release)
    return _file(rows, release, "exclusions", form, about_file(request, release))


@of_release
def table(_request: HttpRequest, release: Release, table: str, form: str) -> HttpResponseBase:
    """Send a whole table; as Parquet it is the release's own file."""
    _check(form)
    if table not in {contract.name for contract in PUBLISHED}:
        message = f"There is no table “{table}” in a release."
        raise Http404(message)
    if form == "parquet":
        kind = FORMATS[form].media_type
        return FileResponse(
            release.path(table).open("rb"), filename=f"{table}.parquet", as_attachment=True, content_type=kind
        )
    return _file(whole_table(release, table), release, table, form)


@of_release
def data_package(_request: HttpRequest, release: Release) -> HttpResponse:
    """Send the description of the release's Parquet files, which lie beside it."""
    return HttpResponse(parquet_package(release.folder), content_type="application/json")


def _check(form: str) -> None:
    if form not in FORMATS:
        message = f"There is no download as “{form}”; there are {', '.join(FORMATS)}."
        raise Http404(message)


def about_file(request: HttpRequest, release: Release) -> dict[str, str]:
    """Return what a file of the release says of itself: release, its own address as the query, licence and day."""
    licences = sorted({str(source["licence"]) for source in release.manifest["sources"]})
    return {
        "release_id": release.release_id,
        "query": request.build_absolute_uri(),
        "licences_of_the_sources": "; ".join(licences),
        "release_made_at": str(release.manifest["made_at"]),
    }


def counting(filters: AwardFilters) -> dict[str, str]:
    """Return, in words, how the amounts in a file are counted."""
    prices = f"US dollars of {filters.prices}, by CPI-U" if filters.prices else "US dollars of each award's own year"
    return {"rule": rule_words(filters.rule), "prices": prices}


def _file(rows: Rows, release: Release, name: str, form: str, about: About | None = None) -> StreamingHttpResponse:
    written = FORMATS[form].bytes_of(*rows, about=about)
    response = StreamingHttpResponse(written, content_type=FORMATS[form].media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="infracommons-{name}-{release.release_id}.{form}"'
    return response
