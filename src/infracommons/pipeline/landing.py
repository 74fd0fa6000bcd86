"""Puts files into the raw folder: whole or not at all, and never over one that is there."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from infracommons.pipeline.raw import sha256
from infracommons.vocabulary.problems import NotWrittenError, UnusableInputError

PART = ".part-"  # files that begin with a dot are no data; one that stays behind shows an interruption
_BLOCK = 2**20
_SHORT = 12  # characters of the checksum in a name: enough that no two files of a source meet
_UNSAFE = re.compile(r"[^\w.-]+")


def raw_name(path: Path, checksum: str) -> str:
    """Return the name of a file in the raw folder: subject, day the file was last changed (UTC), version, ending.

    >>> raw_name(Path("/x/grants 2020.jsonl.gz"), "ab" * 32)  # doctest: +SKIP
    'grants-2020_2021-02-17_abababababab.jsonl.gz'
    """
    plain = path.name.removesuffix(".gz")
    ending = Path(plain).suffix + (".gz" if plain != path.name else "")
    subject = _UNSAFE.sub("-", path.name.removesuffix(ending)).strip(".-") or "file"
    day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    return f"{subject}_{day}_{checksum[:_SHORT]}{ending}"


def copy(path: Path, folder: Path) -> tuple[Path, str, bool]:
    """Copy a file's bytes into the folder. Return where, its checksum, and whether they were there before.

    Raises NotWrittenError where it cannot be written, such as on a full disk; then nothing is left of it.
    """
    checksum = sha256(path)
    for there in folder.glob(f"*_{checksum[:_SHORT]}*"):
        if there.is_file() and sha256(there) == checksum:
            return there, checksum, True
    target = folder / raw_name(path, checksum)
    with path.open("rb") as stream:
        written = land(target, iter(lambda: stream.read(_BLOCK), b""))
    if written != checksum:
        target.unlink()
        message = f"{path}: changed while it was read; harvest it again"
        raise UnusableInputError(message)
    return target, checksum, False


def land(target: Path, blocks: Iterable[bytes]) -> str:
    """Write a new file under a temporary name and give it its own name at the end. Return its checksum.

    Raises UnusableInputError where it exists, NotWrittenError where it cannot be written; then nothing is left of it.
    """
    digest = hashlib.sha256()
    with _said(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{PART}{os.getpid()}-{target.name}")  # two harvests at once never share one
        try:
            with part.open("wb") as stream:
                for block in _hashed(blocks, digest):
                    stream.write(block)
                stream.flush()
                os.fsync(stream.fileno())
            _name(part, target)
        finally:
            part.unlink(missing_ok=True)
    return digest.hexdigest()


def _name(part: Path, target: Path) -> None:
    """Give the file its name; unlike a rename alone, it fails where the name is taken."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if target.exists():
            raise FileExistsError(target) from None
        part.rename(target)


def _hashed(blocks: Iterable[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    for block in blocks:
        digest.update(block)
        yield block


@contextmanager
def _said(target: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        message = f"{target}: exists and is not overwritten"
        raise UnusableInputError(message) from error
    except OSError as error:
        message = f"{target}: cannot be written ({error.strerror}); nothing of it was kept"
        raise NotWrittenError(message) from error
