"""JSON Lines: one object a row, amounts as exact decimal numbers, dates as ISO text, unknown as null."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

import orjson
import pyarrow as pa

from infracommons.insights.formats.about import About, with_about


def json_lines_bytes(
    schema: pa.Schema, batches: Iterable[pa.RecordBatch], about: About | None = None
) -> Iterator[bytes]:
    """Yield the file, a piece a batch."""
    for batch in with_about(schema, batches, about)[1]:
        yield b"".join(orjson.dumps(row, default=_exact, option=orjson.OPT_APPEND_NEWLINE) for row in batch.to_pylist())


def _exact(value: object) -> orjson.Fragment:
    """Write a decimal digit by digit: a float between would round it."""
    if isinstance(value, Decimal):
        return orjson.Fragment(f"{value:f}")
    raise TypeError(value)
