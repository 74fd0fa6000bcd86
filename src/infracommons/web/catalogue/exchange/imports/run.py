"""Imports a file in one transaction: all of it is stored, or nothing."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from infracommons.vocabulary.problems import UnusableInputError
from infracommons.web.catalogue.exchange.imports.claims_file import import_claims_csv, import_claims_json_lines
from infracommons.web.catalogue.exchange.imports.inventory_file import import_forms, import_inventory
from infracommons.web.catalogue.exchange.imports.report import ImportRefusedError, ImportReport

FORMATS: dict[str, Callable[[Path, ImportReport], None]] = {
    "infra-finder-v2": import_inventory,
    "infra-finder-form": import_forms,
    "claims-csv": import_claims_csv,
    "jsonl": import_claims_json_lines,
}


def import_file(path: Path, format_name: str, *, dry_run: bool = False) -> ImportReport:
    """Import a file; a dry run reports the same and stores nothing.

    Raises UnusableInputError for a file or format that cannot be read, and ImportRefusedError, which names every row
    and cell at fault, where a row is broken; then nothing is stored.
    """
    if format_name not in FORMATS:
        message = f"--format: {format_name!r}: not a format of files; there are {', '.join(FORMATS)}"
        raise UnusableInputError(message)
    report = ImportReport(format_name, is_dry_run=dry_run)
    with transaction.atomic():
        FORMATS[format_name](path, report)
        if report.problems:
            raise ImportRefusedError(path, sorted(report.problems, key=lambda note: (note.row, note.column)))
        transaction.set_rollback(dry_run)
    return report
