"""Tells a supervisor whether the process runs, and whether it can answer readers; nothing about anyone."""

import logging
from http import HTTPStatus

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from infracommons.insights.release import NoReleaseError
from infracommons.vocabulary.release_files import CURRENT
from infracommons.web.shared.published import releases

_log = logging.getLogger(__name__)
_OK, _BROKEN, _NONE = "ok", "cannot be read", "none yet"


@never_cache
@require_safe
def livez(_request: HttpRequest) -> HttpResponse:
    """Answer 200: the process runs; it asks nothing, so that a slow database gets no process killed."""
    return HttpResponse(_OK, content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200, or 503 where the database or the current release cannot be read; the log has the cause.

    Before the first release the site is ready: the catalogue needs none, and pages that do say what to do.
    """
    found = {"database": _database(), "release": _release()}
    status = HTTPStatus.SERVICE_UNAVAILABLE if _BROKEN in found.values() else HTTPStatus.OK
    return JsonResponse(found, status=status)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations")  # a database that nobody prepared has no such table
            cursor.fetchone()
    except DatabaseError:
        _log.warning("the database cannot be read", exc_info=True)
        return _BROKEN
    return _OK


def _release() -> str:
    if not (releases().folder / CURRENT).is_symlink():
        return _NONE
    try:
        return releases().current().release_id
    except NoReleaseError:
        _log.warning("the current release cannot be read", exc_info=True)
        return _BROKEN
