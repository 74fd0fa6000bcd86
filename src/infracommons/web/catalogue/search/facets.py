"""What a reader may narrow a search by: facets and ranges, made from the definitions of the fields."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.conf import settings

from infracommons.web.catalogue.claims.flag_rules import FLAG_LABELS
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import public_fields, sections
from infracommons.web.catalogue.fields.statuses import NOT_APPLICABLE, UNKNOWN, WORDS, statuses_of
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts

FacetKind = Literal["terms", "status", "yes_no", "flag", "steward", "licence", "state"]
OTHER = "other"  # said in the infrastructure's own words, where the vocabulary has no term
YES, NO = "yes", "no"
EVIDENCE, FRESHNESS = "evidence", "freshness"
_KINDS: dict[str, FacetKind] = {
    "term": "terms",
    "terms": "terms",
    "practice": "status",
    "yes_no": "yes_no",
    "organisation": "steward",
    "licence": "licence",
}
_STATES = {
    EVIDENCE: {
        "every": "every value has evidence",
        "some": "some values have evidence",
        "none": "no value has evidence",
    },
    FRESHNESS: {
        "checked_this_year": "something was checked in the last 12 months",
        "stale": "has values past their age",
        "never_checked": "nothing was checked yet",
    },
}
_STATE_LABELS = {EVIDENCE: "Evidence", FRESHNESS: "Freshness"}
_WORDS = WORDS | {YES: "yes", NO: "no", OTHER: "other, in its own words"}
_NUMBERS = ("year", "whole_number")


@dataclass(frozen=True)
class Facet:
    """One list of values to choose from; `section` is the code of the part of a profile that it belongs to."""

    code: str
    label: str
    kind: FacetKind
    section: str
    vocabulary: str = ""
    values: tuple[str, ...] = ()  # where they are fixed; those of terms, stewards and licences are in the catalogue


def facets() -> dict[str, Facet]:
    """Return every facet by code: openness first, then the fields in the order of a profile, then the claims' state."""
    return _facets(str(settings.INFRACOMMONS_DEFINITIONS))


def ranges() -> dict[str, FieldDefinition]:
    """Return the fields of whole numbers that a search may narrow by a lowest and a highest value."""
    return _ranges(str(settings.INFRACOMMONS_DEFINITIONS))


def value_of(term: TermFacts) -> str:
    """Return the value under which a term is found; all that mean unknown, say, are one value in every facet."""
    return term.provides if term.provides in {OTHER, UNKNOWN, NOT_APPLICABLE} else term.code


def value_words(facet: Facet, value: str, book: TermBook, stewards: dict[str, str]) -> str:
    """Return one value of a facet in words; `stewards` are names by organisation id."""
    if facet.kind == "state":
        return _STATES[facet.code][value]
    if facet.kind == "terms" and value in book.terms(facet.vocabulary):
        return book.label(facet.vocabulary, value)
    if facet.kind == "steward" and value in stewards:
        return stewards[value]
    return _WORDS.get(value, value)


# By folder, as the registry of the fields does.
@cache
def _facets(_folder: str) -> dict[str, Facet]:
    openness = [
        Facet(code, label, "flag", "openness", values=(YES, NO, UNKNOWN)) for code, label in FLAG_LABELS.items()
    ]
    fielded = [
        _facet(one, section.code)
        for section in sections()
        for one in section.fields
        if one.visibility == "public" and one.is_facet and one.kind in _KINDS
    ]
    states = [
        Facet(code, label, "state", "claims", values=tuple(_STATES[code])) for code, label in _STATE_LABELS.items()
    ]
    return {facet.code: facet for facet in (*openness, *fielded, *states)}


@cache
def _ranges(_folder: str) -> dict[str, FieldDefinition]:
    return {one.code: one for one in public_fields() if one.kind in _NUMBERS}


def _facet(definition: FieldDefinition, section: str) -> Facet:
    kind = _KINDS[definition.kind]
    fixed: tuple[str, ...] = ()
    if kind == "status":
        fixed = statuses_of(definition)
    elif kind == "yes_no":
        fixed = (YES, NO, NOT_APPLICABLE, UNKNOWN)
    return Facet(definition.code, definition.label, kind, section, definition.vocabulary or "", fixed)
