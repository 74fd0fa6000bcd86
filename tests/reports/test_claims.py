"""What the definitions say in words of their own holds: figures of the model, and names of exhibits."""

import hashlib
import re
from pathlib import Path

from tests.conftest import DEFINITIONS, ROOT

from infracommons.insights.award_filters import AwardFilters
from infracommons.reports.sections import sections

_STATE = DEFINITIONS / "reports" / "state_of_open_infrastructure.md"
_CARD = ROOT / "docs" / "relevance_model_card.md"
_MODEL = ROOT / "src" / "infracommons" / "pipeline" / "models" / "relevance.json"
_ROWS = {
    "Folds by text": "Texts not seen in training",
    "Folds by text, definitions cautious": "Texts not seen, definitions cautious",
    "Folds by infrastructure (never seen in training)": "Infrastructures not seen",
    "Folds by infrastructure, definitions cautious": "Infrastructures not seen, definitions cautious",
}


def _cells(path: Path) -> dict[str, list[str]]:
    rows = (line.strip("|").split("|") for line in path.read_text("utf-8").splitlines() if line.startswith("|"))
    return {row[0].strip(): [cell.split("±")[0].strip() for cell in row[1:]] for row in rows}


def test_the_figures_of_the_model_are_those_of_its_card() -> None:
    card, said = _cells(_CARD), _cells(_STATE)
    for name, label in _ROWS.items():
        accuracy, _, _, f1, review, auto_accuracy, _ = card[name]
        assert said[label] == [accuracy, f1, review, auto_accuracy]


def test_the_figures_are_of_the_model_of_this_code() -> None:
    text = _STATE.read_text("utf-8")
    (checksum,) = re.findall(r"checksum\s+`([0-9a-f]+)`", text)
    assert hashlib.sha256(_MODEL.read_bytes()).hexdigest().startswith(checksum)
    pairs = re.search(r"(\d+) of award|Pairs of award and infrastructure \| (\d+), of them (\d+)", _CARD.read_text())
    assert pairs
    assert f"measured on {pairs[2]} labelled pairs" in text.replace("\n", " ")
    assert f"{pairs[3]} of them wrong mentions" in text.replace("\n", " ")


def test_the_how_to_names_every_block_filter_and_format() -> None:
    text = (ROOT / "docs" / "howto" / "reports.md").read_text("utf-8")
    for name in sections():
        assert f"`{name}`" in text or f"```{name}" in text, name
    assert "rule" in AwardFilters().parameters()
