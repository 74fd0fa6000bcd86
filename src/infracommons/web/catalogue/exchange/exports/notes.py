"""What goes with the data: what it is, from when, under which licence, and what each column means."""

import csv
import io
from collections.abc import Sequence

from django.utils import timezone

from infracommons.web.catalogue.exchange.exports.infrastructure_table import field_of_column
from infracommons.web.catalogue.exchange.exports.table import ExportTable
from infracommons.web.catalogue.exchange.licences import LICENCE, LICENCE_NAME, LICENCE_URL
from infracommons.web.shared.code_version import code_version

_TITLE = "Infracommons catalogue: open infrastructure for research"
_LICENCE = (
    f"What people say here is given to everyone under {LICENCE_NAME} ({LICENCE}), {LICENCE_URL}. Claims whose licence "
    "column says CC-BY-4.0 were imported from Infra Finder: name Invest in Open Infrastructure and the team of the "
    "infrastructure when you use their texts, https://creativecommons.org/licenses/by/4.0/."
)
_READING = (
    "An infrastructure has claims; each has a value or a status, evidence, the role of its author, and the day it was "
    "checked. Unknown means that nobody has said; it never means no. Listed is not endorsed. Private contacts and "
    "financial figures are in no file. A CSV file that a spreadsheet might take for formulas has an apostrophe before "
    "such text."
)


def notes() -> list[tuple[str, str]]:
    """Return what is to be said of the files, as (about, text)."""
    return [
        ("title", _TITLE),
        ("made", f"{timezone.now().isoformat(timespec='seconds')} by code version {code_version()}"),
        ("licence", _LICENCE),
        ("how to read", _READING),
    ]


def readme(tables: Sequence[ExportTable]) -> str:
    """Return the README of an export, in Markdown."""
    said = dict(notes())
    lines = [f"# {said['title']}", "", f"Made {said['made']}.", "", said["how to read"], "", "## Files", ""]
    lines += [f"- `{table.name}`: {table.meaning}" for table in tables]
    lines += ["- `data_dictionary`: what each column means.", "", "## Licence", "", said["licence"], ""]
    lines += ["## Bring it back", "", "`infracommons catalogue import claim.csv --format claims-csv` stores the claims"]
    lines += ["that a catalogue lacks, at their own dates; where it has them all, nothing changes.", ""]
    return "\n".join(lines)


def licence_text() -> str:
    """Return the licence in plain text."""
    return f"{_LICENCE}\n"


DICTIONARY_HEADING = ("table", "column", "type", "meaning", "field", "kind", "vocabulary", "section")


def dictionary_rows(tables: Sequence[ExportTable]) -> list[tuple[str, ...]]:
    """Return a row for each column of each table, as DICTIONARY_HEADING names them."""
    rows = []
    for table in tables:
        for column in table.columns:
            definition = field_of_column(column.name) if table.name == "infrastructure" else None
            told = (
                (definition.code, definition.kind, definition.vocabulary or "", definition.section)
                if definition
                else ()
            )
            rows.append((table.name, column.name, column.kind, column.meaning, *(told or ("", "", "", ""))))
    return rows


def dictionary_csv(tables: Sequence[ExportTable]) -> str:
    """Return the data dictionary as CSV."""
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([DICTIONARY_HEADING, *dictionary_rows(tables)])
    return file.getvalue()


def dictionary_markdown(tables: Sequence[ExportTable]) -> str:
    """Return the data dictionary as Markdown, a table for each table."""
    lines = ["# Data dictionary", ""]
    for table in tables:
        lines += [f"## {table.name}", "", table.meaning, "", f"Key: {', '.join(table.key)}.", ""]
        lines += ["| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{one.name}` | {one.kind} | {one.meaning.replace('|', chr(92) + '|')} |" for one in table.columns]
        lines.append("")
    return "\n".join(lines)
