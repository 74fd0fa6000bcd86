"""The cells of one row and what became of each: kept, or listed with the reason; none can be forgotten."""

from infracommons.web.catalogue.exchange.imports.csv_table import Row
from infracommons.web.catalogue.exchange.imports.report import CellNote, ImportReport, shown
from infracommons.web.catalogue.exchange.spreadsheets import unquoted
from infracommons.web.catalogue.fields.definition import FieldDefinition

PROSE = frozenset({"rich_text", "entries", "practice"})
_NOT_READ = "nothing here reads this column"


class RowCells:
    """A row while it is read."""

    def __init__(self, row: Row) -> None:
        self.number, self.cells = row.number, row.cells
        self._kept: set[str] = set()
        self._listed: dict[str, CellNote] = {}
        self._unmatched: list[CellNote] = []

    def text(self, column: str | None) -> str:
        """Return the text of a cell, empty where the file has none, without what keeps spreadsheets from running it."""
        return unquoted(self.cells.get(column, "").strip()) if column else ""

    def keep(self, *columns: str | None) -> None:
        """Say that the catalogue has what these cells say."""
        self._kept.update(column for column in columns if column in self.cells)

    def list(self, column: str | None, reason: str, definition: FieldDefinition | None = None) -> None:
        """Say why a cell is not stored, or not wholly; the first reason stays."""
        if column in self.cells:
            self._listed.setdefault(column, self._note(column, self.cells[column], reason, definition))

    def unmatched(self, column: str, term: str, definition: FieldDefinition) -> None:
        """Say that a term is not in the vocabulary and was kept as text."""
        reason = f"not a term of {definition.vocabulary}; kept as text beside the terms"
        self._unmatched.append(self._note(column, term, reason, None))

    def settle(self, report: ImportReport) -> None:
        """Hand each cell to the report, once."""
        for column in self.cells:
            if column not in self._kept:
                self.list(column, _NOT_READ)
        report.rows += 1
        report.cells += len(self.cells)
        report.listed_cells.extend(self._listed.values())
        report.unmatched_terms.extend(self._unmatched)

    def _note(self, column: str, value: str, reason: str, definition: FieldDefinition | None) -> CellNote:
        is_private = definition is not None and definition.visibility != "public"
        is_prose = definition is not None and definition.kind in PROSE
        return CellNote(self.number, column, shown(value, is_private=is_private, is_prose=is_prose), reason)
