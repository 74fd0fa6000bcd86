"""Tells what kind of support an award gives: direct, adjacent, adopt or unknown, and what direct support pays for."""

from collections.abc import Sequence
from typing import Any

import ibis
import pyarrow as pa

from infracommons.methods.support_type.passages import Place, passages
from infracommons.methods.support_type.rules import Case, SupportTypeRules, Verdict
from infracommons.pipeline.engine import Engine
from infracommons.vocabulary.definitions import Infrastructure
from infracommons.vocabulary.tables import SUPPORT

SCHEMA = pa.schema(
    [SUPPORT.schema.field(n) for n in ("award_id", "infrastructure_id", "support_type", "support_reason", "activity")]
)
_READ = (
    "award_id",
    "infrastructure_id",
    "title",
    "description",
    "recipient_name",
    "start_date",
    "award_year",
    "mentions",
)


def classify(engine: Engine, pairs: ibis.Table, infrastructures: Sequence[Infrastructure]) -> ibis.Table:
    """Return award_id, infrastructure_id, support_type, support_reason and activity, one row a pair given.

    `pairs` are those of stage *pairs* that were decided to be support.
    """
    of_infrastructure = {i.infrastructure_id: i for i in infrastructures}

    def classified(batch: pa.RecordBatch) -> pa.RecordBatch:
        # Built anew for each batch, some milliseconds, so that only plain data travels to the engine's workers.
        rules: dict[str, SupportTypeRules] = {}
        rows = []
        for pair in batch.to_pylist():
            name = pair["infrastructure_id"]
            if name not in rules:
                rules[name] = SupportTypeRules(of_infrastructure[name])
            rows.append(_row(pair, rules[name].verdict(case_of(pair))))
        return pa.RecordBatch.from_pylist(rows, SCHEMA)

    return engine.map_batches(pairs.select(*_READ), classified, SCHEMA)


def case_of(pair: dict[str, Any]) -> Case:
    """Return what the rules look at in one row of `pairs`."""
    places = [Place(m["field"], m["start"], m["end"]) for m in pair["mentions"] or ()]
    started = pair.get("start_date")
    return Case(pair["recipient_name"], passages(pair, places), started.year if started else pair.get("award_year"))


def _row(pair: dict[str, Any], verdict: Verdict) -> dict[str, str | None]:
    return {
        "award_id": pair["award_id"],
        "infrastructure_id": pair["infrastructure_id"],
        "support_type": verdict.support_type,
        "support_reason": verdict.reason,
        "activity": verdict.activity,
    }
