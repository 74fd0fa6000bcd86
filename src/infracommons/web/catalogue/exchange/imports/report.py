"""What an import did with every cell of its file: stored, or listed with the reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from infracommons.vocabulary.problems import UnusableInputError

_EMAIL = re.compile(r"[^\s@<>:]{1,64}@[^\s@<>]{1,255}")
_READ = 10_000  # far more than is shown: looking through all of an endless line would take the square of its length
_LONGEST, _MOST_TOLD = 80, 50


@dataclass(frozen=True)
class CellNote:
    """One cell, by row (the heading is row 1), column and value, and what is to be said of it."""

    row: int
    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}, {self.value!r}: {self.reason}"


@dataclass
class ImportReport:
    """Counts of rows, cells that are not empty, infrastructures and claims; `cells` is `stored` plus `listed`."""

    format: str
    is_dry_run: bool
    rows: int = 0
    cells: int = 0
    new: int = 0  # infrastructures
    changed: int = 0
    unchanged: int = 0
    claims: int = 0
    listed_cells: list[CellNote] = field(default_factory=list)
    unmatched_terms: list[CellNote] = field(default_factory=list)  # kept as text beside the terms
    problems: list[CellNote] = field(default_factory=list)  # one is enough for nothing to be stored

    @property
    def listed(self) -> int:
        """Return how many cells were not stored, or not wholly."""
        return len(self.listed_cells)

    @property
    def stored(self) -> int:
        """Return how many cells the catalogue says now, or said before."""
        return self.cells - self.listed

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON."""
        counts = ("rows", "cells", "stored", "listed", "new", "changed", "unchanged", "claims")
        notes = ("listed_cells", "unmatched_terms")
        return (
            {"format": self.format, "dry_run": self.is_dry_run}
            | {name: getattr(self, name) for name in counts}
            | {name: [vars(note) for note in getattr(self, name)] for name in notes}
        )

    def lines(self) -> list[str]:
        """Return the report in words: the counts, then each listed cell and unmatched term."""
        did = "would store" if self.is_dry_run else "stored"
        counted = f"{self.new:,} new, {self.changed:,} changed, {self.unchanged:,} as before"
        heads = [
            f"{self.rows:,} rows, {self.cells:,} cells: {did} {self.stored:,}, listed {self.listed:,}",
            f"{self.claims:,} claims; infrastructures: {counted}",
        ]
        heads += [f"listed: {note}" for note in self.listed_cells]
        return heads + [f"kept as text: {note}" for note in self.unmatched_terms]


class ImportRefusedError(UnusableInputError):
    """A file with rows that cannot be read; nothing was stored. `problems` are all of them."""

    def __init__(self, path: object, problems: Sequence[CellNote]) -> None:
        self.problems = tuple(problems)
        told = "; ".join(map(str, self.problems[:_MOST_TOLD]))
        more = len(self.problems) - _MOST_TOLD
        rest = f"; and {more} more" if more > 0 else ""
        super().__init__(f"{path}: nothing was stored, because of {len(self.problems)} problems: {told}{rest}")


def shown(value: object, *, is_private: bool = False, is_prose: bool = False) -> str:
    """Return a value as reports show it: short, without e-mail addresses, and no prose, which may name people."""
    text = " ".join(str(value)[:_READ].split())
    if is_private:
        return "(private)"
    if is_prose:
        return f"(text of {len(str(value)):,} characters)"
    masked = _EMAIL.sub("(e-mail address)", text)
    return masked if len(masked) <= _LONGEST else masked[: _LONGEST - 3] + "..."
