"""What the address of a page about an infrastructure may ask for, read at the door."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from infracommons.insights.query_string import QueryProblem, matching, one, parse, to_query
from infracommons.web.shared.days import PAST_DAY
from infracommons.web.shared.views import bad_filters

A = TypeVar("A")
_READ = {"from": "first", "to": "last"}
_WRITTEN = {read: written for written, read in _READ.items()}
_NAME = re.compile(r"(?<![^&])[a-z]+(?==)")
_MOST_PAGES = 1_000_000


def _page(text: str) -> int:
    number = int(matching(r"[0-9]{1,7}")(text))
    if not 1 <= number <= _MOST_PAGES:
        raise ValueError(text)
    return number


PAGE = (_page, "a page number, 1 or more")
CODE = (matching(r"[a-z0-9_]{1,60}"), "the code of a field, such as code_repository")
TEXT = (matching(r".{1,200}"), "up to 200 characters")


@dataclass(frozen=True)
class ProfileAsked:
    """A profile, today's or that of a past day."""

    as_of: date | None = one(None, *PAST_DAY)  # noqa: RUF009 - makes a field


@dataclass(frozen=True)
class HistoryAsked:
    """All claims, or those of one field."""

    field: str = one("", *CODE)
    page: int = one(1, *PAGE)


@dataclass(frozen=True)
class ChangesAsked:
    """What is different between the ends of two days; without them, between the first claim and today."""

    first: date | None = one(None, *PAST_DAY)  # noqa: RUF009 - `from` in the address, a word of Python
    last: date | None = one(None, *PAST_DAY)  # noqa: RUF009 - `to` in the address


@dataclass(frozen=True)
class StewardsAsked:
    """Stewards whose name has the words in it."""

    q: str = one("", *TEXT)
    page: int = one(1, *PAGE)


@dataclass(frozen=True)
class Nothing:
    """A page that takes no parameters."""


def answered(
    request: HttpRequest, kind: type[A], answer: Callable[[A], HttpResponseBase]
) -> HttpResponse | HttpResponseBase:
    """Answer with what the address asks for; 400 with each problem where a part of it cannot be read."""
    parsed = parse(kind, _respelled(request.META.get("QUERY_STRING", ""), _READ))
    if parsed.problems:
        return bad_filters(request, [_as_written(one) for one in parsed.problems], address(request.path, parsed.asked))
    if not parsed.is_tidy:
        return HttpResponseRedirect(address(request.path, parsed.asked))
    return answer(parsed.asked)


def address(path: str, asked: object) -> str:
    """Return the address of a page that asks for this."""
    query = _respelled(to_query(asked), _WRITTEN)
    return f"{path}?{query}" if query else path


def _as_written(problem: QueryProblem) -> QueryProblem:
    allowed = problem.allowed.replace(", ".join(_WRITTEN), ", ".join(_READ))  # the list of all parameters
    return replace(problem, field=_WRITTEN.get(problem.field, problem.field), allowed=allowed)


def _respelled(query: str, names: dict[str, str]) -> str:
    return _NAME.sub(lambda found: names.get(found[0], found[0]), query)
