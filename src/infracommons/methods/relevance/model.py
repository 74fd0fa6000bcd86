"""The learned part of judging: a calibrated linear model as plain numbers, with the thresholds for deciding."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

Decision = Literal["supports", "rejected", "needs_review"]
FORMAT = 1
_TINY = 0.01  # log odds; a smaller part decides nothing
_DECIMALS = 4  # of a probability; finer ones would differ between machines


class ModelFormatError(ValueError):
    """The stored model cannot be used; the message says what is wrong with it."""


@dataclass(frozen=True)
class RelevanceModel:
    """Log odds that an award concerns an infrastructure = intercept + sum of weight times (value - mean).

    `mean` is what a training text had on average, so that a feature's part in the sum says what is unusual.
    A probability of at least `accept` is decided as support, one of at most `reject` as a wrong mention.
    """

    intercept: float
    weights: Mapping[str, float]
    means: Mapping[str, float]
    accept: float
    reject: float
    training: Mapping[str, Any]  # facts about the training, `text_hashes` among them

    @cached_property
    def _base(self) -> float:
        return self.intercept - math.fsum(weight * self.means.get(name, 0.0) for name, weight in self.weights.items())

    def probability(self, values: Mapping[str, float]) -> float:
        """Return the probability, 0 to 1, that the award concerns the infrastructure."""
        weights = self.weights
        parts = [weights[name] * value for name, value in values.items() if name in weights]
        odds = self._base + math.fsum(parts)
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, odds)))), _DECIMALS)

    def decide(self, probability: float) -> Decision:
        """Return the decision for a probability; between the thresholds it is left for a person."""
        if probability >= self.accept:
            return "supports"
        return "rejected" if probability <= self.reject else "needs_review"

    def parts(self, values: Mapping[str, float]) -> dict[str, float]:
        """Return each feature's part in the log odds, compared with an average training text; tiny ones are left out.

        Absence counts as well: a feature that most texts have has a part where a text lacks it.
        """
        weights, means = self.weights, self.means
        present = {n: weights[n] * (v - means.get(n, 0.0)) for n, v in values.items() if n in weights}
        absent = {n: -weights[n] * mean for n, mean in means.items() if n not in values}
        return {n: part for n, part in (present | absent).items() if abs(part) > _TINY}

    def to_json(self) -> dict[str, Any]:
        """Return the model as JSON values; `from_json` is the way back."""
        features = {name: [weight, self.means.get(name, 0.0)] for name, weight in sorted(self.weights.items())}
        return {
            "format": FORMAT,
            "training": dict(self.training),
            "thresholds": {"accept": self.accept, "reject": self.reject},
            "intercept": self.intercept,
            "features": features,
        }

    @classmethod
    def from_json(cls, stored: object) -> "RelevanceModel":
        """Return the model of JSON values. Raises ModelFormatError for another format or a missing part."""
        if not isinstance(stored, dict) or stored.get("format") != FORMAT:
            message = f"relevance model: not one of format {FORMAT}"
            raise ModelFormatError(message)
        try:
            return cls(
                intercept=float(stored["intercept"]),
                weights={name: float(pair[0]) for name, pair in stored["features"].items()},
                means={name: float(pair[1]) for name, pair in stored["features"].items() if pair[1]},
                accept=float(stored["thresholds"]["accept"]),
                reject=float(stored["thresholds"]["reject"]),
                training=stored["training"],
            )
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
            message = f"relevance model: not whole: {error!r}"
            raise ModelFormatError(message) from error
