"""Takes in pictures: decodes them under limits and stores them written anew, so that no foreign bytes are served."""

import hashlib
import os
import struct
import tempfile
import warnings
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from PIL import Image, ImageOps

from infracommons.web.catalogue.fields.problems import ValueProblem

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
LONGEST_SIDE = 512
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_UNREADABLE = "This is not a picture we can read. Give a PNG, JPEG, WebP or GIF file."
# What Pillow raises on damaged files, according to the format.
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, struct.error, IndexError, OverflowError)


def store_logo(file: IO[bytes], name: str) -> dict[str, Any]:
    """Store a picture as a PNG of at most 512 pixels a side; return {"sha256", "width", "height"}.

    Raises ValueProblem for what is too large, no picture or damaged; then nothing is stored.
    """
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueProblem("file", name, "This file has more than 5 MB. Give a smaller one.")
    picture = _decoded(data, name)
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    sha256 = hashlib.sha256(written.getvalue()).hexdigest()
    _put(logo_path(sha256), written.getvalue())
    return {"sha256": sha256, "width": picture.width, "height": picture.height}


def logo_path(sha256: str) -> Path:
    """Return where the picture with this checksum is kept."""
    return Path(settings.INFRACOMMONS_MEDIA) / "logos" / f"{sha256}.png"


def _decoded(data: bytes, name: str) -> Image.Image:
    """Return the first frame, upright, without anything but its pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
            with Image.open(BytesIO(data), formats=_FORMATS) as opened:
                _refuse_huge(opened, name)
                opened.verify()
            with Image.open(BytesIO(data), formats=_FORMATS) as opened:
                opened.seek(0)
                upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except ValueProblem:
        raise
    except (*_DAMAGED, Image.DecompressionBombError) as error:
        raise ValueProblem("file", name, _UNREADABLE) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    return bare


def _refuse_huge(opened: Image.Image, name: str) -> None:
    width, height = opened.size
    if width * height > MOST_PIXELS:
        message = f"This picture has {width:,} x {height:,} pixels. Give one of at most 25 megapixels."
        raise ValueProblem("file", name, message)


def _put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; the same picture is stored once."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
