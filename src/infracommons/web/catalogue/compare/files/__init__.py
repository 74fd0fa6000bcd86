"""Writes a comparison as a file, one module a format; each holds the rows and columns that are on screen."""

from collections.abc import Callable
from dataclasses import dataclass

from infracommons.web.catalogue.compare.comparison import Comparison
from infracommons.web.catalogue.compare.files.about import About
from infracommons.web.catalogue.compare.files.csv import csv_file
from infracommons.web.catalogue.compare.files.markdown import markdown_file
from infracommons.web.catalogue.compare.files.xlsx import xlsx_file


@dataclass(frozen=True)
class Form:
    """A file format: its name for readers, its media type, and how a comparison becomes its bytes."""

    label: str
    media_type: str
    bytes_of: Callable[[Comparison, About], bytes]


FORMS = {
    "csv": Form("CSV", "text/csv; charset=utf-8", csv_file),
    "xlsx": Form("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_file),
    "md": Form("Markdown", "text/markdown; charset=utf-8", markdown_file),
}
