"""The organisations that give, and those that receive, with what their awards add up to."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Query, Router

from infracommons.insights.aggregates import aggregate
from infracommons.insights.award_filters import ANY, AwardFilters
from infracommons.insights.release import Release
from infracommons.insights.totals import by_rule
from infracommons.web.catalogue.api.parameters import Asked, AskedPage, unknown_parameters
from infracommons.web.catalogue.api.problems import ApiProblem
from infracommons.web.funding.api.answers import counted_meta, list_page, of_release
from infracommons.web.funding.api.asked import EVERY_FILTER, ORDERED, asked_awards
from infracommons.web.funding.api.places import start_of
from infracommons.web.funding.api.rows import Row, Writer, plain
from infracommons.web.funding.api.shapes import FundingOrganisationAnswer, FundingOrganisationPage
from infracommons.web.funding.api.state import release_of

router = Router(tags=["Funders and recipients"])
_FACTS = ("organisation_id", "name", "ror_id", "country_code", "region", "kind", "parent_id", "is_us_federal")


@router.get("/funders", response=FundingOrganisationPage, url_name="funders", summary="Funders, the largest first")
def list_funders(request: HttpRequest, asked: Query[AskedPage]) -> HttpResponseBase:
    """Who gives the awards that match, with what they add up to under the rule."""
    return _listed(request, asked, "funder")


@router.get("/funders/{str:funder_id}", response=FundingOrganisationAnswer, url_name="funder", summary="One funder")
def show_funder(request: HttpRequest, funder_id: str, asked: Query[Asked]) -> HttpResponseBase:
    """An organisation that gives, with what its awards that count as support add up to under each rule."""
    return _shown(request, asked, "funder", funder_id)


@router.get(
    "/recipients", response=FundingOrganisationPage, url_name="recipients", summary="Recipients, the largest first"
)
def list_recipients(request: HttpRequest, asked: Query[AskedPage]) -> HttpResponseBase:
    """Who receives the awards that match, with what they add up to under the rule."""
    return _listed(request, asked, "recipient")


@router.get(
    "/recipients/{str:recipient_id}",
    response=FundingOrganisationAnswer,
    url_name="recipient",
    summary="One recipient",
)
def show_recipient(request: HttpRequest, recipient_id: str, asked: Query[Asked]) -> HttpResponseBase:
    """An organisation that receives, with what its awards that count as support add up to under each rule."""
    return _shown(request, asked, "recipient", recipient_id)


def _listed(request: HttpRequest, asked: AskedPage, side: str) -> HttpResponseBase:
    release = release_of(request)
    read = asked_awards(request, asked, release, EVERY_FILTER - ORDERED)
    groups = aggregate(release, read.filters, side).rows
    start = start_of(request, asked)
    shown = groups[start : start + asked.limit]
    facts = _facts(release, [row["value"] for row in shown])
    write = Writer(request.build_absolute_uri)
    rows = [write.organisation(row, facts.get(row["value"], {}), side) for row in shown]
    meta = counted_meta(request, read.filters)
    return list_page(request, asked, rows, read.problems, start=start, total=len(groups), meta=meta)


def _shown(request: HttpRequest, asked: Asked, side: str, organisation_id: str) -> HttpResponseBase:
    problems = unknown_parameters(request, asked)
    release = release_of(request)
    facts = _facts(release, [organisation_id]).get(organisation_id)
    own = AwardFilters(**{side: (organisation_id,)})  # type: ignore[arg-type]  # both sides take ids
    if facts is None or not aggregate(release, own.narrowed(decision=ANY), side).rows:
        raise ApiProblem(404, f"No award of release {release.release_id} names a {side} {organisation_id}.")
    totals = [
        {"rule": total.rule, "awards": total.awards, "counted": total.counted, "counted_usd": plain(total.counted_usd)}
        for total in by_rule(release, own)
    ]
    links = {
        "self": request.build_absolute_uri(reverse(f"api:{side}", args=[organisation_id])),
        "page": request.build_absolute_uri(f"{reverse('awards')}?{side}={organisation_id}"),
    }
    return of_release(request, {name: facts[name] for name in _FACTS} | {"by_rule": totals, "links": links}, problems)


def _facts(release: Release, ids: Sequence[str]) -> dict[str, Row]:
    question = "SELECT * FROM organisation WHERE list_contains($ids::VARCHAR[], organisation_id)"
    return {row["organisation_id"]: row for row in release.query(question, {"ids": list(ids)})}
