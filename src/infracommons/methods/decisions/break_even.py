"""Break-even weights: how far one criterion's weight can move, the others in proportion, until another option wins."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from infracommons.methods.decisions.models import Model
from infracommons.methods.decisions.table import TIE, Floats, Table

GRID = 200  # steps in which a rule without an exact answer is searched
HALVINGS = 40
Side = tuple[float, int, bool]  # the weight, the option that draws level there, and whether it lies above


@dataclass(frozen=True)
class BreakEven:
    """For one criterion: its weight now, and the nearest weights below and above at which another option draws level.

    None where no weight on that side changes the winner. `is_exact` is False where it was searched for in steps.
    """

    criterion: str
    weight: float
    below: float | None
    below_winner: str | None
    above: float | None
    above_winner: str | None
    is_exact: bool

    @property
    def distance(self) -> float:
        """Return how far the weight has to move at least; infinite where nothing changes the winner."""
        sides = [abs(side - self.weight) for side in (self.below, self.above) if side is not None]
        return min(sides, default=float("inf"))


def moved(weights: Floats, place: int, weight: float) -> Floats:
    """Return the weights with this one set, the others scaled so that all sum to 1 (alike where they were all zero)."""
    rest = 1 - weights[place]
    others = weights / rest if rest > TIE else np.full(len(weights), 1 / max(1, len(weights) - 1))
    changed = others * (1 - weight)
    changed[place] = weight
    return np.asarray(changed)


def break_even(model: Model, table: Table, weights: Floats) -> list[BreakEven]:
    """Return one for each criterion, at the middles of intervals; exact where the rule is linear in the weights."""
    values = table.middle
    winner = int(np.argmax(model.merits(table, values, weights)))
    search = _crossings if model.is_linear else _searched
    found = []
    for place, one in enumerate(table.criteria):
        sides = search(model, table, weights, place, winner) if len(table.criteria) > 1 else []
        now = float(weights[place])
        down = max((side for side in sides if not side[2]), default=None, key=lambda side: side[0])
        up = min((side for side in sides if side[2]), default=None, key=lambda side: side[0])
        found.append(
            BreakEven(
                one.criterion_id, now, down and down[0], down and table.options[down[1]],
                up and up[0], up and table.options[up[1]], model.is_linear,
            )
        )  # fmt: skip
    return found


def _crossings(model: Model, table: Table, weights: Floats, place: int, winner: int) -> list[Side]:
    """Return a side wherever an option overtakes the winner: gaps are straight lines in one weight."""
    parts = model.parts(table, table.middle)
    at_none, at_all = parts @ moved(weights, place, 0.0), parts @ moved(weights, place, 1.0)
    gap_none, gap_all = at_none[winner] - at_none, at_all[winner] - at_all
    found = []
    for option in range(len(table.options)):
        start, end = float(gap_none[option]), float(gap_all[option])
        # Strictly behind on one side of the crossing: an option that only draws level at the border wins nowhere.
        if option != winner and min(start, end) < -TIE and max(start, end) >= -TIE:
            found.append((min(1.0, max(0.0, start / (start - end))), option, end < start))
    return found


def _searched(model: Model, table: Table, weights: Floats, place: int, winner: int) -> list[Side]:
    """Return a side at the first change of winner on either side, by steps and halving."""

    def best(weight: float) -> int:
        merits = model.merits(table, table.middle, moved(weights, place, weight))
        return winner if merits[winner] >= merits.max() - TIE else int(np.argmax(merits))

    now, found = float(weights[place]), []
    for end in (0.0, 1.0):
        kept = now
        for step in np.linspace(now, end, GRID + 1)[1:]:
            if best(float(step)) != winner:
                found.append((*_halved(best, winner, kept, float(step)), end > now))
                break
            kept = float(step)
    return found


def _halved(best: Callable[[float], int], winner: int, kept: float, lost: float) -> tuple[float, int]:
    for _ in range(HALVINGS):
        middle = (kept + lost) / 2
        kept, lost = (middle, lost) if best(middle) == winner else (kept, middle)
    return (kept + lost) / 2, best(lost)
