"""Learned models that come with the program, as JSON that a person can review."""

import json
from pathlib import Path

from infracommons.methods.relevance.model import ModelFormatError, RelevanceModel
from infracommons.vocabulary.problems import UnusableInputError

RELEVANCE_MODEL = Path(__file__).with_name("relevance.json")


def relevance_model(path: Path = RELEVANCE_MODEL) -> RelevanceModel:
    """Return a stored relevance model. Raises UnusableInputError where the file is missing or not a model."""
    try:
        return RelevanceModel.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, ModelFormatError) as error:
        message = f"{path}: no usable relevance model ({error}); make one with `infracommons train relevance GOLD.csv`"
        raise UnusableInputError(message) from error
