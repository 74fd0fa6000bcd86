"""TOPSIS: how near each option is to the best and how far from the worst that the options themselves make up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from infracommons.methods.decisions.models import Scores
from infracommons.methods.decisions.normalisation import normalise
from infracommons.methods.decisions.table import Floats, Table
from infracommons.methods.result import refuse


@dataclass(frozen=True)
class Topsis:
    """C(a) = d-/(d+ + d-), Euclidean distances of weighted normalised values to the worst and the best of each column.

    Where all options are alike both distances are 0 and each gets one half. Adding an option can turn the order of
    two others round. Source: Hwang & Yoon, 1981; the text book's normalisation is "vector".
    """

    normalisation: str = "vector"
    name: str = "topsis"
    is_linear: bool = False
    needs_others: bool = True
    lower_is_better: bool = False

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Return the normalisation."""
        return {"normalisation": self.normalisation}

    def parts(self, table: Table, values: Floats) -> Floats:
        """Refuse: closeness is not a sum over criteria."""
        del table
        refuse("method", self.name, f"has no sum over criteria (values {values.shape})")

    def _distances(self, table: Table, values: Floats, weights: Floats) -> tuple[Floats, Floats]:
        scaled = normalise(self.normalisation, values, table.signs) * weights[..., None, :]
        best, worst = np.max(scaled, axis=-2, keepdims=True), np.min(scaled, axis=-2, keepdims=True)
        to_best = np.sqrt(np.sum((scaled - best) ** 2, axis=-1))
        return to_best, np.sqrt(np.sum((scaled - worst) ** 2, axis=-1))

    def merits(self, table: Table, values: Floats, weights: Floats) -> Floats:
        """Return the closeness, 0 to 1, (..., options)."""
        to_best, to_worst = self._distances(table, values, weights)
        both = to_best + to_worst
        return np.asarray(np.divide(to_worst, both, out=np.full(both.shape, 0.5), where=both > 0))

    def scores(self, table: Table, values: Floats, weights: Floats) -> Scores:
        """Return closeness with both distances."""
        to_best, to_worst = self._distances(table, values, weights)
        close = self.merits(table, values, weights)
        return Scores(close, close, {"distance_to_best": to_best, "distance_to_worst": to_worst})
