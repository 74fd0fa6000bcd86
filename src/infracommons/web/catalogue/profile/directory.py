"""The pages of stewards: the organisations that run listed infrastructures, and one of them."""

from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from infracommons.insights.funders import funder_facts
from infracommons.vocabulary.text import normal_name
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import value_words
from infracommons.web.catalogue.models import Infrastructure, Organisation
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.catalogue.profile.asked import Nothing, StewardsAsked, address, answered
from infracommons.web.catalogue.profile.paged import paged
from infracommons.web.catalogue.profile.state import conditional
from infracommons.web.shared.published import current_release

_STEWARDS_A_PAGE, _MOST_COMPARED = 100, 12


@require_safe
def stewards(request: HttpRequest) -> HttpResponseBase:
    """Show the organisations that run something listed, by name; words of the search may stand anywhere in a name."""

    def answer(asked: StewardsAsked) -> HttpResponseBase:
        return conditional(request, (), lambda: _stewards(request, asked))

    return answered(request, StewardsAsked, answer)


def _stewards(request: HttpRequest, asked: StewardsAsked) -> HttpResponse:
    listed = Count("infrastructures", filter=Q(infrastructures__listing=Listing.LISTED))
    running = Organisation.objects.annotate(listed=listed).filter(listed__gt=0).order_by("name", "organisation_id")
    every = list(running.values("organisation_id", "name", "ror", "listed"))
    words = normal_name(asked.q).split()
    rows = [row for row in every if all(word in normal_name(row["name"]) for word in words)] if asked.q else every
    page = paged(
        rows,
        asked.page,
        _STEWARDS_A_PAGE,
        lambda number: address(request.path, StewardsAsked(q=asked.q, page=number)),
    )
    shown = Infrastructure.objects.filter(listing=Listing.LISTED)
    context = {
        "asked": asked,
        "page": page,
        "every": len(every),
        "infrastructures": sum(row["listed"] for row in every),
        "without": shown.filter(steward=None).count(),
    }
    return render(request, "catalogue/profile/stewards.html", context, status=404 if page.is_beyond else None)


@require_safe
def steward(request: HttpRequest, organisation_id: str) -> HttpResponseBase:
    """Show one organisation and the listed infrastructures that name it as their steward."""
    organisation = Organisation.objects.filter(organisation_id=organisation_id).first()
    if organisation is None:
        message = f"The catalogue has no steward “{organisation_id}”."
        raise Http404(message)

    def answer(_asked: Nothing) -> HttpResponseBase:
        return conditional(request, (), lambda: _steward(request, organisation))

    return answered(request, Nothing, answer)


def _steward(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    book = term_book()
    run = organisation.infrastructures.filter(listing=Listing.LISTED).order_by("name", "infrastructure_id")
    rows = [_row(one, book) for one in run]
    context = {
        "organisation": organisation,
        "rows": rows,
        "ids": ",".join(row["infrastructure_id"] for row in rows[:_MOST_COMPARED]),
        "funder": _funder(organisation),
    }
    return render(request, "catalogue/profile/steward.html", context)


def _row(infrastructure: Infrastructure, book: TermBook) -> dict[str, Any]:
    said = {
        code: ", ".join(value_words(field(code), infrastructure.profile.get(code, {}).get("value"), book))
        for code in ("summary", "categories", "launched")
    }
    return {"infrastructure_id": infrastructure.infrastructure_id, "name": infrastructure.name, **said}


def _funder(organisation: Organisation) -> str:
    """Return its id as a funder of the current release, empty where it is none: releases name organisations by ROR."""
    release = current_release()
    if release is None or not organisation.ror:
        return ""
    funder = "ror:" + organisation.ror.removeprefix("https://ror.org/")
    return funder if funder_facts(release, funder) else ""
