"""JSON Lines: one object a row, amounts as exact decimal numbers, dates as ISO text, unknown as null."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

import orjson
import pyarrow as pa


def json_lines_bytes(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Iterator[bytes]:  # noqa: ARG001
    """Yield the file, a piece a batch."""
    for batch in batches:
        yield b"".join(orjson.dumps(row, default=_exact, option=orjson.OPT_APPEND_NEWLINE) for row in batch.to_pylist())


def _exact(value: object) -> orjson.Fragment:
    """Write a decimal digit by digit: a float between would round it."""
    if isinstance(value, Decimal):
        return orjson.Fragment(f"{value:f}")
    raise TypeError(value)
