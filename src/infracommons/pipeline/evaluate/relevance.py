"""Measures how well wrong mentions are told from right ones, on labelled awards that the model did not learn from."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from infracommons.methods.relevance.model import RelevanceModel
from infracommons.pipeline.definitions import load_catalogue
from infracommons.pipeline.models import RELEVANCE_MODEL, relevance_model
from infracommons.pipeline.train.figures import Flags, figures
from infracommons.pipeline.train.relevance_data import Labelled, judged, labelled
from infracommons.pipeline.train.relevance_gold import LabelledPair, read_gold
from infracommons.vocabulary.problems import UnusableInputError

if TYPE_CHECKING:
    from infracommons.pipeline.train.crossvalidate import LeftOut

_SEED = 0


def evaluate(gold: Path, definitions: Path, model: Path = RELEVANCE_MODEL) -> dict[str, Any]:
    """Return n, accuracy, false_ and auto_ figures, review_share and `method`; "false" is the class of wrong mentions.

    A pair whose text the model learned from is judged by cross-validation over the pairs given, folds grouped by text;
    the others by the stored model. Raises UnusableInputError for a file that is not labelled data.
    """
    pairs = read_gold(gold, load_catalogue(definitions))
    stored = relevance_model(model)
    seen = _seen(pairs, stored)
    data = labelled(pairs)
    probability, unsure = judged(data.whole, stored)
    left_out = _left_out(gold, data) if seen.any() else None
    if left_out:
        probability = np.where(seen, left_out.probability, probability)
        unsure = np.where(seen, left_out.unsure, unsure)
    method = _method(int(seen.sum()), len(pairs), validated=left_out is not None)
    return {**asdict(figures(data.concerns, probability, unsure)), "method": method}


def _seen(pairs: list[LabelledPair], model: RelevanceModel) -> Flags:
    known = set(model.training.get("text_hashes", ()))
    return np.array([pair.text_hash in known for pair in pairs])


def _left_out(gold: Path, data: Labelled) -> "LeftOut | None":
    """Return the cross-validated judgements; None of pairs too few for it."""
    try:
        from infracommons.pipeline.train.crossvalidate import (  # noqa: PLC0415 - needs scikit-learn
            FEWEST_TEXTS,
            cross_validate,
            fewest_texts,
        )
    except ImportError as error:
        message = f"{gold}: the model learned from texts in it; measuring needs `pip install infracommons[train]`"
        raise UnusableInputError(message) from error
    return cross_validate(data, "text", _SEED) if fewest_texts(data) >= FEWEST_TEXTS else None


def _method(seen: int, count: int, *, validated: bool) -> str:
    if not seen:
        return "stored model, which saw none of these texts"
    if not validated:
        return (
            f"stored model, which learned from {seen} of these {count} pairs' texts: optimistic; too few to do better"
        )
    again = "10-fold cross-validation grouped by text, because the stored model learned from these texts"
    if seen == count:
        return again
    return f"{seen} pairs: {again}; {count - seen} pairs: stored model, which saw none of their texts"
