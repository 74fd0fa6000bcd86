"""The table of infrastructures: one row each, every public field in words and, where it has them, in codes."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from infracommons.web.catalogue.claims.flags import FLAG_LABELS, flags_of
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.exports.table import ExportColumn, ExportTable, Row
from infracommons.web.catalogue.exchange.facts import exported_fields
from infracommons.web.catalogue.exchange.public import public_infrastructures
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.fields.statuses import UNKNOWN
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import entry_words
from infracommons.web.catalogue.models import Infrastructure

BETWEEN = " | "
_AT_ONCE = 200
_NUMBERS = frozenset({"year", "whole_number"})
_TERMS = frozenset({"term", "terms"})


def infrastructure_table(rows: Iterable[Infrastructure] | None = None) -> ExportTable:
    """Return the table of these infrastructures in their order, or of all that files may tell of."""
    return ExportTable(
        "infrastructure",
        "One row an infrastructure, as its latest claims describe it; what nobody has said is unknown.",
        tuple(_columns()),
        ("infrastructure_id",),
        partial(_rows, rows),
    )


def _columns() -> Iterator[ExportColumn]:
    yield ExportColumn("infrastructure_id", "Id, as in the address of its page.")
    yield ExportColumn("listing", "listed, or withdrawn with its history kept.")
    yield ExportColumn("listing_reason", "Why it is withdrawn, where it is.")
    yield ExportColumn("successor_id", "Infrastructure that took its place, where one did.")
    yield ExportColumn("organisation_id", "Organisation that runs it; see the table organisation.")
    yield ExportColumn("created_at", "When its record was made, UTC.", "moment")
    yield ExportColumn("changed_at", "When its record last changed, UTC.", "moment")
    for code, label in FLAG_LABELS.items():
        yield ExportColumn(f"flag_{code}", f"{label}: yes, no or unknown, by the rule on the profile page.")
    for definition in exported_fields():
        yield from _field_columns(definition)


def _field_columns(definition: FieldDefinition) -> Iterator[ExportColumn]:
    code, label = definition.code, definition.label
    words = f"{label}, in words; several are parted by “{BETWEEN.strip()}”. {definition.help}"
    yield ExportColumn(code, words.strip())
    if definition.kind == "practice":
        yield ExportColumn(f"{code}_status", f"{label}: code of the status.")
        yield ExportColumn(f"{code}_links", f"{label}: addresses that show it.", "texts")
    elif definition.kind in _TERMS:
        yield ExportColumn(f"{code}_codes", f"{label}: codes of the terms; see the table term.", "texts")
    elif definition.kind in _NUMBERS:
        yield ExportColumn(f"{code}_number", f"{label}, as a number.", "integer")


def _rows(rows: Iterable[Infrastructure] | None) -> Iterator[Row]:
    book = term_book()
    definitions = exported_fields()
    for infrastructure in _all() if rows is None else rows:
        yield _row(infrastructure, definitions, book)


def _all() -> Iterator[Infrastructure]:
    every = public_infrastructures().order_by("infrastructure_id")
    return every.select_related("steward", "successor").iterator(_AT_ONCE)


def _row(infrastructure: Infrastructure, definitions: list[FieldDefinition], book: TermBook) -> Row:
    row: Row = {
        "infrastructure_id": infrastructure.infrastructure_id,
        "listing": infrastructure.listing,
        "listing_reason": infrastructure.listing_reason or None,
        "successor_id": infrastructure.successor.infrastructure_id if infrastructure.successor else None,
        "organisation_id": infrastructure.steward.organisation_id if infrastructure.steward else None,
        "created_at": infrastructure.created_at.isoformat(),
        "changed_at": infrastructure.changed_at.isoformat(),
    }
    for flag in flags_of(infrastructure.profile, book):
        row[f"flag_{flag.code}"] = flag.verdict
    for definition in definitions:
        row |= _cells(definition, infrastructure.profile.get(definition.code), book)
    row["name"] = infrastructure.name
    return row


def _cells(definition: FieldDefinition, entry: dict[str, Any] | None, book: TermBook) -> Row:
    code = definition.code
    cells: Row = {code: BETWEEN.join(entry_words(definition, entry, book))}
    value = entry["value"] if entry else None
    if definition.kind == "practice":
        cells[f"{code}_status"] = entry["status"] if entry else UNKNOWN
        cells[f"{code}_links"] = [link["url"] for link in entry["evidence"]] if entry else []
    elif definition.kind in _TERMS:
        cells[f"{code}_codes"] = value["terms"] if value else []
    elif definition.kind in _NUMBERS:
        cells[f"{code}_number"] = value
    return cells


def field_of_column(name: str) -> FieldDefinition | None:
    """Return the field that a column of this table tells of; None for one that the site keeps."""
    known = fields()
    bases = (
        name,
        *(name.removesuffix(end) for end in ("_status", "_links", "_codes", "_number") if name.endswith(end)),
    )
    return next((known[base] for base in bases if base in known), None)
