"""Opens raw files, whatever they are packed in, without trusting them: nothing is unpacked onto the disk."""

import gzip
import hashlib
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from infracommons.pipeline.cut_zip import CutZipError, whole_members
from infracommons.vocabulary.problems import UnusableInputError

HEAD_BYTES = 4096
# Award data packs about 3 to 20 times. A small file may pack better, so the ratio is judged from this size on.
MOST_RATIO, RATIO_JUDGED_FROM = 100, 64 * 2**20
_ZIP_MAGIC, _GZIP_MAGIC = b"PK\x03\x04", b"\x1f\x8b"
_EMPTY_ZIP_MAGIC = b"PK\x05\x06"
_BLOCK = 2**20
_MOST_MEMBERS = 1_000_000  # each costs memory before anything is read; the largest publisher packs some 150,000
# What zipfile and its decompressors raise for damage, lies and methods they do not know.
PACKING_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, NotImplementedError,
    RuntimeError,
)  # fmt: skip


@dataclass(frozen=True)
class Document:
    """One file as its publisher meant it: from a plain file, a gzip or a member of a zip."""

    name: str  # path below the raw folder, `!` and the member's name for what was in a zip
    path: Path  # file on disk that holds it
    open: Callable[[], BinaryIO]

    @property
    def suffix(self) -> str:
        """Ending of the name without the packing, such as `.json`."""
        return PurePosixPath(self.name.removesuffix(".gz")).suffix.lower()

    def head(self) -> bytes:
        """Return the first bytes, for recognising the format."""
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def read(self) -> bytes:
        """Return all bytes."""
        with self.open() as stream:
            return stream.read()


class _Bounded(io.RawIOBase):
    """A stream that refuses to grow far beyond what the packed file can honestly hold, or to end too early."""

    def __init__(self, stream: io.BufferedIOBase, name: str, packed: int) -> None:
        self._stream, self._name, self._given = stream, name, 0
        self._most = max(RATIO_JUDGED_FROM, packed * MOST_RATIO)

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._stream.close()
        super().close()

    def readinto(self, buffer: "memoryview[int] | bytearray") -> int:  # type: ignore[override]
        try:
            # One read at a time: what was unpacked before the damage is given before it is told.
            block = self._stream.read1(len(buffer))
        except PACKING_ERRORS as error:
            message = f"{self._name}: damaged or cut off after {self._given:,} bytes ({error}); fetch it again"
            raise UnusableInputError(message) from error
        self._given += len(block)
        if self._given > self._most:
            message = f"{self._name}: unpacks to more than {self._most:,} bytes; refused as a bomb"
            raise UnusableInputError(message)
        buffer[: len(block)] = block
        return len(block)


def documents(path: Path, name: str | None = None) -> Iterator[Document]:
    """Yield the documents in one raw file: itself, unpacked, or each member of the zip.

    `name` is what the file is called in messages and records; its own name otherwise.
    Raises UnusableInputError for a damaged or empty archive, one that climbs out of its folder, or a bomb (on reading).
    """
    name = name or path.name
    size = path.stat().st_size
    with path.open("rb") as stream:
        magic = stream.read(4)
    if magic == _EMPTY_ZIP_MAGIC:
        message = f"{name}: an empty archive"
        raise UnusableInputError(message)
    if magic == _ZIP_MAGIC and not _is_office_file(path):
        yield from _members(path, name)
    elif magic[:2] == _GZIP_MAGIC:
        yield Document(name, path, lambda: _bounded(gzip.GzipFile(path), name, size))
    else:
        yield Document(name, path, lambda: path.open("rb"))


def sha256(path: Path) -> str:
    """Return the checksum of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_office_file(path: Path) -> bool:
    """Tell whether a zip is really one spreadsheet, which is a document of its own."""
    return path.suffix.lower() in {".xlsx", ".ods"}


def _members(path: Path, name: str) -> Iterator[Document]:
    try:
        archive = zipfile.ZipFile(path)
    except PACKING_ERRORS as error:
        yield from _members_before_the_cut(path, name)
        message = f"{name}: not a whole zip archive ({error}); fetch it again"
        raise UnusableInputError(message) from error
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if not members:
            message = f"{name}: an empty archive"
            raise UnusableInputError(message)
        if len(members) > _MOST_MEMBERS:
            message = f"{name}: {len(members):,} members, more than {_MOST_MEMBERS:,}; refused as a bomb"
            raise UnusableInputError(message)
        for member in members:
            _check_member(member, name)
        most = max(RATIO_JUDGED_FROM, path.stat().st_size * MOST_RATIO)
        if sum(member.file_size for member in members) > most:
            message = f"{name}: unpacks to more than {most:,} bytes; refused as a bomb"
            raise UnusableInputError(message)
        for member in sorted(members, key=lambda m: m.filename):
            inner = f"{name}!{member.filename}"
            yield Document(inner, path, _member_opener(archive, member, inner))


def _member_opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        try:
            stream = cast("io.BufferedIOBase", archive.open(member))
        except PACKING_ERRORS as error:
            message = f"{name}: damaged ({error}); fetch it again"
            raise UnusableInputError(message) from error
        return _bounded(stream, name, max(member.compress_size, 1))

    return opened


def _members_before_the_cut(path: Path, name: str) -> Iterator[Document]:
    """Yield what is whole in an archive that has lost its end, where the list of its members stood."""
    try:
        for member, content in whole_members(path, max(RATIO_JUDGED_FROM, path.stat().st_size * MOST_RATIO)):
            _check_name(member, name)
            yield Document(f"{name}!{member}", path, partial(io.BytesIO, content))
    except CutZipError as error:
        message = f"{name}: not a whole zip archive ({error}); fetch it again"
        raise UnusableInputError(message) from error


def _check_member(member: zipfile.ZipInfo, name: str) -> None:
    _check_name(member.filename, name)
    if member.flag_bits & 0x1:
        message = f"{name}: member {member.filename!r} is encrypted; refused"
        raise UnusableInputError(message)


def _check_name(member: str, name: str) -> None:
    parts = PurePosixPath(member.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or (parts.parts and ":" in parts.parts[0]):
        message = f"{name}: member {member!r} climbs out of the archive; refused"
        raise UnusableInputError(message)


def _bounded(stream: io.BufferedIOBase, name: str, packed: int) -> BinaryIO:
    return io.BufferedReader(_Bounded(stream, name, packed), _BLOCK)
