"""Reads what a reader typed into the search box: words, phrases, exclusions, fields and ranges. Never raises."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from infracommons.web.catalogue.search.folding import folded, words

Bounds = tuple[int | None, int | None]
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_NAME = r"[^\W\d][\w-]*"
_PART = re.compile(
    rf'(?P<minus>-)?(?:(?P<field>{_NAME}|"[^":]+")\s?:(?!//|\s|$))?(?P<value>"(?P<phrase>[^"]*)(?:"|$)|[^\s"]+)'
)
_RANGE = re.compile(
    r"(?P<low>\d{1,12})?\.\.(?P<high>\d{1,12})?|(?P<sign>[<>]=?)\s*(?P<number>\d{1,12})|(?P<exact>\d{1,12})"
)
_SMALL_WORDS = frozenset("a an and are at for from in is of on or that the to what where which with".split())


@dataclass(frozen=True)
class Clause:
    """One condition: words that stand together (one, unless quoted or hyphenated), in one field or anywhere.

    `bounds` is a range of whole numbers, both included. `typed` is what the reader wrote.
    """

    typed: str
    words: tuple[str, ...] = ()
    field: str = ""
    bounds: Bounds | None = None
    is_excluded: bool = False
    is_quoted: bool = False


@dataclass(frozen=True)
class QueryIssue:
    """A part of what was typed that is left out, and why."""

    typed: str
    reason: str


@dataclass(frozen=True)
class Query:
    """All conditions, every one of which holds; `issues` are what could not be used."""

    clauses: tuple[Clause, ...] = ()
    issues: tuple[QueryIssue, ...] = ()

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """Return the conditions on words anywhere that must hold, in the order typed."""
        return tuple(one for one in self.clauses if not one.field and not one.is_excluded)

    @property
    def name(self) -> str:
        """Return the wanted words as one folded text, to be held against names."""
        return " ".join(word for clause in self.wanted for word in clause.words)


@dataclass(frozen=True)
class FieldNames:
    """The names by which a query may call a field: {folded code or label: code}; `numbers` are codes of numbers."""

    codes: Mapping[str, str]
    numbers: frozenset[str] = frozenset()


def field_key(name: str) -> str:
    """Return a field's code or label in the form in which a query's are compared with it."""
    return folded(name.replace("_", " ").replace("-", " "))


def parse_query(text: str, fields: FieldNames) -> Query:
    """Return the conditions in a text, however it is quoted."""
    clauses: list[Clause] = []
    issues: list[QueryIssue] = []
    negated = False
    for part in _PART.finditer(text.translate(_QUOTES)):
        if part[0] in {"AND", "NOT"}:
            negated = part[0] == "NOT"
            continue
        if part[0] == "OR":
            issues.append(QueryIssue("OR", "every word must match; for one of several, choose them in a filter"))
            continue
        is_excluded = bool(part["minus"]) or negated
        negated = False
        read = _in_field(part, fields, is_excluded=is_excluded) if part["field"] else _anywhere(part, is_excluded)
        if isinstance(read, QueryIssue):
            issues.append(read)
        elif read is not None:
            clauses.append(read)
    return Query(_without_small_words(clauses), tuple(issues))


def _anywhere(part: re.Match[str], is_excluded: bool) -> Clause | None:  # noqa: FBT001 - handed on as it is
    found = tuple(words(part["value"]))
    if not found:
        return None
    return Clause(part[0], found, is_excluded=is_excluded, is_quoted=part["phrase"] is not None)


def _in_field(part: re.Match[str], fields: FieldNames, *, is_excluded: bool) -> Clause | QueryIssue:
    name = part["field"].strip('"')
    code = fields.codes.get(field_key(name))
    if code is None:
        return QueryIssue(part[0], f"there is no field “{name}”")
    value = part["phrase"] if part["phrase"] is not None else part["value"]
    bounds = _bounds(value)
    if code in fields.numbers and bounds is not None:
        return Clause(part[0], (), code, bounds, is_excluded)
    found = tuple(words(value))
    if not found:
        return QueryIssue(part[0], "nothing to look for stands after the colon")
    if code in fields.numbers and found != ("unknown",):
        return QueryIssue(part[0], f"{name} is a number: write {name}:2000..2010, {name}:>=2010 or {name}:unknown")
    return Clause(part[0], found, code, None, is_excluded, part["phrase"] is not None)


def _bounds(value: str) -> Bounds | None:
    found = _RANGE.fullmatch(value.strip())
    if found is None or found[0] == "..":
        return None
    if found["sign"]:
        number, is_open = int(found["number"]), len(found["sign"]) == 1
        return (number + is_open, None) if found["sign"][0] == ">" else (None, number - is_open)
    if found["exact"]:
        return (int(found["exact"]), int(found["exact"]))
    return (int(found["low"]) if found["low"] else None, int(found["high"]) if found["high"] else None)


def _without_small_words(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Leave out words such as "of", which say nothing of what is sought, unless nothing else is asked for."""
    kept = [one for one in clauses if one.is_quoted or one.field or not set(one.words) <= _SMALL_WORDS]
    return tuple(kept or clauses)
