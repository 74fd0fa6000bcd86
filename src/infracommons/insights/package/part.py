"""One file of a data package: what it is, and its bytes, which are measured while they are written."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from infracommons.vocabulary.tables import Table


@dataclass(frozen=True)
class Part:
    """One file to write: its path in the package, what it holds, its media type, and how to get its bytes.

    table and format_name: where it is a published table. schema: a Frictionless Table Schema, where it is a CSV table.
    """

    path: str
    title: str
    description: str
    media_type: str
    pieces: Callable[[], Iterable[bytes]]
    table: Table | None = None
    format_name: str = ""
    schema: dict[str, Any] | None = None


@dataclass(frozen=True)
class PackedFile:
    """A file of the package as it was written: its size in bytes and its SHA-256."""

    part: Part
    size: int
    sha256: str

    @property
    def path(self) -> str:
        """Its path in the package."""
        return self.part.path


def measured(part: Part, done: list[PackedFile]) -> Iterator[bytes]:
    """Yield the bytes of a part; after the last, append what was written to `done`."""
    size, checksum = 0, hashlib.sha256()
    for piece in part.pieces():
        size += len(piece)
        checksum.update(piece)
        yield piece
    done.append(PackedFile(part, size, checksum.hexdigest()))
