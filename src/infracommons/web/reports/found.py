"""Finds the definition of a report, and its files: made already, or what is told meanwhile."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from infracommons.reports.definition import Definition, definition
from infracommons.reports.problems import ReportError
from infracommons.web.reports.making import stock_of
from infracommons.web.reports.stock import BusyError, NotMadeError, Wanted

FORMS = {"html": "HTML, one file", "pdf": "PDF", "docx": "Word (DOCX)", "json": "JSON, its numbers"}
_SECONDS = 2.0  # that a reader waits before the page says that the report is being made
_RETRY_AFTER = "5"


def definitions_folder() -> Path:
    """Return the folder of the definitions of reports."""
    return Path(settings.INFRACOMMONS_DEFINITIONS) / "reports"


def report_named(name: str) -> Definition:
    """Return the definition of that name; else the page that says there is none."""
    try:
        return definition(definitions_folder(), name)
    except ReportError as error:
        message = f"There is no report “{name}”."
        raise Http404(message) from error


def made(request: HttpRequest, release: Path, told: Definition, wanted: Wanted) -> Path | HttpResponse:
    """Return the file over the release in that folder, or the page that says that it is being made, or cannot be."""
    context: dict[str, Any] = {
        "label": told.label,
        "form": FORMS.get(wanted.form, ""),
        "here": request.get_full_path(),
    }
    try:
        path = stock_of(release).ask(wanted, _SECONDS)
    except (BusyError, NotMadeError) as error:
        context["is_busy"] = isinstance(error, BusyError)
        response = render(request, "reports/not_made.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    else:
        if path:
            return path
        response = render(request, "reports/making.html", context, status=HTTPStatus.ACCEPTED)
    response.headers["Retry-After"] = _RETRY_AFTER
    response.headers["ETag"] = f'"{wanted.file}-not-yet"'  # the report, once made, is no repetition of this answer
    return response
