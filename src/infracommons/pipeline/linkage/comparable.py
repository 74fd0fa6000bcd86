"""Gives every record the keys by which candidates are found, and the candidates the facts that the rules compare."""

from typing import Any

import ibis
import pyarrow as pa

from infracommons.methods.duplicates.facts import (
    Facts,
    base_id,
    name_key,
    name_words,
    number_key,
    text_key,
    text_words,
)
from infracommons.pipeline.engine import Engine
from infracommons.pipeline.source import all_sources

_STRINGS = pa.list_(pa.string())
KEYS = pa.schema(
    [
        pa.field("record_id", pa.string()),
        pa.field("source", pa.string()),
        pa.field("series_key", pa.string()),  # funder and title, where the record says when it starts and ends
        pa.field("start_day", pa.int64()),  # days since 1970
        pa.field("end_day", pa.int64()),
        pa.field("money_key", pa.string()),  # amount, currency and year
        pa.field("funder_words", _STRINGS),
        pa.field("recipient_words", _STRINGS),
        pa.field("number_key", pa.string()),
        pa.field("base_key", pa.string()),
        pa.field("investigator_keys", _STRINGS),
    ]
)
_RECORD_COLUMNS = (
    "record_id", "source", "funder_name", "funder_ror", "recipient_name", "title", "start_date", "end_date",
    "award_year", "amount", "currency", "award_number", "instalment_of", "investigator_keys",
)  # fmt: skip
FACTS = pa.schema(
    [
        pa.field("record_id", pa.string()),
        pa.field("source", pa.string()),
        pa.field("richness", pa.int64()),
        pa.field("funder_key", pa.string()),
        pa.field("funder_ror", pa.string()),
        pa.field("recipient_key", pa.string()),
        pa.field("recipient_words", _STRINGS),
        pa.field("title_key", pa.string()),
        pa.field("text_key", pa.string()),
        pa.field("text_words", _STRINGS),
        pa.field("start_date", pa.date32()),
        pa.field("end_date", pa.date32()),
        pa.field("award_year", pa.int64()),
        pa.field("amount", pa.decimal128(20, 2)),
        pa.field("currency", pa.string()),
        pa.field("number_key", pa.string()),
        pa.field("instalment_of", pa.string()),
        pa.field("investigator_keys", _STRINGS),
    ]
)
_SETS = ("recipient_words", "text_words", "investigator_keys")
_TITLES_OF_A_COMMON_TEXT = 4  # a text under that many titles is the publisher's, not one award's
_OPENING_CHARACTERS = 160
_DAY_ZERO = 719163  # proleptic ordinal of 1970-01-01


def keyed(engine: Engine, record: ibis.Table) -> ibis.Table:
    """Return the keys (KEYS) of every record."""

    def keys(batch: pa.RecordBatch) -> pa.RecordBatch:
        return pa.RecordBatch.from_pylist([_keys(row) for row in batch.to_pylist()], KEYS)

    return engine.map_batches(record.select(*_RECORD_COLUMNS), keys, KEYS)


def facts(engine: Engine, record: ibis.Table, wanted: ibis.Table) -> ibis.Table:
    """Return the facts (FACTS) of the records whose `record_id` is in `wanted`."""
    opening = {
        "opening": record.description.left(_OPENING_CHARACTERS),
        "characters": record.description.length(),
    }
    texts = record.mutate(**opening)
    common = texts.filter(texts.description.notnull()).group_by("opening", "characters")
    common = common.agg(titles=lambda t: t.title.lower().nunique())
    common = common.filter(common.titles >= _TITLES_OF_A_COMMON_TEXT)
    chosen = texts.semi_join(wanted, "record_id").left_join(common, ["opening", "characters"])
    chosen = chosen.select(*_RECORD_COLUMNS, "description", is_common=chosen.titles.notnull())
    richness = {name: source.richness for name, source in all_sources().items()}

    def all_facts(batch: pa.RecordBatch) -> pa.RecordBatch:
        return pa.RecordBatch.from_pylist([_facts(row, richness) for row in batch.to_pylist()], FACTS)

    return engine.map_batches(chosen, all_facts, FACTS)


def facts_of(row: dict[str, Any]) -> Facts:
    """Return the facts of one row of FACTS."""
    return Facts(**row | {name: frozenset(row[name] or ()) for name in _SETS})


def _keys(row: dict[str, Any]) -> dict[str, Any]:
    funder, title = name_key(row["funder_name"]), name_key(row["title"])
    start, end = row["start_date"], row["end_date"]
    has_money = row["amount"] and row["currency"] and row["award_year"]
    return {
        "record_id": row["record_id"],
        "source": row["source"],
        "series_key": f"{row['source']}|{funder}|{title}" if funder and title and start and end else None,
        "start_day": start.toordinal() - _DAY_ZERO if start else None,
        "end_day": end.toordinal() - _DAY_ZERO if end else None,
        "money_key": f"{row['amount']}|{row['currency']}|{row['award_year']}" if has_money else None,
        "funder_words": sorted(name_words(funder) | ({row["funder_ror"]} if row["funder_ror"] else set())),
        "recipient_words": sorted(name_words(name_key(row["recipient_name"]))),
        "number_key": number_key(row["award_number"]),
        "base_key": base_id(row["record_id"]),
        "investigator_keys": row["investigator_keys"] or None,
    }


def _facts(row: dict[str, Any], richness: dict[str, int]) -> dict[str, Any]:
    recipient = name_key(row["recipient_name"])
    return {
        **{name: row[name] for name in FACTS.names if name in row},
        "richness": richness.get(row["source"], 0),
        "funder_key": name_key(row["funder_name"]),
        "recipient_key": recipient,
        "recipient_words": sorted(name_words(recipient)),
        "title_key": name_key(row["title"]),
        "text_key": None if row["is_common"] else text_key(row["description"]),
        "text_words": sorted(text_words([row["title"], None if row["is_common"] else row["description"]])),
        "number_key": number_key(row["award_number"]),
    }
