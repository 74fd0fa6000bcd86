"""Infrastructures: found by the same filters as on the site, one by one, as of any day, counted in groups."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router

from infracommons.web.catalogue.api.answers import answer, page
from infracommons.web.catalogue.api.cursors import opened
from infracommons.web.catalogue.api.grouped import groups, is_exclusive, refuse_unknown_facet
from infracommons.web.catalogue.api.listed import Listed, listed_by, matches, rows_of
from infracommons.web.catalogue.api.parameters import (
    ALL_FIELDS,
    HEADLINE,
    AskedInfrastructure,
    AskedPage,
    selected,
    unknown_parameters,
)
from infracommons.web.catalogue.api.problems import ApiProblem
from infracommons.web.catalogue.api.rows import Row, Writer, uncertain_claims
from infracommons.web.catalogue.api.shapes import GroupAnswer, InfrastructureAnswer, InfrastructurePage
from infracommons.web.catalogue.api.streams import ROWS_AT_ONCE, is_stream, refuse_in_stream, stream
from infracommons.web.catalogue.claims.profile import profile_as_of
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.models import FormerSlug, Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

router = Router(tags=["Infrastructures"])


class AskedInfrastructures(AskedPage):
    """What the list of infrastructures takes beside the filters of the site."""

    select: list[str] = Field([], description=f"Fields to show, apart by commas, or all; else {', '.join(HEADLINE)}.")
    group_by: str | None = Field(None, description="Count by the values of this facet, rather than list.")


@router.get(
    "/infrastructures",
    response=InfrastructurePage | GroupAnswer,
    url_name="infrastructures",
    summary="Infrastructures, by the filters of the site",
)
def list_infrastructures(request: HttpRequest, asked: Query[AskedInfrastructures]) -> HttpResponseBase:
    """Infrastructures that match. Any value of one parameter will do, all parameters must hold."""
    fields = selected(asked.select, HEADLINE)
    if asked.group_by is not None:
        refuse_unknown_facet(asked.group_by)
    listed = listed_by(request, asked)
    request.api_is_behind = listed.is_behind  # type: ignore[attr-defined]  # read at the door
    if is_stream(request):
        refuse_in_stream(request, ("cursor", "limit", "group_by"), listed.problems)
        return stream(request, _all(listed, _writer(request, fields)))
    if asked.group_by is not None:
        return _grouped(request, listed, asked.group_by)
    return _page(request, asked, listed, fields)


@router.get(
    "/infrastructures/{slug:infrastructure_id}",
    response=InfrastructureAnswer,
    url_name="infrastructure",
    summary="One infrastructure, today or on any day",
)
def show_infrastructure(
    request: HttpRequest, infrastructure_id: str, asked: Query[AskedInfrastructure]
) -> HttpResponseBase:
    """An infrastructure with what its latest claims say, or those of a day, field by field. Its steward is today's."""
    fields = selected(asked.select, (ALL_FIELDS,))
    problems = unknown_parameters(request, asked)
    found = found_or_gone(infrastructure_id)
    if found.infrastructure_id != infrastructure_id:
        return _moved(request, found, "api:infrastructure")
    write = replace(_writer(request, fields), uncertain=uncertain_claims([found]))
    if asked.as_of is None:
        return answer(request, write.infrastructure(found), problems)
    said = profile_as_of(found, asked.as_of)
    if not said:
        first = found.created_at.date()
        raise ApiProblem(404, f"{found.name} was not in the catalogue on {asked.as_of}; it came on {first}.")
    on_the_day = replace(write, as_of=asked.as_of, today=asked.as_of, uncertain=())
    return answer(request, on_the_day.infrastructure(found, said), problems)


def found_or_gone(infrastructure_id: str) -> Infrastructure:
    """Return the listed infrastructure that has this id, or had it; raise ApiProblem (404, or 410 where withdrawn)."""
    infrastructures = Infrastructure.objects.select_related("steward", "successor")
    found = infrastructures.filter(infrastructure_id=infrastructure_id).first()
    if found is None:
        former = FormerSlug.objects.filter(slug=infrastructure_id).values("infrastructure")
        found = infrastructures.filter(pk__in=former).first()
    if found is None or found.listing not in {Listing.LISTED, Listing.WITHDRAWN}:
        raise ApiProblem(404, f"No infrastructure in the catalogue has the id {infrastructure_id}.")
    if found.listing == Listing.WITHDRAWN:
        successor = found.successor and reverse("api:infrastructure", args=[found.successor.infrastructure_id])
        detail = found.listing_reason or "No reason was given."
        raise ApiProblem(410, detail, also={"successor": successor})
    return found


def _moved(request: HttpRequest, found: Infrastructure, name: str) -> HttpResponseBase:
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return HttpResponsePermanentRedirect(reverse(name, args=[found.infrastructure_id]) + query)


def _writer(request: HttpRequest, fields: list[FieldDefinition]) -> Writer:
    return Writer(request.build_absolute_uri, term_book(), timezone.now().date(), fields)


def _rows(listed: Listed, ids: Sequence[str], write: Writer) -> list[Row]:
    rows = rows_of(ids)
    sure = replace(write, uncertain=uncertain_claims(rows))
    return [sure.infrastructure(one, matches=matches(listed.found, one.profile)) for one in rows]


def _page(
    request: HttpRequest, asked: AskedInfrastructures, listed: Listed, fields: list[FieldDefinition]
) -> HttpResponseBase:
    ids = listed.found.ids
    start = _start(ids, opened(request, asked.cursor)) if asked.cursor else 0
    end = start + asked.limit
    return page(
        request,
        _rows(listed, ids[start:end], _writer(request, fields)),
        listed.problems,
        total=len(ids),
        limit=asked.limit,
        following=[end, ids[end - 1]] if end < len(ids) else None,
    )


def _start(ids: tuple[str, ...], place: list[object]) -> int:
    """Return where a page begins: after the last one shown, wherever it stands now; where it stood, if it has gone."""
    number, last = int(str(place[0])), str(place[1])
    return ids.index(last) + 1 if last in ids else number


def _grouped(request: HttpRequest, listed: Listed, facet: str) -> HttpResponseBase:
    meta = {"group_by": facet, "total": listed.found.total, "is_exclusive": is_exclusive(facet)}
    return answer(request, groups(listed.found, facet), listed.problems, meta=meta)


def _all(listed: Listed, write: Writer) -> Iterator[Row]:
    ids = listed.found.ids
    for start in range(0, len(ids), ROWS_AT_ONCE):
        yield from _rows(listed, ids[start : start + ROWS_AT_ONCE], write)
