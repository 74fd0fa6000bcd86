"""SPOTIS: the weighted distance to the best point inside fixed bounds; no option can turn the order of two others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from infracommons.methods.decisions.additive import within_anchors
from infracommons.methods.decisions.models import Scores
from infracommons.methods.decisions.table import Floats, Table


@dataclass(frozen=True)
class Spotis:
    """P(a) = sum of w_j |x_j - e_j| / (bound range), e_j the best bound or the expected point; lower is better.

    Source: Dezert, Tchamova, Han & Tacnet, The SPOTIS rank reversal free method, FUSION 2020.
    """

    name: str = "spotis"
    is_linear: bool = True
    needs_others: bool = False
    lower_is_better: bool = True

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Return nothing: bounds and expected points are the criteria's."""
        return {}

    def parts(self, table: Table, values: Floats) -> Floats:
        """Return minus the distance on each criterion, 0 to -1, (..., options, criteria)."""
        within_anchors(table, values)
        worst, best = table.anchors()
        goal = np.array(
            [top if one.expected is None else one.expected for one, top in zip(table.criteria, best, strict=True)]
        )
        return np.asarray(-np.abs(values - goal) / np.abs(best - worst))

    def merits(self, table: Table, values: Floats, weights: Floats) -> Floats:
        """Return minus the distances, (..., options)."""
        return np.asarray((self.parts(table, values) @ weights[..., None])[..., 0])

    def scores(self, table: Table, values: Floats, weights: Floats) -> Scores:
        """Return distances with those on each criterion, (options, criteria)."""
        parts = self.parts(table, values)
        return Scores(np.abs(parts @ weights), parts @ weights, {"distances": np.abs(parts)})
