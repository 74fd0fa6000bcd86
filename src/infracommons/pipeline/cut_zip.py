"""Reads the whole members of a zip archive that was cut off, and so has lost the list of its members at the end."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

# Local file header: version, flags, method, (time and day), checksum, size packed, size unpacked, lengths of the name
# and of what follows it. See the .ZIP File Format Specification, 4.3.7.
_HEADER = struct.Struct("<4sHHH4xIIIHH")
_HEADER_MAGIC, _DESCRIPTOR_MAGIC = b"PK\x03\x04", b"PK\x07\x08"
_ENCRYPTED, _SIZES_AFTER, _IS_UTF8 = 0x1, 0x8, 0x800
_BLOCK = 2**16
_LARGEST_MEMBER = 2**28  # bytes unpacked; it is held in memory


class CutZipError(ValueError):
    """What is left of the archive is hostile or of a kind that is not read."""


class _Header(NamedTuple):
    magic: bytes
    version: int
    flags: int
    method: int
    checksum: int
    packed: int
    unpacked: int
    name_length: int
    extra_length: int


def whole_members(path: Path, most: int) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each whole member, in the file's order, up to the cut.

    `most` bounds the bytes of all together. Raises CutZipError beyond it.
    """
    given = 0
    with path.open("rb") as stream:
        while (head := stream.read(_HEADER.size)).startswith(_HEADER_MAGIC) and len(head) == _HEADER.size:
            header = _Header._make(_HEADER.unpack(head))
            name = stream.read(header.name_length).decode("utf-8" if header.flags & _IS_UTF8 else "cp437", "replace")
            stream.seek(header.extra_length, 1)
            content = _content(stream, header, min(most - given, _LARGEST_MEMBER))
            if content is None:
                return
            given += len(content)
            if not name.endswith("/"):
                yield name, content


def _content(stream: BinaryIO, header: _Header, most: int) -> bytes | None:
    """Return what the member holds, and leave the stream at the next one; None where it is not whole."""
    is_known = header.method in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    if header.flags & _ENCRYPTED or not is_known:
        return None
    if header.method == zipfile.ZIP_DEFLATED:
        content = _inflated(stream, most)
    elif header.flags & _SIZES_AFTER:
        return None  # nothing says where it ends
    else:
        content = stream.read(header.packed) if header.packed <= most else None
    if content is None:
        return None
    checksum = _checksum_after(stream) if header.flags & _SIZES_AFTER else header.checksum
    return content if zlib.crc32(content) == checksum else None


def _inflated(stream: BinaryIO, most: int) -> bytes | None:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    content = bytearray()
    block = b""
    while not inflater.eof:
        block = inflater.unconsumed_tail or stream.read(_BLOCK)
        if not block:
            return None
        try:
            content += inflater.decompress(block, most - len(content) + 1)
        except zlib.error:
            return None
        if len(content) > most:
            message = f"a member unpacks to more than {most:,} bytes; refused as a bomb"
            raise CutZipError(message)
    stream.seek(-len(inflater.unused_data), 1)
    return bytes(content)


def _checksum_after(stream: BinaryIO) -> int:
    """Return the checksum in the data descriptor, whose own mark is optional, and pass the two sizes after it."""
    first = stream.read(4)
    checksum = stream.read(4) if first == _DESCRIPTOR_MAGIC else first
    stream.seek(8, 1)
    return int.from_bytes(checksum, "little")
