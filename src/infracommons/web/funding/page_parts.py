"""What the funding pages share: filters with their chips and form, the answer, and the exhibits that are there."""

from collections.abc import Collection, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from infracommons.exhibits.registry import exhibit_kinds
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.organisations import organisation_names
from infracommons.insights.release import Release
from infracommons.web.funding.exhibits.shown import Shown, shown
from infracommons.web.funding.filter_form import filter_form, names_by_field
from infracommons.web.funding.presenters import chips, query_of
from infracommons.web.funding.summary import summary

Context = dict[str, Any]
_NOT_FOUND = 404


def answer_parts(
    request: HttpRequest,
    release: Release,
    asked: AwardFilters,
    own: AwardFilters | None = None,
    *,
    without: Collection[str] = ("sort",),
) -> Context:
    """Return what a page over awards begins with.

    `own` are the filters where the page itself narrows what is asked; `without` are the fields that its panel does
    not offer, such as the order where the page has one of its own.
    """
    counted = own or asked
    return {
        "here": request.path,
        "filters": asked,
        "query": query_of(asked.narrowed()),
        "chips": chips(request.path, asked, names_for(release, asked)),
        "form": filter_form(release, asked, without=without),
        "summary": summary(request.path, award_total(release, counted), counted, asked),
    }


def names_for(release: Release, asked: AwardFilters) -> dict[str, dict[str, str]]:
    """Return the names of the ids that the filters hold, by field."""
    return names_by_field(release) | {"recipient": organisation_names(release, asked.recipient)}


def exhibits(request: HttpRequest, release: Release, filters: AwardFilters, names: Sequence[str]) -> list[Shown]:
    """Return those of the named exhibits that there are, in this order."""
    there = [name for name in names if name in exhibit_kinds()]
    return [shown(request, release, name, filters.narrowed()) for name in there]


def paged(request: HttpRequest, template: str, context: Context, *, beyond: bool) -> HttpResponse:
    """Answer with the page, or 404 with the same page, which then says how many pages there are."""
    return render(request, template, context | {"is_beyond": beyond}, status=_NOT_FOUND if beyond else None)
