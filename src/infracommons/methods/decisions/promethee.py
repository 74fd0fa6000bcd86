"""PROMETHEE II: every pair of options compared on every criterion, and how much each is preferred on the whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from infracommons.methods.decisions.models import Scores
from infracommons.methods.decisions.table import Floats, Preference, Table
from infracommons.methods.result import refuse

SHAPES = ("usual", "u_shape", "v_shape", "level", "linear", "gaussian")


@dataclass(frozen=True)
class Promethee2:
    """phi(a) = 1/(n - 1) sum over b of pi(a, b) - pi(b, a), with pi(a, b) = sum of w_j P_j(a_j - b_j); -1 to 1.

    P_j is each criterion's preference function. Source: Brans & Vincke, A Preference Ranking Organisation Method,
    Management Science 31 (1985).
    """

    name: str = "promethee_2"
    is_linear: bool = True  # in the weights
    needs_others: bool = True
    lower_is_better: bool = False

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Return nothing: shapes and thresholds are the criteria's."""
        return {}

    def parts(self, table: Table, values: Floats) -> Floats:
        """Return the net flow on each criterion alone, -1 to 1, (..., options, criteria)."""
        plus, minus = _flows(table, values)
        return plus - minus

    def merits(self, table: Table, values: Floats, weights: Floats) -> Floats:
        """Return net flows, (..., options)."""
        return np.asarray((self.parts(table, values) @ weights[..., None])[..., 0])

    def scores(self, table: Table, values: Floats, weights: Floats) -> Scores:
        """Return net flows with what speaks for and against each option."""
        plus, minus = _flows(table, values)
        net = (plus - minus) @ weights
        further = {"positive_flow": plus @ weights, "negative_flow": minus @ weights, "contributions": (plus - minus)}
        return Scores(net, net, further | {"contributions": (plus - minus) * weights})


def preference(shape: Preference, difference: Floats, slack: float = 0.0) -> Floats:
    """Return 0 to 1 for each advantage; `slack` is what rounding may add, so that a difference equal to q is not above.

    usual: 1 above 0. u_shape: 1 above q. v_shape: d/p up to p. level: 1/2 above q, 1 above p. linear: from 0 at q to 1
    at p. gaussian: 1 - exp(-d^2 / 2 s^2) above 0.
    """
    ahead, wide = difference > slack, difference > shape.p + slack
    beyond = difference > shape.q + slack
    if shape.shape == "usual":
        found = ahead.astype(np.float64)
    elif shape.shape == "u_shape":
        found = beyond.astype(np.float64)
    elif shape.shape == "level":
        found = (beyond.astype(np.float64) + wide) / 2
    elif shape.shape == "v_shape":
        found = np.where(ahead, np.minimum(difference / shape.p, 1.0), 0.0)
    elif shape.shape == "linear":
        run = shape.p - shape.q
        found = (
            wide.astype(np.float64) if not run else np.where(beyond, np.minimum((difference - shape.q) / run, 1.0), 0.0)
        )
    elif shape.shape == "gaussian":
        found = np.where(ahead, 1 - np.exp(-(difference**2) / (2 * shape.s**2)), 0.0)
    else:
        refuse("preference.shape", shape.shape, f"not one of {', '.join(SHAPES)}")
    return found


def _flows(table: Table, values: Floats) -> tuple[Floats, Floats]:
    """Return what speaks for and against each option on each criterion, each (..., options, criteria)."""
    plus, minus = np.zeros(values.shape), np.zeros(values.shape)
    others = max(1, values.shape[-2] - 1)
    for place, (one, sign) in enumerate(zip(table.criteria, table.signs, strict=True)):
        column = values[..., place] * sign
        slack = 1e-12 * max(1e-300, float(np.abs(column).max()))
        for_each = preference(one.preference, column[..., :, None] - column[..., None, :], slack)
        plus[..., place] = for_each.sum(axis=-1) / others
        minus[..., place] = for_each.sum(axis=-2) / others
    return plus, minus
