"""The additive value model: each criterion turned into a worth between fixed anchors, weighted and summed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from infracommons.methods.decisions.models import Scores
from infracommons.methods.decisions.normalisation import normalise
from infracommons.methods.decisions.table import Floats, Table
from infracommons.methods.result import refuse


@dataclass(frozen=True)
class Additive:
    """V(a) = sum of w_j v_j(x_j), v_j from 0 at the worst anchor to 1 at the best, straight or with bends.

    With `normalisation` other than "anchors" it is the simple weighted sum of text books, whose scale the options
    themselves make. Source: Keeney & Raiffa, Decisions with Multiple Objectives, 1976, chapter 3.
    """

    normalisation: str = "anchors"
    name: str = "additive"
    is_linear: bool = True
    lower_is_better: bool = False

    @property
    def needs_others(self) -> bool:
        """Return whether scores depend on which other options are there."""
        return self.normalisation not in {"anchors", "none"}

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Return the normalisation."""
        return {"normalisation": self.normalisation}

    def parts(self, table: Table, values: Floats) -> Floats:
        """Return the worth of each value, 0 to 1 between anchors, (..., options, criteria)."""
        if self.normalisation != "anchors":
            return normalise(self.normalisation, values, table.signs)
        within_anchors(table, values)
        worst, best = table.anchors()
        worth = values - worst
        worth /= best - worst
        for place, one in enumerate(table.criteria):
            if one.points:
                worth[..., place] = np.interp(values[..., place], *np.array(sorted(one.points)).T)
        return np.asarray(worth)

    def merits(self, table: Table, values: Floats, weights: Floats) -> Floats:
        """Return the weighted sums, (..., options)."""
        return np.asarray((self.parts(table, values) @ weights[..., None])[..., 0])

    def scores(self, table: Table, values: Floats, weights: Floats) -> Scores:
        """Return scores with what each criterion adds, (options, criteria)."""
        parts = self.parts(table, values)
        return Scores(parts @ weights, parts @ weights, {"contributions": parts * weights})


def within_anchors(table: Table, values: Floats) -> None:
    """Raise MethodInputError where a value lies outside the fixed worst and best of its criterion."""
    worst, best = table.anchors()
    low, high = np.minimum(worst, best), np.maximum(worst, best)
    slack = 1e-12 * (high - low)
    is_outside = (values < low - slack) | (values > high + slack)
    if is_outside.any():
        outside = np.argwhere(is_outside)
        option, column = (int(place) for place in outside[0][-2:])
        where = f"performances.{table.options[option]}.{table.criteria[column].criterion_id}"
        value = float(values[tuple(outside[0])])
        refuse(
            where, value, f"outside the fixed bounds {low[column]:g} to {high[column]:g}; widen them for all options"
        )
