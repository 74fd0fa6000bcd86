"""Imports our own files, CSV or JSON Lines: claims with their whole history, and the terms that they name."""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from infracommons.vocabulary.problems import UnusableInputError
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.claim_record import COLUMNS
from infracommons.web.catalogue.exchange.imports.claim_rows import ClaimRow, claim_row
from infracommons.web.catalogue.exchange.imports.csv_table import csv_rows
from infracommons.web.catalogue.exchange.imports.report import CellNote, ImportReport, shown
from infracommons.web.catalogue.exchange.imports.restore import restore
from infracommons.web.catalogue.exchange.imports.terms_file import TERM_SIGNS, import_terms
from infracommons.web.catalogue.exchange.spreadsheets import unquoted
from infracommons.web.catalogue.fields.problems import ClaimProblems

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UNREAD = "no column of a file of claims; the columns are in the data dictionary"


def import_claims_csv(path: Path, report: ImportReport) -> None:
    """Store the claims of a CSV file that the catalogue lacks; what is wrong goes into the report."""
    rows = csv_rows(path, (), report.problems)
    _import(((row.number, {name: unquoted(cell) for name, cell in row.cells.items()}) for row in rows), report)


def import_claims_json_lines(path: Path, report: ImportReport) -> None:
    """Store the claims of a JSON Lines file that the catalogue lacks; what is wrong goes into the report."""
    _import(_json_rows(path, report.problems), report)


def _json_rows(path: Path, problems: list[CellNote]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError) as error:
                    problems.append(CellNote(number, "(line)", shown(line), f"not JSON: {error}"))
                    continue
                if "\\u0000" in line:
                    reason = "has the character zero, which no text has; take it out"
                    problems.append(CellNote(number, "(line)", "", reason))
                    continue
                if not isinstance(row, dict):
                    problems.append(CellNote(number, "(line)", shown(line), "needs one JSON object a line"))
                    continue
                cells = {name: value for name, value in row.items() if value not in (None, "", [], {})}
                yield number, cells | {"is_json": True}
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8; save it as UTF-8"
        raise UnusableInputError(message) from error
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror})"
        raise UnusableInputError(message) from error


def _import(rows: Iterator[tuple[int, Mapping[str, Any]]], report: ImportReport) -> None:
    """Store a file of claims, or one of terms, which its first row gives away."""
    first = next(rows, None)
    if first is None:
        return
    every = chain([first], rows)
    if first[1].keys() >= TERM_SIGNS and "field" not in first[1]:
        import_terms(every, report)
    else:
        _import_claims(every, report)


def _import_claims(rows: Iterator[tuple[int, Mapping[str, Any]]], report: ImportReport) -> None:
    book = term_book()
    by_infrastructure: dict[str, list[ClaimRow]] = {}
    cells_of: dict[int, Mapping[str, Any]] = {}
    for number, cells in rows:
        filled = {name: value for name, value in cells.items() if name != "is_json"}
        report.rows, report.cells = report.rows + 1, report.cells + len(filled)
        cells_of[number] = filled
        for column in filled.keys() - COLUMNS.keys():
            report.listed_cells.append(CellNote(number, column, shown(filled[column]), _UNREAD))
        try:
            row = claim_row(number, cells, book)
        except ClaimProblems as wrong:
            report.problems.extend(
                CellNote(number, problem.part, shown(problem.value), problem.message) for problem in wrong.problems
            )
            continue
        if not _SLUG.fullmatch(row.infrastructure_id):
            reason = "needs lower-case letters, digits and hyphens, as in an address"
            report.problems.append(CellNote(number, "infrastructure_id", shown(row.infrastructure_id), reason))
            continue
        by_infrastructure.setdefault(row.infrastructure_id, []).append(row)
    for infrastructure_id, of_one in by_infrastructure.items():
        for row, reason in restore(infrastructure_id, of_one, report):
            known = cells_of[row.number].keys() & COLUMNS.keys()
            report.listed_cells.extend(
                CellNote(
                    row.number,
                    column,
                    "(claim)" if column in {"value", "note"} else shown(cells_of[row.number][column]),
                    reason,
                )
                for column in sorted(known)
            )
