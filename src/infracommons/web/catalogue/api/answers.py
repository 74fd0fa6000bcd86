"""Puts rows into answers: data, what is said about them, and where to go on."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from infracommons.web.catalogue.api.cursors import next_link
from infracommons.web.catalogue.api.problems import ParameterProblem

JSON = "application/json"
Row = dict[str, Any]


def answer(
    request: HttpRequest,
    data: Any,  # noqa: ANN401 - rows, or one
    problems: Iterable[ParameterProblem] = (),
    *,
    meta: Row | None = None,
    links: Row | None = None,
) -> HttpResponse:
    """Return an answer; `links` are further ones beside its own address."""
    own = request.build_absolute_uri()
    body = {
        "data": data,
        "meta": {**(meta or {}), "problems": [asdict(one) for one in problems]},
        "links": {"self": own, **(links or {})},
    }
    response = HttpResponse(orjson.dumps(body), content_type=JSON)
    if following := body["links"].get("next"):
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def page(
    request: HttpRequest,
    rows: Sequence[Row],
    problems: Iterable[ParameterProblem],
    *,
    total: int,
    limit: int,
    following: list[Any] | None,
    links: Row | None = None,
) -> HttpResponse:
    """Return one page of a list; `following` is the place at which the next one begins, None on the last."""
    more = {"next": next_link(request, following) if following is not None else None}
    return answer(request, rows, problems, meta={"total": total, "limit": limit}, links=more | (links or {}))
