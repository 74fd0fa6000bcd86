"""Lists the files of a folder that people filled, and says of everything else there why it is not read."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from infracommons.vocabulary.problems import UnusableInputError


class Found(NamedTuple):
    """One thing in a folder; `left_out` says why it is not read, None of a file to read."""

    path: Path
    left_out: str | None


def found_below(folder: Path) -> list[Found]:
    """Return all that is below the folder but folders, in order of the names.

    A link to a file is read as that file; one to a folder is not followed, for it may lead round in a circle.
    Raises UnusableInputError, naming it, for a folder that may not be read.
    """
    return sorted(_walked(folder))


def require_data(raw: Path, sources: Iterable[str], *, is_default: bool) -> None:
    """Raise UnusableInputError, saying what to do, where a release would be made of nothing at all."""
    if raw.exists() and not raw.is_dir():
        message = f"{raw}: not a folder; --raw names the folder that has one folder for each source"
        raise UnusableInputError(message)
    if any(found.left_out is None for name in sources for found in found_below(raw / name)):
        return
    if is_default:
        message = (
            f"{raw}: nothing was harvested yet; bring files in with `infracommons harvest SOURCE --from PATH`, "
            "or name another folder with --raw"
        )
    elif raw.exists():
        message = f"{raw}: no file of any source; --raw names the folder that has one folder for each source"
    else:
        message = f"{raw}: no such folder"
    raise UnusableInputError(message)


def strangers(raw: Path, sources: Iterable[str]) -> list[str]:
    """Return a line for each folder of the raw folder that is no source's, such as one with its name mistyped."""
    known = set(sources)
    folders = sorted(path for path in raw.iterdir() if path.is_dir()) if raw.is_dir() else []
    return [
        f"{shown(path.name)}: not read, for there is no source of this name; there are {', '.join(sorted(known))}"
        for path in folders
        if path.name not in known and not path.name.startswith(".")
    ]


def shown(name: str) -> str:
    r"""Return a file's name as text that can be printed and stored; bytes that are not UTF-8 as `\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _walked(folder: Path) -> Iterator[Found]:
    def refuse(error: OSError) -> None:
        message = f"{shown(str(error.filename))}: cannot be read ({error.strerror})"
        raise UnusableInputError(message) from error

    if not folder.is_dir():
        return
    for at, folders, names in os.walk(folder, onerror=refuse):
        for name in [*folders, *names]:
            path = Path(at, name)
            left_out = _left_out(path)
            if name in names or left_out:
                yield Found(path, left_out)


def _left_out(path: Path) -> str | None:
    if path.name.startswith(".") and not path.is_dir():
        return "hidden"
    if path.is_symlink() and path.is_dir():
        return "a link to a folder, which is not followed; name that folder itself"
    if path.is_symlink() and not path.exists():
        return "a link that leads nowhere"
    return None if path.is_dir() or path.is_file() else "neither a file nor a folder"
