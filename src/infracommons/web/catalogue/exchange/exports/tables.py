"""The tables of an export of everything public: infrastructures, claims, terms, organisations, changes."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q

from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.claim_record import COLUMNS, claim_record
from infracommons.web.catalogue.exchange.exports.infrastructure_table import infrastructure_table
from infracommons.web.catalogue.exchange.exports.table import ExportColumn, ExportTable, Row
from infracommons.web.catalogue.exchange.public import LISTINGS, public_changes, public_claims
from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.models import Change, Organisation

_AT_ONCE = 500
_CLAIM_KINDS = {"claim": "integer", "replaces": "integer", "value": "json", "evidence": "json"}


def export_tables() -> tuple[ExportTable, ...]:
    """Return every table, as the catalogue stands when its rows are read."""
    return (infrastructure_table(), CLAIM, TERM, ORGANISATION, CHANGE)


def _claims() -> Iterator[Row]:
    return map(claim_record, public_claims().iterator(_AT_ONCE))


def _terms() -> Iterator[Row]:
    book = term_book()
    for vocabulary in vocabularies():
        for term in book.terms(vocabulary).values():
            yield {
                "vocabulary": term.vocabulary,
                "code": term.code,
                "label": term.label,
                "description": term.description or None,
                "provides": term.provides or None,
                "also": list(term.also),
                "same_as": term.same_as or None,
                "infrastructure_id": term.infrastructure or None,
                "state": term.state,
                "successor": term.successor or None,
            }


def _organisations() -> Iterator[Row]:
    listed = Count("infrastructures", filter=Q(infrastructures__listing=LISTINGS[0]))
    public = Organisation.objects.filter(infrastructures__listing__in=LISTINGS)
    for organisation in public.annotate(listed=listed).order_by("organisation_id").iterator(_AT_ONCE):
        yield {
            "organisation_id": organisation.organisation_id,
            "name": organisation.name,
            "ror_id": organisation.ror or None,
            "infrastructures": organisation.listed,
        }


def _changes() -> Iterator[Row]:
    rows = Change.objects.filter(infrastructure__listing__in=LISTINGS).select_related("infrastructure")
    rows = rows.defer("infrastructure__profile").order_by("id")
    for public in public_changes(rows.iterator(_AT_ONCE)):
        yield {
            "change": public.change.pk,
            "infrastructure_id": public.change.infrastructure.infrastructure_id,
            "kind": public.change.kind,
            "fields": list(public.fields),
            "author_kind": public.change.author_kind,
            "summary": public.words,
            "at": public.change.at.isoformat(),
        }


def _column(name: str, meaning: str, kind: Any = "text") -> ExportColumn:  # noqa: ANN401 - a ColumnKind
    return ExportColumn(name, meaning, kind)


CLAIM = ExportTable(
    "claim",
    "Every claim ever made of a public field, in the order they were made; imported again, it changes nothing.",
    tuple(
        _column(name, meaning, _CLAIM_KINDS.get(name, {"checked_on": "day", "at": "moment"}.get(name, "text")))
        for name, meaning in COLUMNS.items()
    ),
    ("claim",),
    _claims,
)
TERM = ExportTable(
    "term",
    "The terms of every vocabulary, retired ones too, because old claims name them.",
    (
        _column("vocabulary", "Vocabulary that has the term."),
        _column("code", "Code by which claims name the term; it never changes."),
        _column("label", "Words for readers."),
        _column("description", "What the term means."),
        _column("provides", "What code makes of the term, whatever its label."),
        _column("also", "Other spellings met in imports.", "texts"),
        _column("same_as", "Address of the same term elsewhere."),
        _column("infrastructure_id", "Infrastructure that the term names."),
        _column("state", "active, retired or merged."),
        _column("successor", "Code of the term that stands for it now."),
    ),
    ("vocabulary", "code"),
    _terms,
)
ORGANISATION = ExportTable(
    "organisation",
    "The organisations that run infrastructures.",
    (
        _column("organisation_id", "Id, as in the address of its page."),
        _column("name", "Name."),
        _column("ror_id", "Address in the Research Organization Registry, where it is known."),
        _column("infrastructures", "How many listed infrastructures it runs.", "integer"),
    ),
    ("organisation_id",),
    _organisations,
)
CHANGE = ExportTable(
    "change",
    "What happened to each infrastructure, in the order it happened.",
    (
        _column("change", "Number of the change; later changes have higher ones.", "integer"),
        _column("infrastructure_id", "Infrastructure that changed."),
        _column("kind", "What happened, such as claimed, listed, withdrawn or renamed."),
        _column("fields", "Codes of the public fields that changed.", "texts"),
        _column("author_kind", "In whose role: steward, curator or harvester."),
        _column("summary", "What happened in words."),
        _column("at", "When, UTC.", "moment"),
    ),
    ("change",),
    _changes,
)
