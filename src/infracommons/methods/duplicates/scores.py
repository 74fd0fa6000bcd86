"""How well pairs were told: precision, recall and their harmonic mean for the class of same awards."""

from collections.abc import Sequence
from typing import NamedTuple


class PairScores(NamedTuple):
    """n: pairs scored. The other three are fractions of 1; a fraction of nothing is 0."""

    n: int
    precision: float
    recall: float
    f1: float


def pair_scores(truth: Sequence[bool], said: Sequence[bool]) -> PairScores:
    """Compare what is true of each pair with what was said; ValueError for lists of different length."""
    right = sum(t and s for t, s in zip(truth, said, strict=True))
    precision = right / sum(said) if any(said) else 0.0
    recall = right / sum(truth) if any(truth) else 0.0
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return PairScores(len(truth), precision, recall, f1)
