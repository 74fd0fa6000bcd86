"""Finds infrastructures as the site's search does, and reads their rows from the database."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from infracommons.web.catalogue.api.parameters import Asked, unknown_parameters
from infracommons.web.catalogue.api.problems import ParameterProblem, as_problem, bad_values
from infracommons.web.catalogue.api.rows import Row
from infracommons.web.catalogue.claims.profile import Profile
from infracommons.web.catalogue.claims.state import latest_change
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.search.filters import parameters, read_filters, shown
from infracommons.web.catalogue.search.index import catalogue_index
from infracommons.web.catalogue.search.search import Found, search
from infracommons.web.catalogue.search.why import reasons

PAGE = "page"  # the site's; here one goes on by cursor


@dataclass(frozen=True)
class Listed:
    """What a search found, and what of the address was not used."""

    found: Found
    problems: tuple[ParameterProblem, ...]

    @property
    def is_behind(self) -> bool:
        """Whether the catalogue has changed since the snapshot that was searched."""
        return self.found.index.moment.change != latest_change()


def filter_parameters() -> tuple[str, ...]:
    """Return the names of the parameters that filters of infrastructures have, here and on the site."""
    return tuple(name for name in parameters() if name != PAGE)


def listed_by(request: HttpRequest, asked: Asked) -> Listed:
    """Return what the request's filters find.

    Raises ApiProblem (400) for values that cannot be used; in strict requests for anything that is not used, too.
    """
    problems = unknown_parameters(request, asked, filter_parameters())
    index = catalogue_index()
    ours = [name for name in request.GET if name not in filter_parameters()]
    read = read_filters(request.META.get("QUERY_STRING", ""), index, ours)
    if wrong := _empty(request) + [as_problem(one) for one in read.problems]:
        raise bad_values(wrong)
    found = search(read.filters, index)
    problems += [ParameterProblem("q", shown(issue.typed), f"Not used: {issue.reason}.") for issue in found.issues]
    if problems and asked.strict:
        raise bad_values(problems)
    return Listed(found, tuple(problems))


def _empty(request: HttpRequest) -> list[ParameterProblem]:
    """Return the filters without a value: a program that left one out by mistake must not be given everything."""
    message = "This filter has no value. Give it one, or leave it out."
    return [
        ParameterProblem(name, "", message)
        for name in request.GET
        if name in filter_parameters() and name != "q" and not all(map(str.strip, request.GET.getlist(name)))
    ]


def rows_of(ids: Sequence[str]) -> list[Infrastructure]:
    """Return the infrastructures with these ids, in this order; one that has gone meanwhile is left out."""
    held = {
        row.infrastructure_id: row
        for row in Infrastructure.objects.filter(infrastructure_id__in=ids).select_related("steward")
    }
    return [held[one] for one in ids if one in held]


def matches(found: Found, profile: Profile) -> list[Row]:
    """Return where the words of the search stand in a profile."""
    return [
        {
            "label": reason.label,
            "text": "".join(piece.text for piece in reason.pieces),
            "marked": [piece.text for piece in reason.pieces if piece.is_marked],
        }
        for reason in reasons(found, profile)
    ]
