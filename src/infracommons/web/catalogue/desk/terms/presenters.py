"""Turns terms and what was done to them into what pages show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from infracommons.web.catalogue.desk.terms.usage import Usage, fields_of
from infracommons.web.catalogue.fields.definition import VocabularyDefinition
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts
from infracommons.web.catalogue.models import TermEvent

STATES = {"active": "in use", "retired": "retired", "merged": "merged"}
_PARTS = {"label": "label", "description": "description", "state": "state", "successor": "successor"}


@dataclass(frozen=True)
class TermRow:
    """One term: how many listed infrastructures show it, and where they are found; `leads_to` stands for it now."""

    term: TermFacts
    state: str
    leads_to: str
    uses: int
    address: str


@dataclass(frozen=True)
class EventRow:
    """One thing that was done to a term; `changes` are (part, old, new) in words."""

    key: int
    at: datetime
    label: str
    code: str
    kind: str
    changes: list[tuple[str, str, str]]
    reason: str


def term_rows(vocabulary: VocabularyDefinition, book: TermBook, usage: Usage) -> list[TermRow]:
    """Return the terms of a vocabulary in the curators' order, those no longer in use last."""
    terms = sorted(book.terms(vocabulary.code).values(), key=lambda term: term.state != "active")
    return [_row(vocabulary, term, book, usage) for term in terms]


def _row(vocabulary: VocabularyDefinition, term: TermFacts, book: TermBook, usage: Usage) -> TermRow:
    current = book.current(vocabulary.code, term.code)
    leads_to = current.label if current is not None and current.code != term.code else ""
    uses = usage.holding(term.code) if leads_to else usage.standing_for(term.code, book)
    address = "" if leads_to else found_at(vocabulary, term)
    return TermRow(term, STATES.get(term.state, term.state), leads_to, uses, address)


def found_at(vocabulary: VocabularyDefinition, term: TermFacts) -> str:
    """Return the address of the infrastructures that show a term; empty where several fields, or none, filter by it."""
    facets = [one for one in fields_of(vocabulary.code, public_only=True) if one.is_facet]
    if len(facets) != 1:
        return ""
    try:
        return f"{reverse('discover')}?{urlencode({facets[0].code: term.code})}"
    except NoReverseMatch:
        return ""


def fields_line(vocabulary: VocabularyDefinition) -> str:
    """Return the labels of the fields that use a vocabulary."""
    return ", ".join(one.label for one in fields().values() if one.vocabulary == vocabulary.code) or "no field"


def event_rows(events: Iterable[TermEvent], book: TermBook) -> list[EventRow]:
    """Return what was done to terms, in the order given."""
    return [
        EventRow(
            key=event.pk,
            at=event.at,
            label=event.term.label,
            code=event.term.code,
            kind=f"{event.kind}, undoing an earlier change" if event.detail.get("undoes") else event.kind,
            changes=_changes(event, book),
            reason=event.reason,
        )
        for event in events
    ]


def _changes(event: TermEvent, book: TermBook) -> list[tuple[str, str, str]]:
    before, after = event.detail.get("before") or {}, event.detail.get("after") or {}

    def words(part: str, value: str) -> str:
        if part == "successor":
            term = book.terms(event.term.vocabulary).get(value)
            return term.label if term else value or "none"
        return STATES.get(value, value) if part == "state" else value or "none"

    return [
        (name, words(part, before[part]), words(part, after[part]))
        for part, name in _PARTS.items()
        if part in before and part in after and before[part] != after[part]
    ]
