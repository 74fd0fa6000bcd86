"""The pages of the reports: which there are, one to read, and its files."""

import json
from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from infracommons.insights.infrastructures import infrastructure_facts, infrastructures_named
from infracommons.insights.release import Release
from infracommons.reports.definition import Definition, definitions
from infracommons.web.reports.found import FORMS, definitions_folder, made, report_named
from infracommons.web.reports.making import PAGE
from infracommons.web.reports.stock import Wanted
from infracommons.web.reports.texts import of_release_and_texts

_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


@dataclass(frozen=True)
class Shown:
    """One report of the list, or one that is read: where it is read, and its files."""

    label: str
    answers: str
    name: str
    is_of_one: bool
    address: str
    changes: str
    files: list[tuple[str, str]]


@of_release_and_texts
def reports(request: HttpRequest, _release: Release) -> HttpResponse:
    """Show which reports there are and what they answer."""
    told = [_shown(one) for one in definitions(definitions_folder())]
    return render(request, "reports/reports.html", {"reports": told})


@of_release_and_texts
def report(request: HttpRequest, release: Release, name: str) -> HttpResponseBase:
    """Show a report; for one about a single infrastructure, ask which."""
    told = report_named(name)
    if told.needs:
        return _choose(request, release, told)
    return _page(request, release, told, None)


@of_release_and_texts
def report_of(request: HttpRequest, release: Release, name: str, infrastructure: str) -> HttpResponseBase:
    """Show a report about one infrastructure."""
    return _page(request, release, _of_one(release, name, infrastructure), infrastructure)


@of_release_and_texts
def report_file(request: HttpRequest, release: Release, name: str, form: str) -> HttpResponseBase:
    """Send a report as a file."""
    told = report_named(name)
    if told.needs:
        message = f"“{told.label}” is about one infrastructure: its address names which."
        raise Http404(message)
    return _file(request, release, told, None, form)


@of_release_and_texts
def report_of_file(
    request: HttpRequest, release: Release, name: str, infrastructure: str, form: str
) -> HttpResponseBase:
    """Send a report about one infrastructure as a file."""
    return _file(request, release, _of_one(release, name, infrastructure), infrastructure, form)


def _page(request: HttpRequest, release: Release, told: Definition, infrastructure: str | None) -> HttpResponseBase:
    file = made(request, release.folder, told, Wanted(told.name, infrastructure, PAGE))
    if isinstance(file, HttpResponse):
        return file
    page = json.loads(file.read_bytes())
    context = {
        "title": page["title"],
        "body": mark_safe(page["body"]),  # noqa: S308 - our own writer escapes all words of the data
        "shown": _shown(told, infrastructure),
    }
    return render(request, "reports/report.html", context)


def _file(
    request: HttpRequest, release: Release, told: Definition, infrastructure: str | None, form: str
) -> HttpResponseBase:
    if form not in FORMS:
        message = f"A report is there as {', '.join(FORMS)}, not as “{form}”."
        raise Http404(message)
    file = made(request, release.folder, told, Wanted(told.name, infrastructure, form))
    if isinstance(file, HttpResponse):
        return file
    name = f"{file.stem}_{release.release_id}{file.suffix}"
    return FileResponse(file.open("rb"), content_type=_TYPES[form], as_attachment=True, filename=name)


def _choose(request: HttpRequest, release: Release, told: Definition) -> HttpResponse:
    """Ask for the infrastructure, by its id or its name; where that says one, lead to its report."""
    asked = request.GET.get("infrastructure", "").strip()
    if asked and infrastructure_facts(release, asked.lower()):
        return HttpResponseRedirect(reverse("report_of", args=[told.name, asked.lower()]))
    found = infrastructures_named(release, asked)
    context = {"shown": _shown(told), "asked": asked, "found": found}
    return render(request, "reports/choose.html", context)


def _of_one(release: Release, name: str, infrastructure: str) -> Definition:
    told = report_named(name)
    if not told.needs or infrastructure_facts(release, infrastructure) is None:
        message = f"There is no report “{told.label}” of an infrastructure “{infrastructure}”."
        raise Http404(message)
    return told


def _shown(told: Definition, infrastructure: str | None = None) -> Shown:
    about = [infrastructure] if infrastructure else []
    page = "report_of" if infrastructure else "report"
    files = [(words, reverse(f"{page}_file", args=[told.name, *about, form])) for form, words in FORMS.items()]
    is_of_one = bool(told.needs)
    return Shown(
        told.label,
        told.answers,
        told.name,
        is_of_one,
        reverse(page, args=[told.name, *about]),
        reverse(f"{page}_compare", args=[told.name, *about]),
        [] if is_of_one and not infrastructure else files,
    )
