"""Converts award amounts to US dollars; what cannot be converted says so."""

from collections.abc import Callable
from typing import Any

import ibis
import pyarrow as pa

from infracommons.methods.exchange import Rates, to_usd
from infracommons.pipeline.engine import Engine

ADDED = pa.schema(
    [
        pa.field("award_id", pa.string(), nullable=False),
        pa.field("amount_usd", pa.decimal128(20, 2)),
        pa.field("amount_status", pa.string(), nullable=False),
        pa.field("amount_reason", pa.string()),
        pa.field("fx_rate", pa.decimal128(28, 12)),
        pa.field("fx_date", pa.date32()),
    ]
)


def convert(engine: Engine, award: ibis.Table, rate: ibis.Table | None) -> ibis.Table:
    """Return the awards with amount_usd, amount_status, amount_reason (a code, where unknown), fx_rate and fx_date."""
    rates = Rates(_rows(engine, award, rate)) if rate is not None else Rates(())
    columns = ("award_id", "amount", "currency", "start_date", "award_year")
    converted = engine.map_batches(award.select(*columns), _converter(rates), ADDED)
    return engine.materialise(award.join(converted, "award_id"))


def _converter(rates: Rates) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    def converted(batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = []
        for row in batch.to_pylist():
            done = to_usd(rates, row["amount"], row["currency"], row["start_date"], row["award_year"])
            rows.append(
                {
                    "award_id": row["award_id"],
                    "amount_usd": done.amount_usd,
                    "amount_status": done.amount_status,
                    "amount_reason": done.reason_code,
                    "fx_rate": done.fx_rate,
                    "fx_date": done.fx_date,
                }
            )
        return pa.RecordBatch.from_pylist(rows, ADDED)

    return converted


def _rows(engine: Engine, award: ibis.Table, rate: ibis.Table) -> list[Any]:
    """Return the rates of the currencies that the awards have: the rest would only be carried about."""
    currencies = {row["currency"] for row in engine.collect(award.select("currency").distinct()).to_pylist()} - {None}
    wanted = rate.filter(rate.currency.isin(sorted(currencies | {"USD"})))
    rows = engine.collect(wanted.select("currency", "rate_date", "per_eur"))
    return [(row["currency"], row["rate_date"], row["per_eur"]) for row in rows.to_pylist()]
