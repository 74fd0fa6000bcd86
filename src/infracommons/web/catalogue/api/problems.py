"""What the API says when it cannot do what was asked: always one form, application/problem+json (RFC 9457)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from infracommons.insights.query_string import QueryProblem

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class ProblemKind:
    """One kind of problem: the code that its address ends in, the status, the title, and what a reader can do."""

    code: str
    status: int
    title: str
    advice: str


KINDS = {
    kind.status: kind
    for kind in (
        ProblemKind(
            "bad-request",
            400,
            "The request has a value that cannot be used",
            "problems names each parameter, its value and what is allowed there. Nothing was guessed or left out.",
        ),
        ProblemKind(
            "not-found",
            404,
            "There is nothing at this address",
            "Check the id. Ids are in the lists; an id that has changed leads on by itself.",
        ),
        ProblemKind(
            "method-not-allowed",
            405,
            "The API can only be read",
            "Use GET, HEAD or OPTIONS. To change a profile, propose it on the site.",
        ),
        ProblemKind(
            "not-acceptable",
            406,
            "The answer does not come in a form that the request accepts",
            "Accept application/json; lists also come as application/x-ndjson.",
        ),
        ProblemKind(
            "gone",
            410,
            "This infrastructure was withdrawn",
            "detail has the reason, successor the address of what took its place, where there is one.",
        ),
        ProblemKind(
            "too-many-requests",
            429,
            "There were too many requests from your address",
            "Wait for the seconds that Retry-After gives. For all rows use the NDJSON streams, one request each.",
        ),
        ProblemKind(
            "failed",
            500,
            "The answer could not be made",
            "This is our fault and has been logged. Try again later.",
        ),
        ProblemKind(
            "no-release",
            503,
            "There is no release of awards to answer from",
            "The catalogue answers all the same. Who runs this site makes a release with `infracommons release`.",
        ),
    )
}


@dataclass(frozen=True)
class ParameterProblem:
    """One parameter that cannot be used: its name, the value as given (a long one cut), and what to do."""

    parameter: str
    value: str
    message: str


class ApiProblem(Exception):  # noqa: N818 - it describes a request, not a failure of the program
    """Ends the work on a request; `also` are further members of the answer, `headers` further headers."""

    def __init__(
        self,
        status: int,
        detail: str,
        problems: Iterable[ParameterProblem] = (),
        *,
        also: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.problems = KINDS[status], detail, tuple(problems)
        self.also, self.headers = dict(also or {}), dict(headers or {})


def bad_values(problems: Sequence[ParameterProblem]) -> ApiProblem:
    """Return the problem of a request with values that cannot be used."""
    named = ", ".join(dict.fromkeys(problem.parameter for problem in problems))
    return ApiProblem(400, f"Cannot be used: {named}.", problems)


def as_problem(problem: QueryProblem) -> ParameterProblem:
    """Return what the readers of addresses found, in the API's words."""
    return ParameterProblem(problem.field, problem.value, f"Allowed here: {problem.allowed}.")


def problem_response(request: HttpRequest, problem: ApiProblem) -> HttpResponse:
    """Return the answer that describes the problem."""
    body = {
        "type": f"{reverse('api_docs')}#problem-{problem.kind.code}",
        "title": problem.kind.title,
        "status": problem.kind.status,
        "detail": problem.detail,
        "instance": request.path,
        "problems": [asdict(one) for one in problem.problems],
        **problem.also,
    }
    response = HttpResponse(orjson.dumps(body), status=problem.kind.status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response
