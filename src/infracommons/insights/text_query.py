"""Reads what a reader typed into a search box: words, phrases, exclusions, fields and ranges. Never raises."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from infracommons.vocabulary.folding import folded, words

Bounds = tuple[int | None, int | None]
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_NAME = r"[^\W\d][\w-]*"
_PART = re.compile(
    rf'(?P<minus>-)?(?:(?P<field>{_NAME}|"[^":]+")\s?:(?!//|\s|$))?(?P<value>"(?P<phrase>[^"]*)(?:"|$)|[^\s"]+)'
)
_RANGE = re.compile(
    r"(?P<low>\d{1,12})?\.\.(?P<high>\d{1,12})?|(?P<sign>[<>]=?)\s*(?P<number>\d{1,12})|(?P<exact>\d{1,12})"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CENTS = 100
_SMALL_WORDS = frozenset("a an and are at for from in is of on or that the to what where which with".split())


@dataclass(frozen=True)
class Clause:
    """One condition: words that stand together (one, unless quoted or hyphenated), in one field or anywhere.

    `bounds` is a range of whole numbers, both included: of cents, where the field is money. `typed` is what the reader
    wrote. An alternative is enough where the condition before it does not hold.
    """

    typed: str
    words: tuple[str, ...] = ()
    field: str = ""
    bounds: Bounds | None = None
    is_excluded: bool = False
    is_quoted: bool = False
    is_alternative: bool = False


@dataclass(frozen=True)
class QueryIssue:
    """A part of what was typed that is left out, and why."""

    typed: str
    reason: str


@dataclass(frozen=True)
class Query:
    """All conditions, every one of which holds (or an alternative to it); `issues` are what could not be used."""

    clauses: tuple[Clause, ...] = ()
    issues: tuple[QueryIssue, ...] = ()

    @property
    def wanted(self) -> tuple[Clause, ...]:
        """Return the conditions on words anywhere that must hold, in the order typed."""
        return tuple(one for one in self.clauses if not one.field and not one.is_excluded)

    @property
    def groups(self) -> list[list[Clause]]:
        """Return the conditions as groups, of each of which one must hold."""
        found: list[list[Clause]] = []
        for one in self.clauses:
            if one.is_alternative and found:
                found[-1].append(one)
            else:
                found.append([one])
        return found

    @property
    def name(self) -> str:
        """Return the wanted words as one folded text, to be held against names."""
        return " ".join(word for clause in self.wanted for word in clause.words)


@dataclass(frozen=True)
class FieldNames:
    """The names by which a query may call a field: {folded code or label: code}; `numbers` are codes of numbers.

    `money` are those of the numbers that are told in whole units and held against cents. `has_alternatives` says
    whether OR is understood.
    """

    codes: Mapping[str, str]
    numbers: frozenset[str] = frozenset()
    money: frozenset[str] = frozenset()
    has_alternatives: bool = False


def field_key(name: str) -> str:
    """Return a field's code or label in the form in which a query's are compared with it."""
    return folded(name.replace("_", " ").replace("-", " "))


def parse_query(text: str, fields: FieldNames) -> Query:
    """Return the conditions in a text, however it is quoted."""
    clauses: list[Clause] = []
    issues: list[QueryIssue] = []
    negated, joined = False, False
    for part in _PART.finditer(text.translate(_QUOTES)):
        if part[0] in {"AND", "NOT"}:
            negated = part[0] == "NOT"
            continue
        if part[0] == "OR":
            joined = fields.has_alternatives and bool(clauses)
            issues += [] if joined else [QueryIssue("OR", _no_alternative(fields))]
            continue
        is_excluded = bool(part["minus"]) or negated
        read = _in_field(part, fields, is_excluded=is_excluded) if part["field"] else _anywhere(part, is_excluded)
        if isinstance(read, QueryIssue):
            issues.append(read)
        elif read is not None:
            clauses.append(replace(read, is_alternative=joined))
        negated, joined = False, False
    if joined:
        issues.append(QueryIssue("OR", _no_alternative(fields)))
    return Query(_without_small_words(clauses), tuple(issues))


def _no_alternative(fields: FieldNames) -> str:
    if fields.has_alternatives:
        return "it joins two conditions, and one is missing"
    return "every word must match; for one of several, choose them in a filter"


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
    bounds = _bounds_of_money(value) if code in fields.money else _bounds(value)
    if code in fields.numbers and bounds is not None:
        return Clause(part[0], (), code, bounds, is_excluded)
    found = tuple(words(value))
    if not found:
        return QueryIssue(part[0], "nothing to look for stands after the colon")
    if code in fields.numbers and found != ("unknown",):
        low, high = ("10000", "50000") if code in fields.money else ("2000", "2010")
        return QueryIssue(part[0], f"{name} is a number: write {name}:{low}..{high}, {name}:>={high} or {name}:unknown")
    return Clause(part[0], found, code, None, is_excluded, part["phrase"] is not None)


def _bounds_of_money(value: str) -> Bounds | None:
    """Return the range in cents, both ends included: "more than 10" begins at 10.01."""
    return _bounds(_THOUSANDS.sub("", value), _CENTS)


def _bounds(value: str, parts: int = 1) -> Bounds | None:
    """Return the range in whole numbers of `parts` of what is told."""
    found = _RANGE.fullmatch(value.strip())
    if found is None or found[0] == "..":
        return None
    if found["sign"]:
        number, is_open = int(found["number"]) * parts, len(found["sign"]) == 1
        return (number + is_open, None) if found["sign"][0] == ">" else (None, number - is_open)
    if found["exact"]:
        return (int(found["exact"]) * parts, int(found["exact"]) * parts)
    low, high = found["low"], found["high"]
    return (int(low) * parts if low else None, int(high) * parts if high else None)


def _without_small_words(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Leave out words such as "of", which say nothing of what is sought, unless nothing else is asked for."""
    kept = [group for group in Query(tuple(clauses)).groups if len(group) > 1 or not _is_small(group[0])]
    return tuple(one for group in kept for one in group) or tuple(clauses)


def _is_small(clause: Clause) -> bool:
    return not clause.is_quoted and not clause.field and set(clause.words) <= _SMALL_WORDS
