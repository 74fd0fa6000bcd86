"""Writes a report in the formats asked for: every file, or none."""

import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from infracommons.reports.document import Document
from infracommons.reports.problems import ReportError
from infracommons.reports.writers import Writer, docx, html, markdown, numbers, pdf

WRITERS: dict[str, Writer] = {"html": html.write, "pdf": pdf.write, "docx": docx.write, "md": markdown.write}
WRITERS |= {"page": html.write_page, "json": numbers.write}


def write(document: Document, formats: Sequence[str], out: Path, site: str | None = None) -> list[Path]:
    """Write the document into the folder `out` and return its files, those of earlier runs replaced.

    `site` is the address of the site whose pages show the same numbers. Raises ReportError for an unknown format.
    Nothing is left behind where a format fails: files are put in their place once all are written.
    """
    files = {name: content for form in checked(formats) for name, content in WRITERS[form](document, site).items()}
    out.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".report-", dir=out))
    try:
        for name, content in files.items():
            path = beside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        for name in files:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(beside / name, out / name)  # noqa: PTH105 - in one step, also over a file
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return [out / name for name in files]


def checked(formats: Sequence[str]) -> list[str]:
    """Return the formats, each once; ReportError where there is no such format."""
    for form in formats:
        if form not in WRITERS:
            message = f"--format {form}: there are {', '.join(WRITERS)}"
            raise ReportError(message)
    return list(dict.fromkeys(formats))
