"""Turns one claim into one cell of a comparison: its words, its links, its evidence, and how old it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from infracommons.vocabulary.figures import counted, day
from infracommons.web.catalogue.claims.profile import Entry, age_in_days
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.statuses import (
    AVAILABLE,
    CONSIDERING,
    IN_PROGRESS,
    NO_DIRECT_COSTS,
    UNKNOWN,
    WORDS,
)
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import value_words

# How a status looks beside its words: said to hold, on its way, said not to hold, not known.
HOLDS, ON_ITS_WAY, DOES_NOT, NOT_KNOWN = "yes", "part", "no", "unknown"
_LOOKS = {
    AVAILABLE: HOLDS,
    NO_DIRECT_COSTS: HOLDS,
    IN_PROGRESS: ON_ITS_WAY,
    CONSIDERING: ON_ITS_WAY,
    UNKNOWN: NOT_KNOWN,
}
_LINKS = ("https://", "http://", "mailto:")


@dataclass(frozen=True)
class Piece:
    """One thing that a value says, with the address that it names itself."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Cell:
    """What one infrastructure says of one field, and what stands behind it.

    `words` is what is said, as files have it; `status` and `pieces` are the same for a page. `look` is one of yes,
    part, no, unknown where there is a status or a verdict.
    """

    words: tuple[str, ...]
    status: str = ""
    look: str = ""
    pieces: tuple[Piece, ...] = ()
    evidence: tuple[Piece, ...] = ()
    checked: str = ""
    checked_on: str = ""  # ISO day
    note: str = ""  # what its author added
    because: str = ""  # why the verdict of a rule, or a figure, is what it is
    source: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is said at all: no value, no evidence, no note."""
        return self.look == NOT_KNOWN and not self.pieces and not self.evidence and not self.note

    @property
    def reads(self) -> tuple[str, ...]:
        """What has to be the same for two cells to read the same; the order of a list does not matter."""
        return tuple(sorted(word.casefold() for word in self.words))


EMPTY = Cell((UNKNOWN,), UNKNOWN, NOT_KNOWN)


def cell_of(definition: FieldDefinition, entry: Entry | None, book: TermBook, today: date) -> Cell:
    """Return the cell of a field; `today` is the day by which its age is counted."""
    if entry is None:
        return EMPTY
    value = None if _is_chosen_unknown(definition, entry["value"], book) else entry["value"]
    values = value_words(definition, value, book)
    code = entry["status"] or ("" if values else UNKNOWN)
    says_nothing = not values and code == UNKNOWN and not entry["evidence"]
    return Cell(
        words=(WORDS[code], *values) if code else values,
        status=WORDS[code] if code else "",
        look=_LOOKS.get(code, DOES_NOT) if code else "",
        pieces=_pieces(definition, value, values),
        evidence=tuple(Piece(link["label"] or host(link["url"]), _link(link["url"])) for link in entry["evidence"]),
        checked="" if says_nothing else _age(definition, entry, today),
        checked_on=entry["checked_on"] or "",
        note=entry["note"],
        source=entry["source"],
    )


def host(url: str) -> str:
    """Return the name of the site at an address.

    >>> host("https://www.example.org/a?b")
    'example.org'
    """
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _pieces(definition: FieldDefinition, value: Any, words: tuple[str, ...]) -> tuple[Piece, ...]:  # noqa: ANN401
    """Return the words of a value with the addresses that it holds itself."""
    if value is None:
        return ()
    if definition.kind == "organisation":
        return (Piece(value["name"], _link(value["ror"])),)
    if definition.kind == "entries":
        return (*map(_entry, value["entries"]), *([Piece(value["text"])] if value["text"] else []))
    if definition.kind in {"url", "contact"}:
        return (Piece(words[0], _link(value)),)
    return tuple(Piece(word) for word in words)


def _is_chosen_unknown(definition: FieldDefinition, value: Any, book: TermBook) -> bool:  # noqa: ANN401 - JSON
    """Return whether the terms that were chosen say that it is not known, as some vocabularies allow."""
    if definition.kind not in {"term", "terms"} or not value or value["other"]:
        return False
    chosen = [book.current(definition.vocabulary or "", code) for code in value["terms"]]
    return all(term is not None and term.provides == UNKNOWN for term in chosen)


def _entry(parts: dict[str, str]) -> Piece:
    said = " - ".join(text for code, text in parts.items() if code != "url")
    url = parts.get("url", "")
    return Piece(said or url, _link(url))


def _link(url: str) -> str:
    return url if url.lower().startswith(_LINKS) else ""


def _age(definition: FieldDefinition, entry: Entry, today: date) -> str:
    checked = entry["checked_on"]
    words = f"checked {day(date.fromisoformat(checked))}" if checked else "not checked yet"
    limit, age = definition.max_age_days, age_in_days(entry, today)
    return f"{words}, stale: {counted(age, 'day')} old" if limit is not None and age > limit else words
