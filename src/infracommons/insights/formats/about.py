"""What a file says of itself: the release it was made from and the query that it answers."""

from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa

# `release_id` and `query`, which every format holds, then what Parquet and XLSX have a place for besides.
About = Mapping[str, str]
IN_ROWS = ("release_id", "query")


def with_about(
    schema: pa.Schema, batches: Iterable[pa.RecordBatch], about: About | None
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return the rows with release and query as last columns, for formats that hold nothing but rows.

    A column that the rows have already stays as it is.
    """
    told = {name: (about or {})[name] for name in IN_ROWS if name in (about or {}) and name not in schema.names}
    wider = pa.schema([*schema, *(pa.field(name, pa.string()) for name in told)])

    def widened() -> Iterator[pa.RecordBatch]:
        for batch in batches:
            said = [pa.repeat(pa.scalar(text, pa.string()), batch.num_rows) for text in told.values()]
            yield pa.RecordBatch.from_arrays([*batch.columns, *said], schema=wider)

    return wider, widened()
