"""Reads the filters of the site from the API's addresses; what is not used is told, never guessed."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from urllib.parse import unquote_plus

from django.http import HttpRequest

from infracommons.insights.award_filters import AwardFilters, not_in_release
from infracommons.insights.award_index import matching
from infracommons.insights.query_string import parse
from infracommons.insights.release import Release
from infracommons.web.catalogue.api.parameters import Asked, unknown_parameters
from infracommons.web.catalogue.api.problems import ParameterProblem, as_problem, bad_values
from infracommons.web.catalogue.search.filters import shown

PAGE = "page"  # the site's; here one goes on by cursor
ORDERED = frozenset({"sort"})
EVERY_FILTER = frozenset(f.name for f in fields(AwardFilters)) - {PAGE}


@dataclass(frozen=True)
class AskedAwards:
    """Which awards are asked for, and what of the address was not used."""

    filters: AwardFilters
    problems: list[ParameterProblem]


def asked_awards(
    request: HttpRequest, asked: Asked, release: Release, names: Collection[str] = EVERY_FILTER
) -> AskedAwards:
    """Return the filters that a request has among `names`.

    Raises ApiProblem (400) for values that cannot be used; in strict requests for anything that is not used, too.
    """
    problems = unknown_parameters(request, asked, names)
    read = parse(AwardFilters, _only(request.META.get("QUERY_STRING", ""), names))
    filters, unknown = not_in_release(release, read.asked)
    if wrong := _empty(request, names) + [as_problem(one) for one in (*read.problems, *unknown)]:
        raise bad_values(wrong)
    issues = matching(release, filters.q).issues
    problems += [ParameterProblem("q", shown(issue.typed), f"Not used: {issue.reason}.") for issue in issues]
    if problems and asked.strict:
        raise bad_values(problems)
    return AskedAwards(filters, problems)


def _only(query: str, names: Collection[str]) -> str:
    """Return the part of a query string that has these parameters, as it was written."""
    return "&".join(part for part in query.split("&") if unquote_plus(part.partition("=")[0]) in names)


def _empty(request: HttpRequest, names: Collection[str]) -> list[ParameterProblem]:
    """Return the filters without a value: a program that left one out by mistake must not be given everything."""
    message = "This filter has no value. Give it one, or leave it out."
    return [
        ParameterProblem(name, "", message)
        for name in request.GET
        if name in names and name != "q" and not all(map(str.strip, request.GET.getlist(name)))
    ]
