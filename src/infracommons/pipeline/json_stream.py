"""Reads JSON documents record by record: lines, arrays and arrays inside an object, however large or cut off."""

import codecs
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import orjson

from infracommons.pipeline.raw import Document

_BLOCK = 2**20
_SPACE_OR_COMMA = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(parse_float=Decimal)


def lines(document: Document) -> Iterator[tuple[str, bytes]]:
    """Yield the lines that hold something, each with its place; `decoded` reads one.

    A line is decoded later, as one record, so that a bad line costs itself and not those after it.
    """
    with document.open() as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield f"line {number}", line


def items(document: Document, key: str | None = None) -> Iterator[tuple[str, Any]]:
    """Yield the items of the document's array, or of the array under `key`, each with its place.

    Memory holds one item, not the document. Raises ValueError where there is no such array or it is cut off, after
    the items before.
    """
    with document.open() as stream:
        text = _Text(stream)
        position = _start(text, key)
        number = 0
        while True:
            position = text.skip(_SPACE_OR_COMMA, position)
            if text.held.startswith("]", position):
                return
            item, position = text.decode(position)
            number += 1
            yield f"record {number}", item


def decoded(native: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the JSON object of a line (or the object itself). Raises ValueError where it is none."""
    value = orjson.loads(native) if isinstance(native, bytes) else native
    if not isinstance(value, dict):
        message = f"not a JSON object but {type(value).__name__}"
        raise TypeError(message)
    return value


def _start(text: "_Text", key: str | None) -> int:
    """Return the position after the opening bracket."""
    opening = re.compile(r"\s*\[" if key is None else rf'"{key}"\s*:\s*\[')
    while True:
        found = opening.match(text.held) if key is None else opening.search(text.held)
        if found:
            return found.end()
        if not text.grow():
            message = f"no array {'at the top' if key is None else f'under {key!r}'}"
            raise ValueError(message)


class _Text:
    """The part of a stream's text that is held: what was read and not yet passed."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._ended = False
        self.held = ""

    def grow(self) -> bool:
        """Hold more; False at the end of the stream."""
        if self._ended:
            return False
        # As much again as is held already: reading one long item stays linear in its length.
        block = self._stream.read(max(_BLOCK, len(self.held)))
        self._ended = not block
        self.held += self._decode.decode(block, final=self._ended)
        return True

    def skip(self, pattern: re.Pattern[str], position: int) -> int:
        """Return the position after what the pattern matches, over the ends of blocks."""
        while True:
            found = pattern.match(self.held, position)
            position = found.end() if found else position
            if position < len(self.held) or not self.grow():
                return position

    def decode(self, position: int) -> tuple[Any, int]:
        """Return the value that begins there and the position after it, of what is then held."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self.held, position)
                # A number at the end of what is held may go on in the next block.
                if end < len(self.held) or not self.grow():
                    break
            except RecursionError:
                message = "nested too deeply"
                raise ValueError(message) from None
            except ValueError:
                if not self.grow():
                    raise
        if end > _BLOCK:
            self.held, end = self.held[end:], 0
        return value, end
