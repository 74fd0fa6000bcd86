"""Judges of each award and each infrastructure it mentions whether the award really concerns that infrastructure."""

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa

from infracommons.methods.relevance.context import Mention
from infracommons.methods.relevance.judgement import Case, judgement
from infracommons.methods.relevance.knowledge import Knowledge
from infracommons.methods.relevance.model import RelevanceModel
from infracommons.pipeline.engine import BatchFunction, Engine
from infracommons.vocabulary.definitions import Infrastructure

JUDGED = pa.schema(
    [
        ("award_id", pa.string()),
        ("infrastructure_id", pa.string()),
        ("decision", pa.string()),
        ("probability", pa.float64()),
        ("decided_by", pa.string()),
        ("reason", pa.string()),
    ]
)
_READ = ("award_id", "infrastructure_id", "title", "description", "recipient_name", "award_year", "mentions")


def judge(
    engine: Engine, pairs: ibis.Table, infrastructures: Sequence[Infrastructure], model: RelevanceModel
) -> ibis.Table:
    """Return award_id, infrastructure_id, decision, probability, decided_by and reason for each pair (see `pairs`)."""
    return engine.map_batches(pairs.select(*_READ), judging(infrastructures, model), JUDGED)


def judging(infrastructures: Sequence[Infrastructure], model: RelevanceModel) -> BatchFunction:
    """Return the function that judges a batch of pairs; an infrastructure is compiled when it is first met."""
    defined = {infrastructure.infrastructure_id: infrastructure for infrastructure in infrastructures}
    compiled: dict[str, Knowledge] = {}

    def judged(batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = []
        for row in batch.to_pylist():
            name = row["infrastructure_id"]
            knowledge = compiled.get(name) or compiled.setdefault(name, Knowledge(defined[name]))
            rows.append(_judged(row, knowledge, model))
        return pa.RecordBatch.from_pylist(rows, JUDGED)

    return judged


def _judged(row: Mapping[str, Any], knowledge: Knowledge, model: RelevanceModel) -> dict[str, Any]:
    found = judgement(
        Case(
            title=row["title"] or "",
            description=row["description"] or "",
            mentions=[Mention(m["field"], m["start"], m["end"]) for m in row["mentions"] or ()],
            recipient_name=row["recipient_name"] or "",
            award_year=row["award_year"],
        ),
        knowledge,
        model,
    )
    return {
        "award_id": row["award_id"],
        "infrastructure_id": row["infrastructure_id"],
        "decision": found.decision,
        "probability": found.probability,
        "decided_by": found.decided_by,
        "reason": found.reason,
    }
