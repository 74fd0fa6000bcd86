"""The folder of releases: one writer at a time, immutable folders, and `current` swapped by one rename."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.release_files import CURRENT, MANIFEST

_BUILDING, _POINTER = ".building-", f".{CURRENT}-"


class ReleaseRunningError(UnusableInputError):
    """Another release is being made into the same folder."""


@contextmanager
def workspace(releases: Path) -> Iterator[Path]:
    """Give a folder to build in, to this process alone; what was not published is removed at the end.

    The system gives the lock back even where the process is killed; its left-over folder goes with the next run.
    """
    if releases.exists() and not releases.is_dir():
        message = f"{releases}: not a folder; --out names the folder that releases are put into"
        raise UnusableInputError(message)
    releases.mkdir(parents=True, exist_ok=True)
    with (releases / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"{releases}: another release is being made here; wait for it, or use another --out"
            raise ReleaseRunningError(message) from error
        for left_over in releases.glob(f"{_BUILDING}*"):
            shutil.rmtree(left_over)
        for pointer in releases.glob(f"{_POINTER}*"):
            pointer.unlink()
        folder = releases / f"{_BUILDING}{os.getpid()}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def current_manifest(releases: Path) -> dict[str, Any] | None:
    """Return the manifest of the current release, None where there is none yet.

    Raises UnusableInputError where `current` is no whole release: going on without it would give awards new ids.
    """
    current = releases / CURRENT
    if not current.is_symlink() and not current.exists():
        return None
    try:
        manifest: dict[str, Any] = json.loads((current / MANIFEST).read_bytes())
        whole = all((current / table["file"]).is_file() for table in manifest.get("tables", ()))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        message = f"{current}: not a whole release ({error}); point it at one, or delete it to begin anew"
        raise UnusableInputError(message) from error
    if not whole:
        message = f"{current}: a table is missing; point it at a whole release, or delete it to begin anew"
        raise UnusableInputError(message)
    return manifest


def put_in_place(built: Path, releases: Path, release_id: str) -> Path:
    """Make a built folder the current release: everything on disk first, then two renames."""
    for path in built.iterdir():
        _flush(path)
        path.chmod(0o444)
    _flush(built)
    target = releases / release_id
    # The id holds the second and a checksum of the tables: one that is there has the same ones, left by a run that was
    # killed before it could point to it.
    if not target.exists():
        built.rename(target)
    pointer = releases / f"{_POINTER}{os.getpid()}"
    pointer.symlink_to(release_id)
    pointer.replace(releases / CURRENT)
    _flush(releases)
    return target


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
