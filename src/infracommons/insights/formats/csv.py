"""CSV: UTF-8, one heading row, ISO dates, exact amounts, lists as JSON; text that a spreadsheet would run is quoted."""

import io
import json
from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from infracommons.insights.formats.about import About, with_about

# A cell that begins with one of these is a formula to a spreadsheet; with an apostrophe before it, it is text.
# See OWASP, CSV Injection.
_RUNS = r"^[=+\-@\t\r\n]"
_APOSTROPHE = "'"


def csv_bytes(schema: pa.Schema, batches: Iterable[pa.RecordBatch], about: About | None = None) -> Iterator[bytes]:
    """Yield the file, heading first, a piece a batch. An unknown value is an empty cell."""
    schema, batches = with_about(schema, batches, about)
    yield _written(_flat(schema.empty_table()), heading=True)
    for batch in batches:
        yield _written(_flat(pa.Table.from_batches([batch])), heading=False)


def _written(rows: pa.Table, *, heading: bool) -> bytes:
    sink = io.BytesIO()
    arrow_csv.write_csv(rows, sink, arrow_csv.WriteOptions(include_header=heading, quoting_style="needed"))
    return sink.getvalue()


def _flat(rows: pa.Table) -> pa.Table:
    columns = {name: _cells(rows.column(name)) for name in rows.column_names}
    return pa.table(columns)


def _cells(values: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_list(values.type):
        as_json = [None if value is None else json.dumps(value, ensure_ascii=False) for value in values.to_pylist()]
        return pa.chunked_array([pa.array(as_json, pa.string())])
    if pa.types.is_string(values.type):
        return pc.if_else(
            pc.match_substring_regex(values, _RUNS), pc.binary_join_element_wise(_APOSTROPHE, values, ""), values
        )
    return values
