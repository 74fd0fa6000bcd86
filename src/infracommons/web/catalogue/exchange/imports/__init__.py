"""Brings files of claims into the catalogue: all of a file or nothing, and a report that accounts for each cell."""

from infracommons.web.catalogue.exchange.imports.report import ImportRefusedError, ImportReport
from infracommons.web.catalogue.exchange.imports.run import FORMATS, import_file

__all__ = ["FORMATS", "ImportRefusedError", "ImportReport", "import_file"]
