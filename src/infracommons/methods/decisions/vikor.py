"""VIKOR: a compromise between the least loss summed over criteria and the least loss on the worst criterion."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from infracommons.methods.decisions.models import Scores
from infracommons.methods.decisions.normalisation import min_max, normalise
from infracommons.methods.decisions.table import TIE, Floats, Table, ranks
from infracommons.methods.result import refuse


@dataclass(frozen=True)
class Vikor:
    """Q = v (S - S*)/(S- - S*) + (1 - v) (R - R*)/(R- - R*); S sums weighted losses, R is the greatest; low is good.

    Losses are (best - x)/(best - worst) of each column; a normalisation goes before that where one is named. Source:
    Opricovic & Tzeng, Compromise solution by MCDM methods, European Journal of Operational Research 156 (2004).
    """

    v: float = 0.5  # weight of the summed loss against the worst one
    normalisation: str = "none"
    name: str = "vikor"
    is_linear: bool = False
    needs_others: bool = True
    lower_is_better: bool = True

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Return v and the normalisation that goes before the losses."""
        return {"v": self.v, "normalisation": self.normalisation}

    def parts(self, table: Table, values: Floats) -> Floats:
        """Refuse: the compromise is not a sum over criteria."""
        del table
        refuse("method", self.name, f"has no sum over criteria (values {values.shape})")

    def _losses(self, table: Table, values: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
        """Return S, R and Q, each (..., options)."""
        scaled = normalise(self.normalisation, values, table.signs)
        span = np.ptp(scaled, axis=-2, keepdims=True)
        lost = np.where(span > 0, 1 - min_max(scaled, np.ones(scaled.shape[-1])), 0.0) * weights[..., None, :]
        summed, greatest = np.sum(lost, axis=-1), np.max(lost, axis=-1)
        return summed, greatest, self.v * _spread(summed) + (1 - self.v) * _spread(greatest)

    def merits(self, table: Table, values: Floats, weights: Floats) -> Floats:
        """Return minus Q, (..., options)."""
        return np.asarray(-self._losses(table, values, weights)[2])

    def scores(self, table: Table, values: Floats, weights: Floats) -> Scores:
        """Return Q with S, R and the compromise: the options none of which can be put above the others for sure."""
        summed, greatest, index = self._losses(table, values, weights)
        names = [table.options[place] for place in compromise(summed, greatest, index)]
        return Scores(index, -index, {"S": summed, "R": greatest, "Q": index, "compromise": names})


def compromise(summed: Floats, greatest: Floats, index: Floats) -> list[int]:
    """Return the places of the compromise, best first, by the two conditions of Opricovic & Tzeng (2004).

    The first alone where it leads by 1/(n - 1) and is best by S or by R; with the second where only the lead is there;
    else all that follow by less than 1/(n - 1).
    """
    order = [int(place) for place in np.argsort(index, kind="stable")]
    if len(order) == 1:
        return order
    first, lead = order[0], 1 / (len(order) - 1)
    has_lead = index[order[1]] - index[first] >= lead - TIE
    if has_lead:
        is_stable = 1 in {ranks(-summed)[first], ranks(-greatest)[first]}
        return [first] if is_stable else order[:2]
    return [place for place in order if index[place] - index[first] < lead - TIE]


def _spread(values: Floats) -> Floats:
    """Return 0 for the least and 1 for the greatest; 0 where all are alike."""
    low, high = np.min(values, axis=-1, keepdims=True), np.max(values, axis=-1, keepdims=True)
    span = high - low
    flat = span <= TIE * np.maximum(1.0, np.abs(high))
    return np.asarray(np.where(flat, 0.0, (values - low) / np.where(flat, 1.0, span)))
