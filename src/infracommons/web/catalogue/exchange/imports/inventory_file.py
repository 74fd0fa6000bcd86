"""Imports an export of the incumbent catalogue, one infrastructure a row."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import create_infrastructure
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.imports.csv_table import Row, csv_rows
from infracommons.web.catalogue.exchange.imports.inventory_row import IDENTIFIER, NAME, UPDATED, RowClaims, read_row
from infracommons.web.catalogue.exchange.imports.matching import Ambiguous, Matcher
from infracommons.web.catalogue.exchange.imports.report import CellNote, ImportReport, shown
from infracommons.web.catalogue.exchange.imports.row_cells import RowCells
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.infrastructure import Listing

PUBLISHER = "Infra Finder"
_LONGEST_IDENTIFIER = 200


def import_inventory(path: Path, report: ImportReport) -> None:
    """Store every row of the file, as claims of the infrastructures' teams; what is wrong goes into the report."""
    _import(path, report, is_reviewed=True)


def import_forms(path: Path, report: ImportReport) -> None:
    """Store what people wrote into the incumbent's forms, which nobody has reviewed.

    What is new is suggested, not listed; what the catalogue has is not changed, and each cell about it is listed.
    """
    _import(path, report, is_reviewed=False)


def _import(path: Path, report: ImportReport, *, is_reviewed: bool) -> None:
    rows = list(csv_rows(path, (NAME,), report.problems))
    by = Author(AuthorKind.STEWARD, f"{PUBLISHER}, {_date_of(rows)}")
    matcher, book = Matcher(), term_book()
    rows_of: dict[int, int] = {}
    for row in rows:
        cells = RowCells(row)
        try:
            infrastructure = matcher.find(cells.text(IDENTIFIER), _name_of(row))
            said = read_row(cells, infrastructure, book)
        except Ambiguous as error:
            reason = f"several infrastructures have this name: {', '.join(error.ids)}; give their identifier"
            report.problems.append(CellNote(row.number, NAME, shown(_name_of(row)), reason))
            continue
        except ValueProblem as error:
            report.problems.append(CellNote(row.number, error.part, shown(error.value), error.message))
            continue
        if len(cells.text(IDENTIFIER)) > _LONGEST_IDENTIFIER:
            reason = f"more than {_LONGEST_IDENTIFIER} characters are no identifier"
            report.problems.append(CellNote(row.number, IDENTIFIER, shown(cells.text(IDENTIFIER)), reason))
            continue
        if not any(claim.field == "name" for claim in said.claims) and infrastructure is None:
            report.problems.append(CellNote(row.number, NAME, shown(_name_of(row)), "each row needs a name"))
            continue
        if not is_reviewed:
            said = _unreviewed(said, infrastructure, cells)
        stored = _store(infrastructure, said, cells, by, report)
        matcher.add(stored)
        if earlier := rows_of.get(stored.pk):
            reason = f"the same infrastructure as row {earlier}; keep one row of it"
            report.problems.append(CellNote(row.number, NAME, shown(_name_of(row)), reason))
        rows_of[stored.pk] = row.number
        cells.settle(report)


def _unreviewed(said: RowClaims, known: Infrastructure | None, cells: RowCells) -> RowClaims:
    """Return what may be stored of a row that no curator has seen: all of something new, nothing of what is there."""
    if known is None:
        return replace(said, listing=Listing.SUGGESTED)
    for column in cells.cells:
        cells.list(column, f"{known.infrastructure_id} is in the catalogue; propose this on its page")
    return replace(said, claims=[])


def _name_of(row: Row) -> str:
    return " ".join(row.cells.get(NAME, "").split())


def _date_of(rows: list[Row]) -> str:
    """Return the day of the newest row, which is the day of the file."""
    days = [row.cells[UPDATED].strip()[:10] for row in rows if UPDATED in row.cells]
    return max(days, default="") or datetime.now(UTC).date().isoformat()


def _store(
    known: Infrastructure | None, said: RowClaims, cells: RowCells, by: Author, report: ImportReport
) -> Infrastructure:
    """Store what a row says and return the infrastructure it is about."""
    identifier = cells.text(IDENTIFIER)
    if known is None:
        report.new += 1
        report.claims += len(said.claims)
        return create_infrastructure(said.claims, by=by, listing=said.listing, external_id=identifier)
    stored = append_claims(known, said.claims, by=by)
    report.claims += len(stored)
    if stored:
        report.changed += 1
    else:
        report.unchanged += 1
    _remember(known, identifier, cells)
    return known


def _remember(infrastructure: Infrastructure, identifier: str, cells: RowCells) -> None:
    if not identifier or infrastructure.external_id == identifier:
        return
    if infrastructure.external_id:
        cells.list(IDENTIFIER, f"{infrastructure.infrastructure_id} has the identifier {infrastructure.external_id}")
        return
    infrastructure.external_id = identifier
    infrastructure.save(update_fields=["external_id"])
