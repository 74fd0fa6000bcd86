import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from infracommons.methods.matching.finder import Finder
from infracommons.methods.relevance.model import RelevanceModel
from infracommons.pipeline.definitions import load_catalogue
from infracommons.pipeline.engines import open_engine
from infracommons.pipeline.models import RELEVANCE_MODEL, relevance_model
from infracommons.pipeline.stages.judge import JUDGED, judge, judging
from infracommons.pipeline.stages.match import field_finders
from infracommons.vocabulary.definitions import Infrastructure
from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.tables import DECIDERS, DECISIONS

DEFINITIONS = Path(__file__).parents[3] / "definitions"
DEPOSITS = (
    "Trait measurements and scripts will be archived in the Dryad Digital Repository (datadryad.org) on publication."
)
PIVOTS = "The village square is the fulcrum of social life, and funerals are the fulcrum on which grief turns."
CITES = "Earlier bounds are weak. References: [1] A. Smith et al. Bounds. bioRxiv, 2019. [2] C. Roe. J. Biol. 2018."


@pytest.fixture(scope="module")
def catalogue() -> list[Infrastructure]:
    return load_catalogue(DEFINITIONS)


@pytest.fixture(scope="module")
def model() -> RelevanceModel:
    return relevance_model()


@pytest.fixture(scope="module")
def finder(catalogue: list[Infrastructure]) -> Finder:
    return field_finders(catalogue)["description"]


def pair(award_id: str, infrastructure_id: str, description: str, finder: Finder) -> dict[str, Any]:
    mentions = [
        {"field": "description", "start": m.start, "end": m.end, "text": description[m.start : m.end], "rule": "r"}
        for m in finder.find([description])
        if m.infrastructure_id == infrastructure_id
    ]
    return {
        "award_id": award_id,
        "infrastructure_id": infrastructure_id,
        "title": None,
        "description": description,
        "recipient_name": None,
        "award_year": 2020,
        "mentions": mentions,
    }


def test_right_mentions_are_told_from_other_meanings_and_citations(
    tmp_path: Path, catalogue: list[Infrastructure], finder: Finder, model: RelevanceModel
) -> None:
    rows = [
        pair("a", "dryad", DEPOSITS, finder),
        pair("b", "fulcrum", PIVOTS, finder),
        pair("c", "biorxiv", CITES, finder),
    ]
    engine = open_engine("duckdb", tmp_path)
    judged = engine.collect(judge(engine, engine.table(pa.Table.from_pylist(rows)), catalogue, model))
    engine.close()
    assert judged.schema.equals(JUDGED)
    said = {row["award_id"]: row for row in judged.to_pylist()}
    assert said["a"]["decision"] == "supports"
    assert said["b"]["decision"] == "rejected"
    assert said["c"]["decision"] == "rejected"
    assert all(row["decision"] in DECISIONS and row["decided_by"] in DECIDERS for row in said.values())
    assert all(row["reason"] for row in said.values())


def test_the_order_of_mentions_and_rows_changes_nothing(
    catalogue: list[Infrastructure], finder: Finder, model: RelevanceModel
) -> None:
    rows = [pair("a", "dryad", DEPOSITS + " More is said of frogs." * 30 + DEPOSITS, finder)]
    assert len(rows[0]["mentions"]) > 1
    turned = [dict(rows[0], mentions=rows[0]["mentions"][::-1])]
    judged = judging(catalogue, model)
    assert judged(pa.RecordBatch.from_pylist(rows)).equals(judged(pa.RecordBatch.from_pylist(turned)))


def test_an_award_without_any_text_is_judged_too(
    catalogue: list[Infrastructure], finder: Finder, model: RelevanceModel
) -> None:
    row = pair("a", "dryad", "", finder) | {"description": None, "award_year": None, "mentions": None}
    schema = pa.RecordBatch.from_pylist([pair("a", "dryad", DEPOSITS, finder)]).schema
    judged = judging(catalogue, model)(pa.RecordBatch.from_pylist([row], schema)).to_pylist()
    assert 0 <= judged[0]["probability"] <= 1


def test_an_infrastructure_without_a_past_is_judged_by_its_definition(
    catalogue: list[Infrastructure], finder: Finder, model: RelevanceModel
) -> None:
    unseen = [i for i in catalogue if f"past:{i.infrastructure_id}" not in model.weights]
    assert len(unseen) > 20
    judged = judging(catalogue, model)
    said = [
        judged(pa.RecordBatch.from_pylist([pair("a", i.infrastructure_id, e.text, finder)]))
        for i in unseen
        for e in i.terms.matching_examples
        if e.field == "description"
    ]
    supports = sum(batch.column("decision")[0].as_py() == "supports" for batch in said)
    rejected = sum(batch.column("decision")[0].as_py() == "rejected" for batch in said)
    assert supports > 0.8 * len(said)
    assert rejected < 0.02 * len(said)


def test_the_committed_model_keeps_no_text_of_an_award() -> None:
    stored = json.loads(RELEVANCE_MODEL.read_text(encoding="utf-8"))
    assert all(len(text_hash) == 12 and int(text_hash, 16) >= 0 for text_hash in stored["training"]["text_hashes"])
    assert {name.partition(":")[0] for name in stored["features"]} <= {
        "shape", "known", "surface", "cues", "cue", "past",
    }  # fmt: skip
    assert 0 < stored["thresholds"]["reject"] < 0.5 < stored["thresholds"]["accept"] < 1


@pytest.mark.parametrize("content", [None, "{", '{"format": 1}', "[]"])
def test_a_missing_or_damaged_model_says_how_to_make_one(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UnusableInputError, match=r"model\.json.*infracommons train relevance"):
        relevance_model(path)
