"""How many awards a second are judged, features and all, on one core."""

import csv
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
from bench.real_data import SHARED

from infracommons.methods.matching.finder import Finder
from infracommons.pipeline.definitions import load_catalogue
from infracommons.pipeline.models import relevance_model
from infracommons.pipeline.stages.judge import judging
from infracommons.pipeline.stages.match import field_finders
from infracommons.vocabulary.definitions import TextField
from infracommons.vocabulary.text import clean

LEAST_AWARDS = 20_000


def measure_judging() -> dict[str, float]:
    """Return awards and awards a second, over the labelled awards repeated."""
    infrastructures = load_catalogue(Path("definitions"))
    judge = judging(infrastructures, relevance_model())
    batch = pa.RecordBatch.from_pylist(_pairs(field_finders(infrastructures)))
    judge(batch.slice(0, 50))  # an infrastructure is compiled when it is first met
    repeats = -(-LEAST_AWARDS // batch.num_rows)
    began = time.perf_counter()
    for _ in range(repeats):
        judge(batch)
    seconds = time.perf_counter() - began
    awards = repeats * batch.num_rows
    return {"awards": awards, "seconds": round(seconds, 2), "per_second": round(awards / seconds)}


def _pairs(finders: Mapping[TextField, Finder]) -> list[dict[str, Any]]:
    """Return the labelled texts with every mention in them, as the judge gets them."""
    with (SHARED / "gold" / "relevance.csv").open(encoding="utf-8", newline="") as lines:
        gold = list(csv.DictReader(lines))
    pairs: list[dict[str, Any]] = []
    for number, row in enumerate(gold):
        texts: dict[TextField, str] = {"title": clean(row["title"]), "description": clean(row["description"])}
        places: dict[str, list[dict[str, object]]] = {}
        for name, text in texts.items():
            for found in finders[name].find([text]):
                place: dict[str, object] = {
                    "field": name,
                    "start": found.start,
                    "end": found.end,
                    "text": text[found.start : found.end],
                }
                places.setdefault(found.infrastructure_id, []).append(place)
        pairs += [
            {
                "award_id": str(number), "infrastructure_id": infrastructure_id, "title": texts["title"],
                "description": texts["description"], "recipient_name": None, "award_year": None, "mentions": mentions,
            }
            for infrastructure_id, mentions in places.items()
        ]  # fmt: skip
    return pairs
