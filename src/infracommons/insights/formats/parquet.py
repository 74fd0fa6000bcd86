"""Parquet: the rows with their types, compressed, written while they are read."""

from collections.abc import Iterable, Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from infracommons.insights.formats.about import About


class _Drain:
    """A file that only grows; what was written since the last look is taken out, so that memory stays small."""

    closed = False

    def __init__(self) -> None:
        self._written: list[bytes] = []
        self._length = 0

    def write(self, piece: bytes) -> int:
        self._written.append(bytes(piece))
        self._length += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._length

    def flush(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        piece = b"".join(self._written)
        self._written.clear()
        return piece


def parquet_bytes(schema: pa.Schema, batches: Iterable[pa.RecordBatch], about: About | None = None) -> Iterator[bytes]:
    """Yield the file, a piece a row group; what it says of itself is in its key-value metadata."""
    drain = _Drain()
    with pq.ParquetWriter(pa.PythonFile(drain, mode="w"), schema, compression="zstd") as writer:
        if about:
            writer.add_key_value_metadata(dict(about))
        for batch in batches:
            writer.write_batch(batch)
            yield drain.taken()
    yield drain.taken()
