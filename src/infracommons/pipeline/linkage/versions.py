"""Finds the older versions of a record where its source gives an identifier to one award only."""

import re
from collections import defaultdict

import ibis
import pyarrow as pa

from infracommons.methods.duplicates.verdict import VERSIONS, Link
from infracommons.pipeline.engine import Engine
from infracommons.pipeline.source import all_sources

OLDER_VERSION = "older version of the same record"
_NUMBERED = re.compile(r"(.+)#([1-9]\d*)")


def older_versions(engine: Engine, record: ibis.Table) -> list[Link]:
    """Return a link from the newest version of each record to each older one.

    A repeated identifier is numbered in the order of the files (x, x#2, x#3), so that the highest number is the newest.
    """
    unique = sorted(name for name, source in all_sources().items() if source.identifiers_are_unique)
    numbered = record.filter(record.source.isin(unique) & record.record_id.contains("#")).select("record_id")
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for record_id in engine.collect(numbered)["record_id"].to_pylist():
        if match := _NUMBERED.fullmatch(record_id):
            numbers[match[1]].append(int(match[2]))
    # A publisher's own identifier may end so, too: then there is no record without the number.
    bases = engine.collect(record.select("record_id").semi_join(table_of(engine, numbers), "record_id"))
    return [link for base in sorted(bases["record_id"].to_pylist()) for link in _links(base, numbers[base])]


def without(engine: Engine, record: ibis.Table, older: set[str]) -> ibis.Table:
    """Return the records that are not among the older ones."""
    return record.anti_join(table_of(engine, older), "record_id") if older else record


def table_of(engine: Engine, record_ids: "dict[str, list[int]] | set[str]") -> ibis.Table:
    """Return a table with one column, `record_id`."""
    return engine.table(pa.table({"record_id": pa.array(sorted(record_ids), pa.string())}))


def _links(base: str, numbers: list[int]) -> list[Link]:
    *older, newest = [base, *(f"{base}#{number}" for number in sorted(numbers))]
    # Before every rule: what is found for the newest holds for all.
    return [Link(newest, record, "duplicate", OLDER_VERSION, rank=-1, lane=VERSIONS) for record in older]
