"""Reads a CSV file row by row, and says of each row that does not fit its heading what is wrong."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infracommons.vocabulary.problems import UnusableInputError
from infracommons.web.catalogue.exchange.imports.report import CellNote, shown

_LONGEST_CELL = 4_000_000


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it, and the cells that are not empty, by column."""

    number: int
    cells: dict[str, str]


def csv_rows(path: Path, required: Sequence[str], problems: list[CellNote]) -> Iterator[Row]:
    """Yield each row that fits the heading; add to `problems` what is wrong with the others.

    Raises UnusableInputError where the file cannot be read at all: missing, not UTF-8, no heading, a column missing.
    """
    with _opened(path) as lines:
        heading = [name.strip() for name in next(lines, [])]
        _check_heading(path, heading, required)
        for number, cells in enumerate(lines, 2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(heading):
                reason = (
                    f"the row has {len(cells)} cells and the heading {len(heading)}; look for a stray quote or comma"
                )
                problems.append(CellNote(number, "(row)", shown(cells[0]), reason))
                continue
            if zeros := [name for name, cell in zip(heading, cells, strict=True) if "\0" in cell]:
                problems.append(
                    CellNote(number, zeros[0], "", "has the character zero, which no text has; take it out")
                )
                continue
            yield Row(number, {name: cell for name, cell in zip(heading, cells, strict=True) if cell.strip()})


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield csv.reader(file, strict=True)
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8 (byte {error.start:,} of a piece cannot be read); save it as CSV UTF-8"
        raise UnusableInputError(message) from error
    except csv.Error as error:
        message = f"{path}: not CSV as RFC 4180 has it ({error}); look for a quote that is not closed or not doubled"
        raise UnusableInputError(message) from error
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror})"
        raise UnusableInputError(message) from error


def _check_heading(path: Path, heading: list[str], required: Sequence[str]) -> None:
    if not heading:
        message = f"{path}: empty; the first row must name the columns"
        raise UnusableInputError(message)
    twice = sorted({name for name in heading if heading.count(name) > 1 and name})
    if twice:
        message = f"{path}: the heading has {', '.join(twice)} more than once; keep one column of each"
        raise UnusableInputError(message)
    if "" in heading:
        message = f"{path}: column {heading.index('') + 1} has no name in the heading; name it or take it out"
        raise UnusableInputError(message)
    missing = [name for name in required if name not in heading]
    if missing:
        message = f"{path}: the heading lacks {', '.join(missing)}; is this the format you named?"
        raise UnusableInputError(message)
