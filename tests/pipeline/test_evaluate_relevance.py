from pathlib import Path

import pytest

from infracommons.pipeline.evaluate.relevance import evaluate

DEFINITIONS = Path(__file__).parents[2] / "definitions"
GOLD = Path(__file__).parents[3] / "shared" / "data" / "gold" / "relevance.csv"


@pytest.mark.real_data
@pytest.mark.skipif(not GOLD.exists(), reason="the labelled awards are not beside the project")
def test_wrong_mentions_are_found_as_well_as_we_promise() -> None:
    figures = evaluate(GOLD, DEFINITIONS)
    assert figures["n"] == 615
    assert "cross-validation" in figures["method"]
    assert figures["false_f1"] >= 0.90
    assert figures["review_share"] <= 0.10
    assert figures["auto_false_f1"] >= 0.94
