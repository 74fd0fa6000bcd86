"""Training on a small labelled set of our own, in the shape of the real one."""

import json
import sys
from pathlib import Path

import pytest

from infracommons.pipeline.evaluate.relevance import evaluate
from infracommons.pipeline.models import relevance_model
from infracommons.pipeline.train import relevance
from infracommons.pipeline.train.relevance import train
from infracommons.vocabulary.problems import UnusableInputError

DEFINITIONS = Path(__file__).parents[3] / "definitions"
TOPICS = (
    "frogs", "tides", "grammar", "volcanoes", "bees", "poverty", "glass", "opera", "wheat", "sleep", "rivers",
    "proteins", "trade", "bridges", "lichens", "memory", "quarks", "nurses", "maps", "salt", "otters", "law",
    "mosaics", "bats",
)  # fmt: skip
HEADER = "grant_id,infrastructure,title,description,relevant\n"


def right(topic: str) -> str:
    return (
        f"x,dryad,A study of {topic},Data on {topic} will be deposited in the Dryad Digital Repository for {topic},TRUE"
    )


def wrong(topic: str) -> str:
    return f"x,fulcrum,What moves {topic},Of all that is said the fulcrum of {topic} is love of {topic},FALSE"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.csv"
    path.write_text(HEADER + "\n".join([*map(right, TOPICS), *map(wrong, TOPICS)]) + "\n")
    return path


def test_a_model_and_its_card_come_of_labelled_awards(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relevance, "SEEDS", (0,))
    model, card = tmp_path / "model.json", tmp_path / "docs" / "card.md"
    figures = train(gold, DEFINITIONS, model, card)
    assert figures["n"] == 48
    assert figures["false_f1"] > 0.95
    stored = relevance_model(model)
    assert stored.training["pairs"] == 48
    assert stored.training["wrong_mentions"] == 24
    assert "Folds by text" in card.read_text()
    assert json.loads(model.read_text())["training"]["data_sha256"] in card.read_text()

    seen = evaluate(gold, DEFINITIONS, model)
    assert "cross-validation" in seen["method"]
    new = tmp_path / "new.csv"
    new.write_text(HEADER + right("ferns") + "\n" + wrong("ferns") + "\n")
    unseen = evaluate(new, DEFINITIONS, model)
    assert unseen["method"] == "stored model, which saw none of these texts"
    assert (unseen["n"], unseen["accuracy"], unseen["false_f1"]) == (2, 1.0, 1.0)
    new.write_text(HEADER + right("frogs") + "\n" + wrong("ferns") + "\n")
    assert "learned from 1 of these 2" in evaluate(new, DEFINITIONS, model)["method"]
    new.write_text(gold.read_text() + right("ferns") + "\n")
    assert evaluate(new, DEFINITIONS, model)["method"].endswith("1 pairs: stored model, which saw none of their texts")

    monkeypatch.setitem(sys.modules, "infracommons.pipeline.train.crossvalidate", None)
    with pytest.raises(UnusableInputError, match=r"infracommons\[train\]"):
        evaluate(gold, DEFINITIONS, model)


def test_too_few_labelled_awards_are_refused(tmp_path: Path) -> None:
    gold = tmp_path / "gold.csv"
    gold.write_text(HEADER + "\n".join([*map(right, TOPICS), *map(wrong, TOPICS[:3])]) + "\n")
    with pytest.raises(UnusableInputError, match=r"gold\.csv: 3 texts .*needs 20"):
        train(gold, DEFINITIONS, tmp_path / "model.json", tmp_path / "card.md")
    assert not (tmp_path / "model.json").exists()
