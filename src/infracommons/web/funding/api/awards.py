"""Awards: found by the same filters as on the site, one by one with all that stands behind them."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Field, Query, Router

from infracommons.insights.award import award_evidence
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.award_index import matching
from infracommons.insights.award_matches import matches
from infracommons.insights.counted import every_row, rows_from
from infracommons.insights.release import Release
from infracommons.web.catalogue.api.parameters import Asked, AskedPage, unknown_parameters
from infracommons.web.catalogue.api.problems import ApiProblem, ParameterProblem, bad_values
from infracommons.web.catalogue.api.streams import is_stream, refuse_in_stream, stream
from infracommons.web.catalogue.search.filters import shown
from infracommons.web.funding.api.answers import counted_meta, list_page, of_release
from infracommons.web.funding.api.asked import asked_awards
from infracommons.web.funding.api.places import start_of
from infracommons.web.funding.api.rows import AWARD_COLUMNS, Row, Writer
from infracommons.web.funding.api.shapes import AwardAnswer, AwardPage
from infracommons.web.funding.api.state import release_of

router = Router(tags=["Awards"])


class AskedAwardList(AskedPage):
    """What the list of awards takes beside the filters of the site."""

    select: list[str] = Field([], description="Columns to show, apart by commas; all of them by default.")


@router.get("/awards", response=AwardPage, url_name="awards", summary="Awards, by the filters of the site")
def list_awards(request: HttpRequest, asked: Query[AskedAwardList]) -> HttpResponseBase:
    """Awards that match, each once. Any value of one parameter will do, all parameters must hold."""
    columns = _selected(asked.select)
    release = release_of(request)
    read = asked_awards(request, asked, release)
    write = Writer(request.build_absolute_uri)
    if is_stream(request):
        refuse_in_stream(request, AskedPage.model_fields.keys() - {"strict"}, read.problems)
        return stream(request, _all(release, read.filters, write, columns))
    start = start_of(request, asked)
    meta = counted_meta(request, read.filters)
    found = rows_from(release, read.filters, start=start, rows=asked.limit)
    rows = _written(release, read.filters, found, write, columns)
    return list_page(request, asked, rows, read.problems, start=start, total=meta["awards"], meta=meta)


@router.get("/awards/{str:award_id}", response=AwardAnswer, url_name="award", summary="One award, with its evidence")
def show_award(request: HttpRequest, award_id: str, asked: Query[Asked]) -> HttpResponseBase:
    """An award with its records and where these name infrastructures, decisions, what counts by rule, exclusions."""
    problems = unknown_parameters(request, asked)
    found = award_evidence(release_of(request), award_id)
    if found is None:
        raise ApiProblem(404, f"Release {release_of(request).release_id} has no award {award_id}.")
    return of_release(request, Writer(request.build_absolute_uri).evidence(found), problems)


def _selected(given: Sequence[str]) -> tuple[str, ...]:
    columns = tuple(code.strip() for part in given for code in part.split(",") if code.strip())
    message = f"There is no such column. Choose from {', '.join(AWARD_COLUMNS)}."
    wrong = [ParameterProblem("select", shown(code), message) for code in columns if code not in AWARD_COLUMNS]
    if wrong:
        raise bad_values(wrong)
    return columns or AWARD_COLUMNS


def _written(
    release: Release, filters: AwardFilters, rows: Sequence[Row], write: Writer, columns: Sequence[str]
) -> list[Row]:
    found = matches(release, matching(release, filters.q).query, rows)
    return [write.award(row, columns, found.get(row["award_id"])) for row in rows]


def _all(release: Release, filters: AwardFilters, write: Writer, columns: Sequence[str]) -> Iterator[Row]:
    for batch in every_row(release, filters)[1]:
        yield from _written(release, filters, batch.to_pylist(), write, columns)
