"""What is measured of judgements: figures of the class of wrong mentions, with and without the least sure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from infracommons.pipeline.train.relevance_data import Groups, Numbers

Flags: TypeAlias = npt.NDArray[np.bool_]
MOST_REVIEW = 0.10  # a person's time is bounded: at most the least sure tenth is left


@dataclass(frozen=True)
class Figures:
    """`false_` figures are of the class of wrong mentions; `auto_` figures leave out what a person would decide."""

    n: int
    accuracy: float
    false_precision: float
    false_recall: float
    false_f1: float
    review_share: float
    auto_accuracy: float
    auto_false_f1: float


def figures(concerns: Groups, probability: Numbers, unsure: Groups) -> Figures:
    """Return figures of probabilities that awards concern the infrastructure; `unsure` marks what is for a person.

    Of more unsure rows than MOST_REVIEW allows, the least sure are left for a person and the others decided.
    """
    kept = ~left_for_a_person(probability, unsure)
    wrong, said = concerns == 0, probability < 0.5  # noqa: PLR2004 - even odds
    precision, recall, f1 = _scores(wrong, said)
    auto_f1 = _scores(wrong[kept], said[kept])[2]
    return Figures(
        n=len(concerns),
        accuracy=round(float((wrong == said).mean()), 4),
        false_precision=round(precision, 4),
        false_recall=round(recall, 4),
        false_f1=round(f1, 4),
        review_share=round(float(1 - kept.mean()), 4),
        auto_accuracy=round(float((wrong[kept] == said[kept]).mean()), 4) if kept.any() else 0.0,
        auto_false_f1=round(auto_f1, 4),
    )


def left_for_a_person(probability: Numbers, unsure: Groups) -> Flags:
    """Return which rows are left for a person: the unsure ones, but at most the least sure MOST_REVIEW."""
    room = math.floor(MOST_REVIEW * len(probability))
    order = np.argsort(np.where(unsure == 1, np.abs(probability - 0.5), 1.0), kind="stable")
    left = np.zeros(len(probability), dtype=bool)
    left[order[: min(room, int(unsure.sum()))]] = True
    return left


def mean_and_spread(values: Sequence[float]) -> tuple[float, float]:
    """Return mean and standard deviation over repetitions."""
    return round(float(np.mean(values)), 4), round(float(np.std(values)), 4)


def _scores(truth: Flags, said: Flags) -> tuple[float, float, float]:
    hit, claimed, real = int((truth & said).sum()), int(said.sum()), int(truth.sum())
    precision, recall = hit / max(1, claimed), hit / max(1, real)
    return precision, recall, 2 * hit / max(1, claimed + real)
