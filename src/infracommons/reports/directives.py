"""Reads what stands in a directive: a name, filters and options as key=value, plain flags."""

import re
import shlex
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.query_string import parse

_FIELD = re.compile(r"([a-z_]+)\.([a-z_]+)")
_FILTERS = tuple(f.name for f in fields(AwardFilters) if f.name not in {"page", "sort"})


class DirectiveError(ValueError):
    """A directive that cannot be read, in words; whoever knows file and line adds them."""


@dataclass(frozen=True)
class Asked:
    """What a directive asks for: a name, the filters it changes, its options and flags."""

    name: str
    filters: Mapping[str, Any]
    options: Mapping[str, str]
    flags: frozenset[str]

    def over(self, filters: AwardFilters) -> AwardFilters:
        """Return the report's filters with those of the directive in their place."""
        return replace(filters, **self.filters)


@dataclass(frozen=True)
class AskedNumber:
    """What a directive in a text asks for: a field of a query, and how it is written."""

    query: str
    field: str
    asked: Asked
    written: str
    noun: str = ""


def asked(text: str, options: Collection[str] = (), flags: Collection[str] = ()) -> Asked:
    """Read `name key=value … flag …`; `?key=value&…` may stand for filters. Raises DirectiveError."""
    try:
        name, *parts = shlex.split(text)
    except ValueError as error:
        message = f"{text!r}: a name first, then key=value, quoted where a value has blanks ({error})"
        raise DirectiveError(message) from error
    filters: list[tuple[str, str]] = []
    query = ""
    told: dict[str, str] = {}
    raised: set[str] = set()
    for part in parts:
        key, is_pair, value = part.partition("=")
        if part.startswith("?"):
            query = part[1:]
        elif is_pair and key in options:
            told[key] = value
        elif is_pair and key in _FILTERS:
            filters.append((key, value))
        elif not is_pair and part in flags:
            raised.add(part)
        else:
            known = ", ".join((*_FILTERS, *options, *flags))
            message = f"{text!r}: no {key!r} here; there are {known}"
            raise DirectiveError(message)
    return Asked(
        name, _filters(text, urlencode(filters) + ("&" if filters and query else "") + query), told, frozenset(raised)
    )


def asked_number(text: str) -> AskedNumber:
    """Read `query.field key=value … as format [noun]`. Raises DirectiveError."""
    start, _, form = text.partition(" as ")
    asked_for = asked(start or "?")
    found = _FIELD.fullmatch(asked_for.name)
    if not found:
        message = f"{text!r}: write query.field, such as total.counted_usd"
        raise DirectiveError(message)
    written, _, noun = form.strip().partition(" ")
    return AskedNumber(found[1], found[2], asked_for, written, noun.strip())


def whole_number(asked_for: Asked, option: str, default: int) -> int:
    """Return an option that is a whole number, 0 or more."""
    value = asked_for.options.get(option, str(default))
    if not re.fullmatch(r"[0-9]{1,5}", value):
        message = f"{option}={value}: a whole number is asked for"
        raise DirectiveError(message)
    return int(value)


def _filters(text: str, query: str) -> dict[str, Any]:
    parsed = parse(AwardFilters, query)
    if parsed.problems:
        problem = parsed.problems[0]
        message = f"{text!r}: {problem.field}={problem.value}; allowed is {problem.allowed}"
        raise DirectiveError(message)
    given = {pair.partition("=")[0] for pair in query.split("&") if pair}
    return {name: getattr(parsed.asked, name) for name in given}
