"""What the index keeps of one infrastructure: its values as codes, its numbers, its dates, its folded text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from infracommons.vocabulary.folding import folded
from infracommons.web.catalogue.claims.flags import flags_of
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.fields.statuses import AVAILABLE, UNKNOWN
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import Entry, value_words
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.search.facets import EVIDENCE, NO, OTHER, YES, ranges, value_of

Pair = tuple[str, str]  # field or flag, and one of its values
EVERYTHING = "claims"  # the text of all fields that are searched but weigh little
_APART = " . "  # no word is a full stop, so that no phrase runs from one value into the next
NO_TEXT = {"url", "contact", "image", "record", "year", "whole_number", "yes_no", "period", "money"}


@dataclass(frozen=True, slots=True)
class Document:
    """One listed infrastructure; days are ordinals, None where nothing was checked or nothing grows stale."""

    infrastructure_id: str
    name: str
    pairs: tuple[Pair, ...]
    terms: tuple[Pair, ...]  # (vocabulary, code) as claimed, to find what a changed term touches
    numbers: dict[str, int]
    names: tuple[str, ...]  # the folded name, then the folded aliases
    steward: tuple[str, str] | None  # id and name
    changed_at: datetime
    checked_on: int | None
    stale_from: int | None
    claimed: int
    evidenced: int
    text: dict[str, str] = field(default_factory=dict)  # folded, by field; let go once it is indexed


def document_of(row: Infrastructure, book: TermBook) -> Document:
    """Return what the index keeps; `row.steward` should be loaded with it."""
    held = [(one, row.profile.get(one.code)) for one in public_fields()]
    claimed = [(one, entry) for one, entry in held if entry is not None and _says(entry)]
    numbers, evidenced = ranges(), sum(bool(entry["evidence"]) for _, entry in claimed)
    checked = [date.fromisoformat(entry["checked_on"]).toordinal() for _, entry in claimed if entry["checked_on"]]
    pairs = [pair for one, entry in held for pair in _pairs(one, entry, row, book)]
    pairs += [(flag.code, flag.verdict) for flag in flags_of(row.profile, book)]
    pairs.append((EVIDENCE, "every" if evidenced == len(claimed) else "some" if evidenced else "none"))
    return Document(
        infrastructure_id=row.infrastructure_id,
        name=row.name,
        pairs=tuple(dict.fromkeys(pairs)),
        terms=tuple((one.vocabulary or "", code) for one, entry in claimed for code in _codes(one, entry)),
        numbers={one.code: entry["value"] for one, entry in claimed if one.code in numbers and not entry["status"]},
        names=(folded(row.name), *(folded(name) for name in (row.profile.get("aliases") or {}).get("value") or ())),
        steward=(row.steward.organisation_id, row.steward.name) if row.steward else None,
        changed_at=row.changed_at,
        checked_on=max(checked, default=None),
        stale_from=min(_stale_days(claimed), default=None),
        claimed=len(claimed),
        evidenced=evidenced,
        text=_text(claimed, book),
    )


def searched_words(definition: FieldDefinition, entry: Entry, book: TermBook) -> tuple[str, ...]:
    """Return the texts of an entry in which words are sought; an available practice is also found by its label."""
    if definition.kind in NO_TEXT:
        return ()
    said = value_words(definition, entry["value"], book)
    if definition.kind == "practice":
        return (definition.label, *said) if entry["status"] == AVAILABLE else said
    codes = _codes(definition, entry)
    return (*said, *(one for code in codes for one in _spellings(book, definition.vocabulary or "", code)))


@lru_cache(maxsize=8192)
def _spellings(book: TermBook, vocabulary: str, code: str) -> tuple[str, ...]:
    """Return under which names but its label a term is sought."""
    term = book.current(vocabulary, code)
    return (term.code, *term.also) if term else ()


def _says(entry: Entry) -> bool:
    return entry["value"] is not None or entry["status"] not in {"", UNKNOWN}


def _codes(definition: FieldDefinition, entry: Entry) -> list[str]:
    return entry["value"]["terms"] if _is_chosen(entry, definition) else []


def _pairs(definition: FieldDefinition, entry: Entry | None, row: Infrastructure, book: TermBook) -> Iterator[Pair]:
    code = definition.code
    if entry is None or not _says(entry):
        yield code, UNKNOWN
    elif entry["status"]:
        yield code, entry["status"]
    elif definition.kind in {"term", "terms"}:
        for value in _term_values(definition, entry, book):
            yield code, value
    elif definition.kind == "yes_no":
        yield code, YES if entry["value"] else NO
    elif definition.kind == "organisation" and row.steward:
        yield code, row.steward.organisation_id
    elif definition.kind == "licence":
        yield code, entry["value"]


def _term_values(definition: FieldDefinition, entry: Entry, book: TermBook) -> Iterator[str]:
    for code in _codes(definition, entry):
        term = book.current(definition.vocabulary or "", code)
        yield value_of(term) if term else code
    if entry["value"]["other"]:
        yield OTHER


def _stale_days(claimed: list[tuple[FieldDefinition, Entry]]) -> Iterator[int]:
    """Return the first day on which each value is past its age."""
    for definition, entry in claimed:
        if definition.max_age_days is not None:
            said = entry["checked_on"] or entry["at"]
            yield date.fromisoformat(said[:10]).toordinal() + definition.max_age_days + 1


def _text(claimed: list[tuple[FieldDefinition, Entry]], book: TermBook) -> dict[str, str]:
    text = {
        one.code: _APART.join(_term_text(one, entry, book) if _is_chosen(entry, one) else _plain_text(one, entry, book))
        for one, entry in claimed
    }
    light = (text[one.code] for one, _ in claimed if one.search_weight == 1)
    return {code: words for code, words in text.items() if words} | {EVERYTHING: _APART.join(filter(None, light))}


def _plain_text(definition: FieldDefinition, entry: Entry, book: TermBook) -> list[str]:
    return [folded(said) for said in searched_words(definition, entry, book)]


def _term_text(definition: FieldDefinition, entry: Entry, book: TermBook) -> list[str]:
    """Return the same as `_plain_text`; terms occur again and again, so that each is folded once."""
    vocabulary, other = definition.vocabulary or "", entry["value"]["other"]
    found = [_folded_term(book, vocabulary, code) for code in _codes(definition, entry)]
    return [*found, folded(other)] if other else found


@lru_cache(maxsize=8192)
def _folded_term(book: TermBook, vocabulary: str, code: str) -> str:
    return _APART.join(map(folded, (book.label(vocabulary, code), *_spellings(book, vocabulary, code))))


def _is_chosen(entry: Entry, definition: FieldDefinition) -> bool:
    return definition.kind in {"term", "terms"} and entry["value"] is not None
