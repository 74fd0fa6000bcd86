"""Writes an export of everything public into a folder: tables, data dictionary, licence, README."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from infracommons.insights.export_folder import open_export
from infracommons.web.catalogue.exchange.exports import inventory_file, notes
from infracommons.web.catalogue.exchange.exports.files import sqlite_bytes, table_bytes, workbook_bytes
from infracommons.web.catalogue.exchange.exports.tables import export_tables

TABLE_FORMS = ("csv", "jsonl", "parquet")
BOOK_FORMS = ("xlsx", "sqlite")
INVENTORY_FORM = "infra-finder-v2"  # one row an infrastructure, with the incumbent's columns
FORMS = (*TABLE_FORMS, *BOOK_FORMS, INVENTORY_FORM)
WHOLE = "catalogue"


def export_catalogue(out: Path, formats: Sequence[str]) -> list[Path]:
    """Write everything public in every format into the empty or new folder `out`; return the files.

    Raises UnusableInputError for an unknown format, or where something is in `out` already.
    """
    names = open_export(out, formats, known=FORMS, of="export")
    tables, said = export_tables(), notes.notes()
    written = []
    for form in names:
        if form in TABLE_FORMS:
            written += [_write(out / f"{table.name}.{form}", table_bytes(table, form)) for table in tables]
        elif form == INVENTORY_FORM:
            written.append(_write(out / inventory_file.NAME, inventory_file.inventory_bytes()))
        else:
            make = workbook_bytes if form == "xlsx" else sqlite_bytes
            written.append(_write(out / f"{WHOLE}.{form}", make(tables, said)))
    beside = {
        "data_dictionary.csv": notes.dictionary_csv(tables),
        "data_dictionary.md": notes.dictionary_markdown(tables),
        "README.md": notes.readme(tables),
        "LICENCE.txt": notes.licence_text(),
    }
    return written + [_write(out / name, [text.encode()]) for name, text in beside.items()]


def _write(path: Path, pieces: Iterable[bytes]) -> Path:
    """Write a file beside, under its name only once it is whole."""
    partial = path.with_name(f".{path.name}.part")
    with partial.open("wb") as file:
        file.writelines(pieces)
    partial.replace(path)
    return path
