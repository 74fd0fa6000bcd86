"""Takes what a reader chose in the filter panel: names become ids, and the page asked from is shown with them."""

from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve

from infracommons.insights.award_filters import AwardFilters, not_in_release
from infracommons.insights.filter_choices import NAMED_FIELDS, names_like
from infracommons.insights.query_string import QueryProblem, parse, to_query
from infracommons.insights.release import Release
from infracommons.web.funding.wording import FIELDS
from infracommons.web.shared.published import of_release
from infracommons.web.shared.views import bad_filters

TYPED = "_named"  # ends the name of a field of the panel in which a name is typed: funder_named
HERE = "here"
_MOST_SUGGESTED, _MOST_MEANT = 20, 50
_LONGEST = 200
_BAD = 400
_KNOWN = {f.name for f in fields(AwardFilters)} - {"page"}
_TYPED_IN = {field + TYPED: field for field in NAMED_FIELDS}


@dataclass(frozen=True)
class Chosen:
    """What a form of the panel holds: the page it stands on, filters, names to be found, and the page's own values."""

    here: str
    filters: AwardFilters
    typed: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str], ...]
    problems: tuple[QueryProblem, ...]

    def address(self, filters: AwardFilters) -> str:
        """Return the address of the page with these filters, its own values kept."""
        query = "&".join(part for part in (to_query(filters), urlencode(self.others)) if part)
        return f"{self.here}?{query}" if query else self.here


@of_release
def narrow(request: HttpRequest, release: Release) -> HttpResponse:
    """Go to the page that the panel stands on, with what was chosen; ask where a typed name may mean several."""
    chosen = _chosen(release, request.META.get("QUERY_STRING", ""))
    if chosen.problems:
        return bad_filters(request, chosen.problems, chosen.address(chosen.filters))
    filters, unclear = chosen.filters, []
    for field, text in chosen.typed:
        rows, found = names_like(release, field, text, _MOST_MEANT)
        exact = [row for row in rows if row["is_exact"]]
        if len(exact) == 1 or (found == 1 and not exact):
            filters = _with(filters, field, (exact or rows)[0]["value"])
        else:
            unclear.append((field, text, exact or rows, len(exact) or found))
    if not unclear:
        return HttpResponseRedirect(chosen.address(filters))
    context = {"names": [_question(chosen, filters, *one) for one in unclear], "without": chosen.address(filters)}
    return render(request, "funding/which.html", context, status=_BAD)


@of_release
def suggest(request: HttpRequest, release: Release) -> HttpResponse:
    """Answer with the options that what is typed so far may mean, for the list under the field."""
    pairs = parse_qsl(request.META.get("QUERY_STRING", ""), errors="replace")
    typed = [(_TYPED_IN[name], text.strip()[:_LONGEST]) for name, text in pairs if name in _TYPED_IN]
    options = [row for field, text in typed if text for row in names_like(release, field, text, _MOST_SUGGESTED)[0]]
    return render(request, "funding/options.html", {"options": options})


def _chosen(release: Release, query: str) -> Chosen:
    pairs = [(name, text) for name, text in parse_qsl(query, errors="replace") if text.strip()]
    parsed = parse(AwardFilters, urlencode([(name, text) for name, text in pairs if name in _KNOWN]))
    filters, unknown = not_in_release(release, parsed.asked)
    own = {HERE, "page", *_KNOWN, *_TYPED_IN}
    return Chosen(
        _page(dict(pairs).get(HERE, "")),
        filters,
        tuple((_TYPED_IN[name], text.strip()[:_LONGEST]) for name, text in pairs if name in _TYPED_IN),
        tuple((name, text) for name, text in pairs if name not in own),
        (*parsed.problems, *unknown),
    )


def _page(here: str) -> str:
    """Return the path of a page of this site; Http404 for anything else, so that the panel leads nowhere else."""
    try:
        resolve(here)
    except Resolver404:
        here = ""
    if not here.startswith("/") or here.startswith("//") or "\\" in here:
        message = "The page whose filters these are is not named. Go back to it and choose again."
        raise Http404(message)
    return here


def _with(filters: AwardFilters, field: str, value: str) -> AwardFilters:
    before = getattr(filters, field)
    return filters if value in before else filters.narrowed(**{field: (*before, value)})


def _question(
    chosen: Chosen, filters: AwardFilters, field: str, text: str, rows: list[dict[str, Any]], found: int
) -> dict[str, Any]:
    """Return what the page asks of one name: the choices, each with the address that takes it."""
    return {
        "field": FIELDS[field],
        "text": text,
        "choices": [row | {"href": chosen.address(_with(filters, field, row["value"]))} for row in rows],
        "found": found,
    }
