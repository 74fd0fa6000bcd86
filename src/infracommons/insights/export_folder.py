"""Makes the folder of an export, which holds the files of one export and no others."""

from collections.abc import Collection, Sequence
from pathlib import Path

from infracommons.vocabulary.problems import UnusableInputError


def open_export(out: Path, formats: Sequence[str], *, known: Collection[str], of: str) -> list[str]:
    """Make the folder where it is missing; return the formats, each once. `of` is what is exported, in a word.

    Raises UnusableInputError for an unknown format, or where something is in `out` already.
    """
    if unknown := [name for name in formats if name not in known]:
        message = f"--format: {unknown[0]!r}: not a format; there are {', '.join(known)}"
        raise UnusableInputError(message)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        message = f"{out}: not empty; name a new folder, so that no file of another {of} stays among these"
        raise UnusableInputError(message)
    out.mkdir(parents=True, exist_ok=True)
    return list(dict.fromkeys(formats))
