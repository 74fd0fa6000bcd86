"""Which releases there are, newest first, and where each lies: old ones stay reachable."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.release_files import CURRENT, MANIFEST
from infracommons.vocabulary.tables import PUBLISHED, Table

Manifest = Mapping[str, Any]
# No separators, no leading dot: an id is the name of one folder and never a path.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_MOST_MANIFESTS = 1_000


class UnknownReleaseError(LookupError):
    """There is no release of this id; the message names it."""


@dataclass(frozen=True)
class StoredRelease:
    """One release as it lies in the folder of releases: its folder and what `release.json` says."""

    folder: Path
    manifest: Manifest

    @property
    def release_id(self) -> str:
        """The id under which the release was published."""
        return str(self.manifest["release"])

    @property
    def tables(self) -> list[Table]:
        """The published tables that it has, with the columns that they have: older code may have made fewer."""
        names = {told["name"] for told in self.manifest["tables"]}
        return [self._as_it_lies(table) for table in PUBLISHED if table.name in names]

    def _as_it_lies(self, table: Table) -> Table:
        there = set(pq.read_schema(self.path(table.name)).names)
        return replace(table, columns=tuple(column for column in table.columns if column.name in there))

    def path(self, table: str) -> Path:
        """Return the Parquet file of a table; KeyError where the release has no such table."""
        return self.folder / {told["name"]: str(told["file"]) for told in self.manifest["tables"]}[table]


def stored_releases(folder: Path) -> list[StoredRelease]:
    """Return every whole release of the folder, newest first; what is no release is not among them."""
    names = [path.name for path in folder.iterdir() if _is_release(path)] if folder.is_dir() else []
    found = [_stored(folder / name) for name in names]
    return sorted(
        (release for release in found if release and _is_itself(release)),
        key=lambda release: (str(release.manifest["made_at"]), release.release_id),
        reverse=True,
    )


def stored_release(folder: Path, release_id: str) -> StoredRelease:
    """Return the release of that id. Raises UnknownReleaseError for any other text, a path among them."""
    release = _stored(folder / release_id) if _is_id(release_id) and _is_release(folder / release_id) else None
    if release is None or not _is_itself(release):
        message = f"There is no release “{release_id}” here."
        raise UnknownReleaseError(message)
    return release


def read_release(folder: Path) -> StoredRelease:
    """Return the release in a folder, or that a pointer leads to. Raises UnusableInputError where there is none."""
    release = _stored(folder.resolve())
    if release is None:
        message = f"{folder}: no readable release here; make one with `infracommons release`"
        raise UnusableInputError(message)
    return release


def current_id(folder: Path) -> str | None:
    """Return the id of the release that `current` points to; None where there is none."""
    pointer = folder / CURRENT
    return pointer.resolve().name if pointer.exists() else None


def _is_id(text: str) -> bool:
    return text != CURRENT and _ID.fullmatch(text) is not None


def _is_release(path: Path) -> bool:
    """A release is a real folder of its own name: a pointer to one, or to another place, is none."""
    return _is_id(path.name) and path.is_dir() and not path.is_symlink() and (path / MANIFEST).is_file()


def _stored(folder: Path) -> StoredRelease | None:
    try:
        manifest = _manifest(folder / MANIFEST, (folder / MANIFEST).stat().st_mtime_ns)
    except (OSError, ValueError):
        return None
    needed = {"release", "made_at", "tables", "counts", "sources"}
    return StoredRelease(folder, manifest) if isinstance(manifest, dict) and needed <= manifest.keys() else None


def _is_itself(release: StoredRelease) -> bool:
    """A copy under another name would answer to an id that is not its own."""
    return release.release_id == release.folder.name


@lru_cache(maxsize=_MOST_MANIFESTS)
def _manifest(path: Path, changed_at: int) -> Any:  # noqa: ANN401, ARG001 - whatever the file holds; when, for the cache
    """Return what the file says; a release never changes, so it is read once."""
    return json.loads(path.read_bytes())
