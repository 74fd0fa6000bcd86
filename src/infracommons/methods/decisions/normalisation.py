"""Ways to make values of different units comparable; which one is used changes answers, so it is always named.

Each takes values of shape (..., options, criteria) and signs (criteria,), and returns the same shape with more being
better. Source: formulas as collected in Hwang & Yoon, Multiple Attribute Decision Making, 1981, chapter 3.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from infracommons.methods.decisions.table import Floats
from infracommons.methods.result import refuse


def vector(values: Floats, signs: Floats) -> Floats:
    """Return x over the length of its column; one minus that where less is better."""
    part = _over(values, np.sqrt(np.sum(values**2, axis=-2, keepdims=True)))
    return np.where(signs > 0, part, 1 - part)


def min_max(values: Floats, signs: Floats) -> Floats:
    """Return 0 for the worst option of the column and 1 for the best; 0 throughout where all are alike."""
    low, high = np.min(values, axis=-2, keepdims=True), np.max(values, axis=-2, keepdims=True)
    return np.where(signs > 0, _over(values - low, high - low), _over(high - values, high - low))


def largest(values: Floats, signs: Floats) -> Floats:
    """Return x over the largest of its column; one minus that where less is better."""
    part = _over(values, np.max(values, axis=-2, keepdims=True))
    return np.where(signs > 0, part, 1 - part)


def total(values: Floats, signs: Floats) -> Floats:
    """Return x over the sum of its column; where less is better, 1/x over the sum of 1/x. Values must be positive."""
    _positive(values, "sum")
    return np.where(signs > 0, _over(values, np.sum(values, axis=-2, keepdims=True)), _inverse_share(values))


def linear(values: Floats, signs: Floats) -> Floats:
    """Return x over the largest of its column; where less is better, the smallest over x. Values must be positive."""
    _positive(values, "linear")
    over_most = _over(values, np.max(values, axis=-2, keepdims=True))
    return np.where(signs > 0, over_most, np.min(values, axis=-2, keepdims=True) / values)


def unchanged(values: Floats, signs: Floats) -> Floats:
    """Return x, or minus x where less is better: only for criteria that already have one scale."""
    return np.asarray(values * signs)


NORMALISATIONS: dict[str, Callable[[Floats, Floats], Floats]] = {
    "vector": vector, "min_max": min_max, "max": largest, "sum": total, "linear": linear, "none": unchanged,
}  # fmt: skip


def normalise(name: str, values: Floats, signs: Floats) -> Floats:
    """Return values normalised by the rule of that name; MethodInputError for an unknown one."""
    if name not in NORMALISATIONS:
        refuse("parameters.normalisation", name, f"not one of {', '.join(NORMALISATIONS)}")
    return NORMALISATIONS[name](values, signs)


def _over(above: Any, below: Any) -> Floats:  # noqa: ANN401 - arrays that NumPy broadcasts
    """Return the quotient, 0 where the divisor is 0: a column in which all are alike decides nothing."""
    return np.asarray(
        np.divide(above, below, out=np.zeros(np.broadcast_shapes(above.shape, below.shape)), where=below != 0)
    )


def _inverse_share(values: Floats) -> Floats:
    return np.asarray((1 / values) / np.sum(1 / values, axis=-2, keepdims=True))


def _positive(values: Floats, name: str) -> None:
    if np.any(values <= 0):
        refuse("parameters.normalisation", name, "needs values above zero throughout; choose min_max or vector")
