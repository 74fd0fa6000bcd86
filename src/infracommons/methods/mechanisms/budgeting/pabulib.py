"""Reads and writes votes on projects in the .pb format of Pabulib, losing nothing of what a file says.

Source of the format: D. Stolicki, S. Szufa, N. Talmon, Pabulib: a participatory budgeting library, 2020.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from infracommons.methods.mechanisms.budgeting.election import Ballot, BallotKind, Election, Project
from infracommons.methods.mechanisms.budgeting.limits import Limits, hold
from infracommons.methods.result import refuse

Row = Mapping[str, str]
_SECTIONS = ("META", "PROJECTS", "VOTES")
_KINDS: Mapping[str, BallotKind] = {
    "approval": "approval",
    "choose-1": "approval",
    "knapsack": "approval",
    "ordinal": "ranked",
    "cumulative": "points",
    "scoring": "points",
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


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


def election_of(file: PabulibFile) -> Election:
    """Return the vote that a file describes; MethodInputError names the place and value that cannot be used."""
    kind = _kind(file)
    projects, budget = file.project_rows(), file.value("budget")
    if "project_id" not in file.project_columns or "cost" not in file.project_columns:
        refuse("PROJECTS", ";".join(file.project_columns), "needs the columns project_id and cost")
    costs = [_number(f"PROJECTS row {place}, cost", row.get("cost", "")) for place, row in enumerate(projects, 1)]
    money = [_number("META, budget", budget), *costs]
    scale = 1 if all(amount.denominator == 1 for amount in money) else 100
    whole = [amount * scale for amount in money]
    for place, amount in enumerate(whole):
        if amount.denominator != 1:
            refuse("META, budget" if not place else f"PROJECTS row {place}, cost", str(money[place]), "part of a cent")
    election = Election(
        int(whole[0]),
        tuple(_project(row, int(cost)) for row, cost in zip(projects, whole[1:], strict=True)),
        tuple(_ballot(row, kind, place) for place, row in enumerate(file.vote_rows(), 1)),
        kind,
        scale=scale,
    )
    hold(election, _limits(file, election))
    return election


def _limits(file: PabulibFile, election: Election) -> Limits:
    """Return what META says of a ballot's size, as far as it says so with a number."""
    said = {key: file.value(key).strip() for key in ("max_length", "max_sum_points", "max_sum_cost")}
    found = {key: Fraction(value.replace(",", ".")) for key, value in said.items() if _NUMBER.fullmatch(value)}
    length, cost = found.get("max_length"), found.get("max_sum_cost")
    return Limits(
        None if length is None else int(length),
        found.get("max_sum_points") if election.kind == "points" else None,
        None if cost is None else int(cost * election.scale),
    )


def _kind(file: PabulibFile) -> BallotKind:
    name = file.value("vote_type").strip().lower()
    if name not in _KINDS:
        refuse("META, vote_type", name, f"not one of {', '.join(_KINDS)}")
    return _KINDS[name]


def _project(row: Row, cost: int) -> Project:
    return Project(row["project_id"], cost, _listed(row.get("category", "")), row.get("target", ""))


def _ballot(row: Row, kind: BallotKind, place: int) -> Ballot:
    where = f"VOTES row {place}"
    voter = row.get("voter_id") or str(place)
    named = _listed(row.get("vote", ""))
    if len(set(named)) < len(named):
        refuse(f"{where}, vote", row.get("vote", ""), "names a project twice")
    weight = _number(f"{where}, weight", row["weight"]) if row.get("weight") else Fraction(1)
    if kind == "ranked":
        return Ballot(voter, ranking=named, weight=weight)
    if kind == "approval":
        return Ballot(voter, dict.fromkeys(named, Fraction(1)), weight=weight)
    points = _listed(row.get("points", ""))
    if len(points) != len(named):
        refuse(f"{where}, points", row.get("points", ""), f"{len(points)} points for {len(named)} projects")
    read_points = [_number(f"{where}, points", one) for one in points]
    return Ballot(voter, dict(zip(named, read_points, strict=True)), weight=weight)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _number(where: str, text: str) -> Fraction:
    if not _NUMBER.fullmatch(text.strip()):
        refuse(where, text, "not a number, such as 1200 or 1200.50")
    return Fraction(text.strip().replace(",", "."))


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
