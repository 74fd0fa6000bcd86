"""Weights of criteria: given directly, by swings, by pairwise comparison (AHP) with its consistency, or equal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from infracommons.methods.decisions.table import TIE, Floats
from infracommons.methods.result import Check, refuse

# Mean consistency index of random reciprocal matrices of 1 to 15 rows: Saaty, The Analytic Hierarchy Process, 1980.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
LARGEST_RATIO = 0.1  # Saaty's rule of thumb


@dataclass(frozen=True)
class Weights:
    """Weights that sum to 1, in the order of the criteria, how they were had, and what was checked of them."""

    values: Floats
    method: str
    given: Any
    checks: tuple[Check, ...] = ()


def direct(given: Sequence[float], names: Sequence[str], *, where: str = "weights", method: str = "direct") -> Weights:
    """Return the weights divided by their sum; MethodInputError where one is negative or all are zero."""
    for name, weight in zip(names, given, strict=True):
        if not weight >= 0:
            refuse(f"{where}.{name}", weight, "a weight is zero or more")
    whole = sum(given)
    if not whole:
        refuse(where, dict(zip(names, given, strict=True)), "weights sum to zero, so nothing counts")
    words = "Weights sum to 1 as given." if abs(whole - 1) < TIE else f"Weights summed to {whole:g}: divided by that."
    check = Check("weights_sum_to_one", holds=True, words=words)
    return Weights(np.array(given, dtype=np.float64) / whole, method, dict(zip(names, given, strict=True)), (check,))


def swing(points: Sequence[float], names: Sequence[str], *, where: str = "swing") -> Weights:
    """Return weights from swings: points for going from worst to best on each criterion, the greatest swing 100.

    Source: von Winterfeldt & Edwards, Decision Analysis and Behavioral Research, 1986, chapter 8.
    """
    found = direct(points, names, where=where, method="swing")
    top = max(points)
    words = "The greatest swing has 100 points." if top == 100 else f"The greatest swing has {top:g} points, not 100."  # noqa: PLR2004
    check = Check("greatest_swing_is_100", holds=top == 100, words=words)  # noqa: PLR2004
    return Weights(found.values, found.method, found.given, (*found.checks, check))


def equal(names: Sequence[str]) -> Weights:
    """Return the same weight for every criterion."""
    return direct([1.0] * len(names), names, method="equal")


def pairwise(matrix: Sequence[Sequence[float]], names: Sequence[str], *, where: str = "ahp") -> Weights:
    """Return weights by AHP: the main eigenvector of judgements a_ij, "how many times i matters as much as j".

    The consistency ratio is ((lambda - n)/(n - 1)) / random index; above 0.1 the judgements contradict each other and
    the check fails, with the judgement that is furthest from the weights as witness. MethodInputError for a matrix that
    is not square, not positive or not reciprocal. Source: Saaty, 1980.
    """
    judged = _judgements(matrix, names, where)
    number = len(names)
    roots, vectors = np.linalg.eig(judged)
    main = int(np.argmax(roots.real))
    weights = np.abs(vectors[:, main].real)
    weights /= weights.sum()
    if number > len(RANDOM_INDEX):
        check = Check("judgements_consistent", None, f"No random index is published for {number} criteria.")
    else:
        check = _consistency(float(roots[main].real), judged, weights, names)
    return Weights(weights, "ahp", judged.tolist(), (check,))


def _consistency(root: float, judged: Floats, weights: Floats, names: Sequence[str]) -> Check:
    """Return the check of consistency, with the ratio and the judgement that fits worst."""
    number = len(names)
    index = max(0.0, (root - number) / (number - 1)) if number > 1 else 0.0
    ratio = index / RANDOM_INDEX[number - 1] if RANDOM_INDEX[number - 1] else 0.0
    off = np.abs(np.log(judged * weights[None, :] / weights[:, None]))
    row, column = (int(place) for place in np.unravel_index(int(np.argmax(off)), off.shape))
    holds = ratio <= LARGEST_RATIO
    worst = {"row": names[row], "column": names[column], "said": float(judged[row, column]),
             "weights_say": float(weights[row] / weights[column])}  # fmt: skip
    witness = {"consistency_ratio": ratio, "consistency_index": index, "main_eigenvalue": root,
               "random_index": RANDOM_INDEX[number - 1]}  # fmt: skip
    words = f"The consistency ratio is {ratio:.4f}; " + ("at most 0.1." if holds else "above 0.1: ask again.")
    return Check("judgements_consistent", holds, words, witness if holds else witness | {"worst_judgement": worst})


def _judgements(matrix: Sequence[Sequence[float]], names: Sequence[str], where: str) -> Floats:
    """Return the matrix, checked."""
    number = len(names)
    if len(matrix) != number or any(len(row) != number for row in matrix):
        refuse(where, matrix, f"expected {number} rows of {number} judgements")
    judged = np.array(matrix, dtype=np.float64)
    for i in range(number):
        for j in range(number):
            if not judged[i, j] > 0:
                refuse(f"{where}[{i}][{j}]", matrix[i][j], "a judgement is above zero")
            # Judgements such as 0.33 for one third are as people write them.
            if abs(judged[i, j] * judged[j, i] - 1) > 0.05:  # noqa: PLR2004
                refuse(f"{where}[{i}][{j}]", matrix[i][j], f"not one over the judgement [{j}][{i}], {matrix[j][i]}")
    return judged
