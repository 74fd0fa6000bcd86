"""Gives all rows of a list at once, one JSON object a line, without holding them; a break in the middle is said."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from django.http import HttpRequest, StreamingHttpResponse

from infracommons.web.catalogue.api.problems import KINDS, ParameterProblem, bad_values

NDJSON = "application/x-ndjson"
ROWS_AT_ONCE = 200
_log = logging.getLogger(__name__)


def stream(request: HttpRequest, rows: Iterable[dict[str, Any]]) -> StreamingHttpResponse:
    """Return rows as NDJSON; where they break off, the last line is {"error": ...} and says so."""
    return StreamingHttpResponse(_lines(request.path, rows), content_type=NDJSON)


def is_stream(request: HttpRequest) -> bool:
    """Return whether the reader asked for all rows, line by line."""
    return bool(getattr(request, "api_form", "") == NDJSON)


def refuse_in_stream(request: HttpRequest, names: Iterable[str], problems: Iterable[ParameterProblem]) -> None:
    """Raise ApiProblem (400) for parameters of pages and for unknown ones: a stream has no place to report them in."""
    message = "A stream has all rows, so this is not used there. Leave it out."
    given = [ParameterProblem(name, request.GET[name], message) for name in names if name in request.GET]
    if found := [*given, *problems]:
        raise bad_values(found)


def _lines(path: str, rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    try:
        for row in rows:
            yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
    except Exception:  # noqa: BLE001 - logged; nobody must take a part for the whole
        _log.exception("the stream of %s broke off", path)
        kind = KINDS[500]
        said = {"title": kind.title, "status": kind.status, "detail": "These are not all rows: the stream broke off."}
        yield orjson.dumps({"error": said}, option=orjson.OPT_APPEND_NEWLINE)
