"""Writes into pictures what they show and where they are from, so that a picture that is passed on still says it."""

import struct
import zlib
from collections.abc import Mapping
from html import escape

_SIGNATURE_AND_HEAD = 8 + 25  # bytes of a PNG before its first free chunk


def svg_that_says(svg: str, title: str, description: str, source: str) -> str:
    """Return an SVG with a title, a description and its source as metadata."""
    start = svg.index(">", svg.index("<svg")) + 1
    said = (
        f'<title id="title">{escape(title)}</title><desc id="desc">{escape(description)}</desc>'
        f"<metadata>{escape(source)}</metadata>"
    )
    opened = svg[: start - 1] + ' role="img" aria-labelledby="title desc">'
    return opened + said + svg[start:]


def png_that_says(png: bytes, said: Mapping[str, str]) -> bytes:
    """Return a PNG with international text chunks; keywords are Latin letters."""
    chunks = b"".join(_chunk(keyword, text) for keyword, text in said.items())
    return png[:_SIGNATURE_AND_HEAD] + chunks + png[_SIGNATURE_AND_HEAD:]


def png_pixels(png: bytes) -> tuple[int, int]:
    """Return width and height."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def _chunk(keyword: str, text: str) -> bytes:
    body = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
