"""The page of a report over two releases: which of its numbers moved, came and went, and what it now finds."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from infracommons.insights.award_filters import PAGE
from infracommons.insights.formats import FORMATS
from infracommons.insights.infrastructures import infrastructure_facts
from infracommons.insights.query_string import QueryProblem, choice, matching, one
from infracommons.insights.release import NoReleaseError, Release
from infracommons.insights.releases import StoredRelease, current_id, stored_releases
from infracommons.reports.compare import WHATS, Comparison, compare, read_numbers
from infracommons.reports.definition import Definition
from infracommons.web.funding.releases.asked import with_filters
from infracommons.web.funding.releases.stored import of_releases
from infracommons.web.reports import movements
from infracommons.web.reports.found import made, report_named
from infracommons.web.reports.stock import Wanted
from infracommons.web.reports.texts import of_texts
from infracommons.web.shared.paged import address
from infracommons.web.shared.views import bad_filters

_ID = (matching(r"[A-Za-z0-9_-]{1,100}"), "the id of a release, as in the list of releases")
_NUMBERS = "json"
_LEAST = 2  # releases that can be compared
NOT_FOUND = 404


@dataclass(frozen=True)
class Asked:
    """Two releases to compare, and which of the movements to show: in which part of the report, of which kind."""

    before: str = one("", *_ID)
    after: str = one("", *_ID)
    part: str = one("", matching(r".{1,200}"), "a part of the report, as on its page")
    what: str = one("", *choice(WHATS))
    page: int = one(1, *PAGE)


@dataclass(frozen=True)
class Place:
    """Which report, about which infrastructure (None: about all)."""

    told: Definition
    infrastructure: str | None

    @property
    def arguments(self) -> list[str]:
        """What names it in addresses."""
        return [self.told.name, *([self.infrastructure] if self.infrastructure else [])]

    def address(self, page: str, *more: str) -> str:
        """Return the address of `report` or of one of its kin, such as `report_compare`."""
        kind = "report_of" if self.infrastructure else "report"
        return reverse(page.replace("report", kind, 1), args=[*self.arguments, *more])


@of_texts
@of_releases
@with_filters(Asked)
def report(request: HttpRequest, folder: Path, asked: Asked, name: str) -> HttpResponseBase:
    """Show what moved in a report."""
    return _page(request, folder, asked, _place(name))


@of_texts
@of_releases
@with_filters(Asked)
def report_of(request: HttpRequest, folder: Path, asked: Asked, name: str, infrastructure: str) -> HttpResponseBase:
    """Show what moved in a report about one infrastructure."""
    return _page(request, folder, asked, _place(name, infrastructure))


@of_texts
@of_releases
@with_filters(Asked)
def report_file(request: HttpRequest, folder: Path, asked: Asked, name: str, form: str) -> HttpResponseBase:
    """Send the numbers that moved in a report."""
    return _file(request, folder, asked, _place(name), form)


@of_texts
@of_releases
@with_filters(Asked)
def report_of_file(
    request: HttpRequest, folder: Path, asked: Asked, name: str, infrastructure: str, form: str
) -> HttpResponseBase:
    """Send the numbers that moved in a report about one infrastructure."""
    return _file(request, folder, asked, _place(name, infrastructure), form)


def _place(name: str, infrastructure: str | None = None) -> Place:
    told = report_named(name)
    if bool(told.needs) is not bool(infrastructure):
        about = "one infrastructure: its address names which" if told.needs else "all infrastructures"
        message = f"“{told.label}” is about {about}."
        raise Http404(message)
    return Place(told, infrastructure)


def _page(request: HttpRequest, folder: Path, asked: Asked, place: Place) -> HttpResponseBase:
    stored = stored_releases(folder)
    if not (asked.before or asked.after) and len(stored) >= _LEAST:
        newest = replace(asked, before=stored[1].release_id, after=stored[0].release_id)
        return HttpResponseRedirect(address(request.path, newest))
    context: dict[str, Any] = {
        "label": place.told.label,
        "infrastructure": place.infrastructure,
        "report": place.address("report"),
        "here": request.path,
        "asked": asked,
        "ids": [release.release_id for release in stored],
    }
    if len(stored) < _LEAST and not (asked.before or asked.after):
        return render(request, "reports/compare.html", context)
    found = _compared(request, stored, asked, place)
    if not isinstance(found, Comparison):
        return found
    context |= movements.context(request.path, found, asked, current_id(folder))
    context["downloads"] = [
        {"label": form.label, "href": address(place.address("report_compare_file", key), replace(asked, page=1))}
        for key, form in FORMATS.items()
    ]
    status = NOT_FOUND if context["is_beyond"] else None
    return render(request, "reports/compare.html", context, status=status)


def _file(request: HttpRequest, folder: Path, asked: Asked, place: Place, form: str) -> HttpResponseBase:
    if form not in FORMATS:
        message = f"There is no download as “{form}”; there are {', '.join(FORMATS)}."
        raise Http404(message)
    found = _compared(request, stored_releases(folder), asked, place)
    if not isinstance(found, Comparison):
        return found
    schema, batches = movements.every_row(movements.chosen(found, asked))
    about = {"query": request.build_absolute_uri()}
    pieces = FORMATS[form].bytes_of(schema, batches, about=about)
    response = StreamingHttpResponse(pieces, content_type=FORMATS[form].media_type)
    name = f"infracommons-{'-'.join(place.arguments)}-{asked.before}-to-{asked.after}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _compared(
    request: HttpRequest, stored: list[StoredRelease], asked: Asked, place: Place
) -> Comparison | HttpResponse:
    """Return the comparison; else the page that names what is wrong, or says that a report is being made."""
    there = {release.release_id: release for release in stored}
    ids = {"before": asked.before, "after": asked.after}
    if wrong := [QueryProblem(name, value, _ID[1]) for name, value in ids.items() if value not in there]:
        return bad_filters(request, wrong, address(request.path, Asked()))
    files = []
    for release_id in ids.values():
        folder = there[release_id].folder
        _check_infrastructure(folder, place)
        file = made(request, folder, place.told, Wanted(place.told.name, place.infrastructure, _NUMBERS))
        if isinstance(file, HttpResponse):
            return file
        files.append(file)
    found = _comparison(*files)
    if asked.part and asked.part not in (parts := movements.parts(found)):
        problem = QueryProblem("part", asked.part, "one of " + ", ".join(parts) if parts else "none; nothing moved")
        return bad_filters(request, [problem], address(request.path, replace(asked, part="")))
    return found


# Files of a release and of a text never change, so neither does what is different between two.
@lru_cache(maxsize=16)
def _comparison(before: Path, after: Path) -> Comparison:
    return compare(read_numbers(before), read_numbers(after))


def _check_infrastructure(folder: Path, place: Place) -> None:
    if place.infrastructure and not _has(folder, place.infrastructure):
        message = f"Release {folder.name} has no infrastructure “{place.infrastructure}”: nothing can be compared."
        raise Http404(message)


@lru_cache(maxsize=64)
def _has(folder: Path, infrastructure: str) -> bool:
    try:
        return infrastructure_facts(Release(folder), infrastructure) is not None
    except NoReleaseError as error:
        message = f"Release {folder.name} cannot be read."
        raise Http404(message) from error
