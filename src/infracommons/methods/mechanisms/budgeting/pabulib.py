"""Reads and writes votes on projects in the .pb format of Pabulib, losing nothing of what a file says.

Source of the format: D. Stolicki, S. Szufa, N. Talmon, Pabulib: a participatory budgeting library, 2020.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from infracommons.methods.result import refuse

Row = Mapping[str, str]
_SECTIONS = ("META", "PROJECTS", "VOTES")


@dataclass(frozen=True)
class PabulibFile:
    """All that a file says: keys and values of META, and columns and rows of PROJECTS and VOTES, in their order."""

    meta_columns: tuple[str, ...]
    meta: tuple[tuple[str, ...], ...]
    project_columns: tuple[str, ...]
    projects: tuple[tuple[str, ...], ...]
    vote_columns: tuple[str, ...]
    votes: tuple[tuple[str, ...], ...]

    def value(self, key: str, otherwise: str = "") -> str:
        """Return a value of META by its key."""
        return next((row[1] for row in self.meta if row and row[0] == key and len(row) > 1), otherwise)

    def project_rows(self) -> list[Row]:
        """Return the projects as mappings by column."""
        return [dict(zip(self.project_columns, row, strict=False)) for row in self.projects]

    def vote_rows(self) -> list[Row]:
        """Return the votes as mappings by column."""
        return [dict(zip(self.vote_columns, row, strict=False)) for row in self.votes]


def read(text: str) -> PabulibFile:
    """Return what a .pb file says; MethodInputError names the line where it is not as the format has it."""
    sections: dict[str, list[tuple[str, ...]]] = {}
    current: list[tuple[str, ...]] | None = None
    for number, row in enumerate(_rows(text), start=1):
        if not any(cell.strip() for cell in row):
            continue
        name = row[0].strip().upper()
        if name in _SECTIONS and not any(cell.strip() for cell in row[1:]) and name not in sections:
            current = sections.setdefault(name, [])
        elif current is None:
            refuse(f"line {number}", row[0], "stands before the first section, META")
        else:
            current.append(tuple(row))
    for name in _SECTIONS:
        if not sections.get(name):
            refuse(name, "", "the file lacks this section, or the line that names its columns")
    heads = {name: tuple(cell.strip() for cell in sections[name][0]) for name in _SECTIONS}
    return PabulibFile(
        heads["META"], tuple(_stripped(row) for row in sections["META"][1:]),
        heads["PROJECTS"], tuple(_stripped(row) for row in sections["PROJECTS"][1:]),
        heads["VOTES"], tuple(_stripped(row) for row in sections["VOTES"][1:]),
    )  # fmt: skip


def _rows(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    except csv.Error as problem:
        return refuse("the file", text[:40], f"not lines of cells parted by semicolons: {problem}")


def write(file: PabulibFile) -> str:
    """Return the text of a file that `read` reads back to the same."""
    out = io.StringIO()
    to = csv.writer(out, delimiter=";", lineterminator="\n")
    for name, columns, rows in (
        ("META", file.meta_columns, file.meta),
        ("PROJECTS", file.project_columns, file.projects),
        ("VOTES", file.vote_columns, file.votes),
    ):
        to.writerow([name])
        to.writerow(columns)
        to.writerows(rows)
    return out.getvalue()


def _stripped(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in row)


def edited(file: PabulibFile, selected: Iterable[str]) -> PabulibFile:
    """Return the file with its column `selected` (1 or 0) saying who won; it is added where it is missing."""
    chosen = set(selected)
    columns = file.project_columns if "selected" in file.project_columns else (*file.project_columns, "selected")
    place, key = columns.index("selected"), columns.index("project_id")
    rows = []
    for row in file.projects:
        cells = [*row, *[""] * (len(columns) - len(row))]
        cells[place] = "1" if row[key] in chosen else "0"
        rows.append(tuple(cells))
    return PabulibFile(file.meta_columns, file.meta, columns, tuple(rows), file.vote_columns, file.votes)
