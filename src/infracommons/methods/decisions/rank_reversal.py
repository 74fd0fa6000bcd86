"""Rank-reversal tests: does dropping an option, or entering a copy of one, turn the order of two others round?"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from infracommons.methods.decisions.models import Model
from infracommons.methods.decisions.table import TIE, Floats, Table


@dataclass(frozen=True)
class Flip:
    """Two options whose order changed: `ahead` was ahead of `behind`, until `option` was dropped or copied."""

    test: Literal["drop", "copy"]
    option: str
    ahead: str
    behind: str
    changes_winner: bool


def rank_reversals(model: Model, table: Table, weights: Floats) -> list[Flip]:
    """Return every flip, at the middles of intervals; a lead that becomes a draw is none."""
    rows = list(range(len(table.options)))
    found = []
    for place in rows:
        kept = [row for row in rows if row != place]
        if len(kept) > 1:
            found += _flips(model, table, weights, kept, "drop", place)
        found += _flips(model, table, weights, [*rows, place], "copy", place)
    return found


def _flips(model: Model, table: Table, weights: Floats, kept: list[int], test: Literal["drop", "copy"],
           place: int) -> list[Flip]:  # fmt: skip
    """Return the flips among options that are in the table both before and after."""
    before = model.merits(table, table.middle, weights)
    changed = table.only(kept)
    after = dict(zip(kept, model.merits(changed, changed.middle, weights), strict=True))
    both = sorted(after)
    best = int(np.argmax(before))
    return [
        Flip(test, table.options[place], table.options[a], table.options[b], changes_winner=best == a)
        for a in both
        for b in both
        if before[a] - before[b] > TIE and after[b] - after[a] > TIE
    ]
