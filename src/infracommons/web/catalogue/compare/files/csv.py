"""A comparison as CSV: a row a field; for each infrastructure its value, note, evidence and day checked."""

import pyarrow as pa

from infracommons.insights.formats.csv import csv_bytes
from infracommons.web.catalogue.compare.cells import Cell
from infracommons.web.catalogue.compare.comparison import Comparison
from infracommons.web.catalogue.compare.files.about import About

_OF_A_CELL = ("", "_note", "_evidence", "_checked_on")


def csv_file(comparison: Comparison, told: About) -> bytes:
    """Return the file; columns are named by ids, and the first row has the names.

    A table has no place for what it says of itself: that stands in the last columns of the first row.
    """
    ids = [column.infrastructure.infrastructure_id for column in comparison.columns]
    names = ["section", "field", "field_code", *(f"{one}{part}" for one in ids for part in _OF_A_CELL), "about"]
    first = ["", "Name", "name"]
    for column, profile in zip(comparison.columns, told.profiles, strict=True):
        first += [column.infrastructure.name, "", profile, ""]
    rows = [[*first, "\n".join(f"{about}: {text}" for about, text in told.lines)]]
    rows += [
        [group.label, row.label, row.code, *(part for cell in row.cells for part in _parts(cell)), ""]
        for group in comparison.groups
        for row in group.rows
    ]
    schema = pa.schema([(name, pa.string()) for name in names])
    columns = [pa.array(values, pa.string()) for values in zip(*rows, strict=True)]
    return b"".join(csv_bytes(schema, [pa.RecordBatch.from_arrays(columns, schema=schema)]))


def _parts(cell: Cell) -> tuple[str, ...]:
    note = " ".join(filter(None, (cell.because, cell.note)))
    return "; ".join(cell.words), note, " ".join(link.href for link in cell.evidence), cell.checked_on
