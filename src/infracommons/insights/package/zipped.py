"""The package as one ZIP file, sent while it is written: nothing is kept on disk, and little in memory."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

from infracommons.insights.package.part import Part

_FIRST_YEAR = 1980  # before it a ZIP file has no dates
# Packed already: doing so again costs time and wins nothing.
_PACKED = (".parquet", ".xlsx")


class _Pipe:
    """A file that only grows and cannot be read back; what was written since the last look is taken out."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._written.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        piece = b"".join(self._written)
        self._written.clear()
        return piece


def zipped(folder: str, files: Iterable[tuple[Part, Iterable[bytes]]], made_at: datetime) -> Iterator[bytes]:
    """Yield a ZIP file of the files, below one folder; each has the time of the release, so equal ones are equal."""
    pipe = _Pipe()
    moment = max(made_at.timetuple()[:6], (_FIRST_YEAR, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(pipe, "w") as archive:
        for part, pieces in files:
            entry = zipfile.ZipInfo(f"{folder}/{part.path}", moment)
            entry.compress_type = zipfile.ZIP_STORED if part.path.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    if ready := pipe.taken():
                        yield ready
    yield pipe.taken()
