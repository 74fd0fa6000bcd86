"""Counts each award's money for the infrastructures it supports, under every rule side by side."""

from collections.abc import Sequence
from typing import Any

import ibis
import pyarrow as pa

from infracommons.methods.attribution import attribute as shares_of
from infracommons.pipeline.engine import Engine
from infracommons.vocabulary.tables import ATTRIBUTION, SUPPORT


def attribute(engine: Engine, award: ibis.Table, support: Sequence[dict[str, Any]]) -> ibis.Table:
    """Return contract ATTRIBUTION for awards with a known amount and at least one decided infrastructure.

    `support` has rows of contract SUPPORT.
    """
    supported = [row for row in support if row["decision"] == "supports"]
    documented = {
        (row["award_id"], row["infrastructure_id"]): row["share_usd"]
        for row in supported
        if row["share_basis"] == "documented"
    }
    pair = engine.table(pa.Table.from_pylist(supported, SUPPORT.schema)).select(*SUPPORT.key)
    known = award.filter(award.amount_status == "known").select("award_id", "amount_usd")
    grouped = pair.join(known, "award_id").group_by("award_id", "amount_usd")
    listed = grouped.agg(infrastructures=lambda t: t.infrastructure_id.collect())

    def attributed(batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = []
        for row in batch.to_pylist():
            award_id, names = row["award_id"], row["infrastructures"]
            written = {name: documented[award_id, name] for name in names if (award_id, name) in documented}
            for name, rule, amount in shares_of(row["amount_usd"], names, written):
                rows.append({"award_id": award_id, "infrastructure_id": name, "rule": rule, "amount_usd": amount})
        return pa.RecordBatch.from_pylist(rows, ATTRIBUTION.schema)

    return engine.map_batches(listed, attributed, ATTRIBUTION.schema)
