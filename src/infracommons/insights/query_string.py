"""Reads what an address asks for into a dataclass, names what is wrong with it, and writes it back."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

T = TypeVar("T")
_MOST_PARAMETERS = 200
_LONGEST_SHOWN = 80
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class QueryProblem:
    """One part of an address that cannot be read: which field, which value, and what is allowed there."""

    field: str
    value: str
    allowed: str


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """What an address asks for; `asked` keeps all that could be read where there are problems."""

    asked: T
    problems: tuple[QueryProblem, ...] = ()
    is_tidy: bool = True  # nothing empty in it, as an unfilled field of a form leaves behind


def one(default: Any, read: Callable[[str], Any], allowed: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    """Return a dataclass field that has one value; `read` raises ValueError for what is not `allowed`."""
    return field(default=default, metadata={"read": read, "allowed": allowed, "many": False})


def many(read: Callable[[str], Any], allowed: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    """Return a dataclass field of which any value may hold; it is repeated in the address."""
    return field(default=(), metadata={"read": read, "allowed": allowed, "many": True})


def choice(values: Iterable[str]) -> tuple[Callable[[str], str], str]:
    """Return how to read one of few values, and how to say them."""
    known = tuple(values)

    def read(text: str) -> str:
        return known[known.index(text)]

    return read, "one of " + ", ".join(known)


def matching(pattern: str) -> Callable[[str], str]:
    """Return how to read a value of one form, given as a regular expression for all of it."""
    form = re.compile(pattern)

    def read(text: str) -> str:
        if not form.fullmatch(text):
            raise ValueError(text)
        return text

    return read


def parse(kind: type[T], query: str) -> Parsed[T]:
    """Read a query string (without its question mark) into the dataclass `kind`, whose fields `one` and `many` made."""
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]  # a dataclass, see above
    values: dict[str, Any] = {}
    problems: list[QueryProblem] = []
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS, errors="strict")
    except ValueError:
        return Parsed(
            kind(), (QueryProblem("address", _shown(query), f"UTF-8, at most {_MOST_PARAMETERS} parameters"),)
        )
    for name, text in pairs:
        if name not in known:
            problems.append(QueryProblem(_shown(name), _shown(text), "none; there are " + ", ".join(known)))
        elif value := text.strip():
            _take(known[name].metadata, name, value, values, problems)
    return Parsed(kind(**values), tuple(problems), all(text for _, text in pairs))


def to_query(asked: object) -> str:
    """Return the query string that `parse` reads back to the same; what is as by default is left out."""
    pairs: list[tuple[str, str]] = []
    for f in fields(asked):  # type: ignore[arg-type]  # a dataclass, as for parse
        value = getattr(asked, f.name)
        if value != f.default:
            pairs += [(f.name, str(part)) for part in (value if f.metadata["many"] else (value,))]
    return urlencode(pairs)


def _take(
    metadata: Any,  # noqa: ANN401 - the mapping of a dataclass field
    name: str,
    text: str,
    values: dict[str, Any],
    problems: list[QueryProblem],
) -> None:
    try:
        value = _printable(metadata["read"], text)
    except ValueError:
        problems.append(QueryProblem(name, _shown(text), metadata["allowed"]))
        return
    if not metadata["many"]:
        if name in values and values[name] != value:
            problems.append(QueryProblem(name, _shown(text), "one value; an earlier one stands in the address"))
            return
        values[name] = value
    elif value not in values.get(name, ()):
        values[name] = (*values.get(name, ()), value)


def _printable(read: Callable[[str], Any], text: str) -> Any:  # noqa: ANN401 - what the field reads
    if _CONTROL.search(text):
        raise ValueError(text)
    return read(text)


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
