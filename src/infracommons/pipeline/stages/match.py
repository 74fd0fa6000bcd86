"""Finds which records name which infrastructure: field, place, words and rule."""

import hashlib
from collections.abc import Sequence

import ibis
import pyarrow as pa

from infracommons.methods.matching.finder import Finder, Found, Rule
from infracommons.pipeline.engine import Engine
from infracommons.vocabulary.definitions import Infrastructure, TextField
from infracommons.vocabulary.tables import MENTION

TEXT_FIELDS: tuple[TextField, ...] = ("title", "description", "recipient_name")


def match(engine: Engine, record: ibis.Table, infrastructures: Sequence[Infrastructure]) -> ibis.Table:
    """Return the mentions (contract MENTION) in the cleaned texts of the records."""
    finders = field_finders(infrastructures)

    def mentions(batch: pa.RecordBatch) -> pa.RecordBatch:
        ids = batch.column("record_id").to_pylist()
        rows = []
        for name, finder in finders.items():
            texts = [text or "" for text in batch.column(name).to_pylist()]
            rows += [_row(ids[found.row], name, texts[found.row], found) for found in finder.find(texts)]
        return pa.RecordBatch.from_pylist(rows, MENTION.schema)

    return engine.map_batches(record.select("record_id", *TEXT_FIELDS), mentions, MENTION.schema)


def field_finders(infrastructures: Sequence[Infrastructure]) -> dict[TextField, Finder]:
    """Return one finder a text field, for the expressions of all infrastructures."""
    return {name: Finder(rules_of(infrastructures, name)) for name in TEXT_FIELDS}


def rules_of(infrastructures: Sequence[Infrastructure], name: TextField) -> list[Rule]:
    """Return the expressions of all infrastructures for one field."""
    return [
        Rule(infrastructure.infrastructure_id, expression, infrastructure.terms.negative)
        for infrastructure in infrastructures
        for expression in infrastructure.terms.expressions.get(name, ())
    ]


def _row(record_id: str, name: str, text: str, found: Found) -> dict[str, object]:
    place = f"{record_id}|{found.infrastructure_id}|{name}|{found.start}|{found.end}"
    return {
        "mention_id": hashlib.sha256(place.encode()).hexdigest()[:16],
        "record_id": record_id,
        "infrastructure_id": found.infrastructure_id,
        "field": name,
        "start": found.start,
        "end": found.end,
        "text": text[found.start : found.end],
        "rule": found.expression,
    }
