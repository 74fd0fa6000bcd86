"""Fits the relevance model: a regularised logistic regression on scaled features, calibrated, with its thresholds."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from infracommons.methods.relevance.features import CUE, CUE_COUNT, KNOWN, PAST, SHAPE, SURFACE
from infracommons.methods.relevance.model import RelevanceModel
from infracommons.pipeline.train.relevance_data import Groups, Labelled, Numbers

REVIEW_SHARE = 0.10  # of the labelled pairs: the least sure, left for a person
# How freely each family of features may weigh: measured once by cross-validated log loss, which is flat around here.
FAMILY_SCALE = {KNOWN: 0.5, CUE_COUNT: 0.5, SHAPE: 0.5, SURFACE: 0.25, CUE: 0.5, PAST: 1.0}
_STANDARDISED = (KNOWN, CUE_COUNT, SHAPE)
_LEAST_SPREAD = 0.2  # a rarer feature is not blown up
_LEAST_ROWS = 2
_STRENGTHS = (0.3, 1.0, 3.0)  # inverse regularisation, chosen inside the training data
_INNER_FOLDS = 5
_ROUNDS = 5000


@dataclass(frozen=True)
class _Scale:
    """Which features are used, and what turns a value into a number of the regression's size."""

    column: Mapping[str, int]
    mean: Numbers
    factor: Numbers

    def matrix(self, rows: Sequence[Mapping[str, float]]) -> Numbers:
        out = np.zeros((len(rows), len(self.column)))
        for number, row in enumerate(rows):
            for name, value in row.items():
                if name in self.column:
                    out[number, self.column[name]] = value
        scaled: Numbers = (out - self.mean) * self.factor
        return scaled


def fit(data: Labelled, seed: int, training: Mapping[str, Any] | None = None) -> RelevanceModel:
    """Return a model fitted on all rows of the data; what it chooses (strength, calibration) it chooses inside them."""
    scale = _scale(data.whole)
    whole, cautious = scale.matrix(data.whole), scale.matrix(data.cautious)
    strength, odds = _chosen(whole, cautious, data, seed)
    slope, offset = _calibration(odds, data.concerns)
    regression = _regression(strength, whole, cautious, data.concerns)
    weights = slope * regression.coef_[0] * scale.factor
    width = float(np.quantile(np.abs(slope * odds[: len(data.concerns)] + offset), REVIEW_SHARE))
    return RelevanceModel(
        intercept=round(float(slope * regression.intercept_[0] + offset), 6),
        weights={name: round(float(weights[column]), 6) for name, column in scale.column.items()},
        means={name: round(float(scale.mean[column]), 6) for name, column in scale.column.items()},
        accept=round(_probability(width), 4),
        reject=round(_probability(-width), 4),
        training={**(training or {}), "strength": strength},
    )


def _scale(rows: Sequence[Mapping[str, float]]) -> _Scale:
    counts = Counter(name for row in rows for name, value in row.items() if value)
    names = sorted(name for name, count in counts.items() if count >= _LEAST_ROWS)
    mean, factor = np.zeros(len(names)), np.ones(len(names))
    for column, name in enumerate(names):
        family = name.partition(":")[0]
        factor[column] = FAMILY_SCALE[family]
        if family in _STANDARDISED:
            values = np.array([row.get(name, 0.0) for row in rows])
            mean[column] = values.mean()
            factor[column] /= max(_LEAST_SPREAD, float(values.std()))
    return _Scale({name: column for column, name in enumerate(names)}, mean, factor)


def _chosen(whole: Numbers, cautious: Numbers, data: Labelled, seed: int) -> tuple[float, Numbers]:
    """Return the strength with the least log loss on texts left out, and the log odds of whole and cautious rows."""
    folds = StratifiedGroupKFold(_INNER_FOLDS, shuffle=True, random_state=seed)
    parts = list(folds.split(whole, data.concerns, data.text_group))
    best: tuple[float, float, Numbers] | None = None
    for strength in _STRENGTHS:
        odds = np.zeros((2, len(data.concerns)))
        for train, test in parts:
            fitted = _regression(strength, whole[train], cautious[train], data.concerns[train])
            odds[:, test] = fitted.decision_function(whole[test]), fitted.decision_function(cautious[test])
        loss = float(np.logaddexp(0, np.where(data.concerns == 1, -odds, odds)).mean())
        if best is None or loss < best[0]:
            best = loss, strength, odds.ravel()
    assert best is not None  # noqa: S101 - there are strengths
    return best[1], best[2]


def _regression(strength: float, whole: Numbers, cautious: Numbers, concerns: Groups) -> LogisticRegression:
    """Fit on each row twice, with the whole definition and the cautious one, each of half weight."""
    rows, labels = np.vstack([whole, cautious]), np.concatenate([concerns, concerns])
    half = np.full(len(labels), 0.5)
    return LogisticRegression(C=strength, max_iter=_ROUNDS).fit(rows, labels, sample_weight=half)


def _calibration(odds: Numbers, concerns: Groups) -> tuple[float, float]:
    """Return slope and offset that make log odds of texts left out into honest ones (Platt)."""
    fitted = LogisticRegression(C=1e6, max_iter=_ROUNDS).fit(odds.reshape(-1, 1), np.tile(concerns, 2))
    return max(0.1, float(fitted.coef_[0][0])), float(fitted.intercept_[0])


def _probability(odds: float) -> float:
    return 1 / (1 + float(np.exp(-odds)))
