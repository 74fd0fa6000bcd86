"""The table of a decision: options in rows, criteria in columns, and what is known in each cell, as an interval."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from infracommons.methods.result import refuse

Floats = npt.NDArray[np.float64]
Direction = Literal["max", "min"]
TIE = 1e-9  # scores that are closer than this, relative to their size, count as equal


@dataclass(frozen=True)
class Preference:
    """How a difference on one criterion counts in PROMETHEE: its shape and thresholds, in the criterion's own unit."""

    shape: str = "usual"
    q: float = 0.0  # up to here a difference does not count
    p: float = 0.0  # from here it counts in full
    s: float = 0.0  # where the bell of the gaussian shape turns


@dataclass(frozen=True)
class Criterion:
    """One criterion: which way is better, and, fixed beforehand, the worst and best value that could occur.

    `points` are (value, worth 0 to 1) of a value function with bends; without them worth runs straight from worst to
    best. `expected` is the wished-for value of SPOTIS where that is not the best one.
    """

    criterion_id: str
    direction: Direction
    unit: str = ""
    worst: float | None = None
    best: float | None = None
    points: tuple[tuple[float, float], ...] = ()
    preference: Preference = Preference()
    expected: float | None = None


@dataclass(frozen=True)
class Table:
    """Options, criteria and what is known: `low` and `high` of shape (options, criteria), equal where a value is known.

    Values are in the criteria's own units.
    """

    options: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    low: Floats
    high: Floats

    @property
    def middle(self) -> Floats:
        """Return the values where known and the middles of intervals, (options, criteria)."""
        return np.where(self.low == self.high, self.low, (self.low + self.high) / 2)

    @property
    def is_known(self) -> bool:
        """Return whether every cell is one value."""
        return bool(np.all(self.low == self.high))

    @property
    def signs(self) -> Floats:
        """Return 1 for each criterion of which more is better, -1 of which less is better."""
        return np.array([1.0 if one.direction == "max" else -1.0 for one in self.criteria])

    def anchors(self) -> tuple[Floats, Floats]:
        """Return worst and best of each criterion; MethodInputError where one has none."""
        for place, one in enumerate(self.criteria):
            if one.worst is None or one.best is None:
                refuse(
                    f"criteria[{place}]", one.criterion_id, "needs `worst` and `best`, fixed before options are seen"
                )
        worst = np.array([one.worst for one in self.criteria], dtype=np.float64)
        return worst, np.array([one.best for one in self.criteria], dtype=np.float64)

    def only(self, rows: list[int]) -> "Table":
        """Return the table of these options, in this order; a row may come twice."""
        names = [self.options[row] for row in rows]
        seen: dict[str, int] = {}
        for place, name in enumerate(names):
            seen[name] = seen.get(name, 0) + 1
            names[place] = name if seen[name] == 1 else f"{name} (copy {seen[name]})"
        return replace(self, options=tuple(names), low=self.low[rows], high=self.high[rows])


def known(options: list[str], criteria: list[Criterion], values: list[list[float]]) -> Table:
    """Return a table in which every value is known; `values` is (options, criteria)."""
    cells = np.array(values, dtype=np.float64)
    if cells.shape != (len(options), len(criteria)):
        refuse("values", cells.shape, f"expected {len(options)} rows of {len(criteria)} values")
    return Table(tuple(options), tuple(criteria), cells, cells)


def ranks(merits: Floats) -> tuple[int, ...]:
    """Return each option's rank, 1 for the greatest merit; equals share the better rank (1, 2, 2, 4)."""
    slack = TIE * max(1.0, float(np.abs(merits).max(initial=0)))
    return tuple(int(1 + np.sum(merits > one + slack)) for one in merits)


def dominated(table: Table) -> list[tuple[int, int]]:
    """Return pairs (a, b) in which a is at least as good as b on every criterion and better on one, surely."""
    sure, best = table.low * table.signs, table.high * table.signs
    least, most = np.minimum(sure, best), np.maximum(sure, best)
    numbers = range(len(table.options))
    return [
        (a, b)
        for a in numbers
        for b in numbers
        if a != b and bool(np.all(least[a] >= most[b])) and bool(np.any(least[a] > most[b]))
    ]
