"""Trains the relevance model from labelled awards, measures it, and writes the model and its card."""

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from infracommons.pipeline.definitions import load_catalogue
from infracommons.pipeline.models import RELEVANCE_MODEL
from infracommons.pipeline.raw import sha256
from infracommons.pipeline.train.crossvalidate import (
    FEWEST_TEXTS,
    FOLDS,
    GroupBy,
    LeftOut,
    cross_validate,
    fewest_texts,
)
from infracommons.pipeline.train.figures import Figures, mean_and_spread
from infracommons.pipeline.train.fit import fit
from infracommons.pipeline.train.relevance_card import model_card
from infracommons.pipeline.train.relevance_data import Labelled, labelled
from infracommons.pipeline.train.relevance_gold import LabelledPair, read_gold
from infracommons.vocabulary.problems import UnusableInputError

MODEL_CARD = Path("docs") / "relevance_model_card.md"
SEEDS = (0, 1, 2, 3, 4)
Spread = dict[str, tuple[float, float]]


def train(gold: Path, definitions: Path, model: Path = RELEVANCE_MODEL, card: Path = MODEL_CARD) -> dict[str, Any]:
    """Write the model (JSON) and its card (Markdown), and return the cross-validated figures with both paths.

    Raises UnusableInputError for a file that is not labelled data, or too little of it.
    """
    pairs = read_gold(gold, load_catalogue(definitions))
    data = labelled(pairs)
    if (texts := fewest_texts(data)) < FEWEST_TEXTS:
        message = (
            f"{gold}: {texts} texts with right mentions, or with wrong ones; training needs {FEWEST_TEXTS} of each"
        )
        raise UnusableInputError(message)
    left_out = {by: [cross_validate(data, by, seed) for seed in SEEDS] for by in _grouped_by(data)}
    measured: dict[str, dict[str, Spread]] = {by: _spreads(runs, data) for by, runs in left_out.items()}
    fitted = fit(data, SEEDS[0], _facts(gold, pairs, data))
    _write(model, json.dumps(fitted.to_json(), indent=1, ensure_ascii=False) + "\n")
    _write(card, model_card(fitted, measured, left_out["text"], data.concerns))
    text = measured["text"]["whole"]
    return {
        "n": len(pairs),
        **{name: text[name][0] for name in text},
        "false_f1_spread": text["false_f1"][1],
        "auto_false_f1_spread": text["auto_false_f1"][1],
        "method": f"{FOLDS}-fold cross-validation grouped by text, mean of {len(SEEDS)} repetitions",
        "model": str(model),
        "card": str(card),
    }


def _grouped_by(data: Labelled) -> list[GroupBy]:
    enough = len(set(data.infrastructure_group.tolist())) >= FOLDS
    return ["text", "infrastructure"] if enough else ["text"]


def _spreads(runs: list[LeftOut], data: Labelled) -> dict[str, Spread]:
    views = {
        "whole": [asdict(run.figures(data.concerns)) for run in runs],
        "cautious": [asdict(run.cautious_figures(data.concerns)) for run in runs],
    }
    names = [field.name for field in fields(Figures) if field.name != "n"]
    return {view: {name: mean_and_spread([f[name] for f in found]) for name in names} for view, found in views.items()}


def _facts(gold: Path, pairs: list[LabelledPair], data: Labelled) -> dict[str, Any]:
    return {
        "data_file": gold.name,
        "data_sha256": sha256(gold),
        "pairs": len(pairs),
        "wrong_mentions": int((data.concerns == 0).sum()),
        "texts": len(set(data.text_group.tolist())),
        "infrastructures": len(set(data.infrastructure_group.tolist())),
        "text_hashes": sorted({pair.text_hash for pair in pairs}),
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
