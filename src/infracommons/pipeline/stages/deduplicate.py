"""Finds the records that describe one award: within a source and across sources, with Splink and stated rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import pyarrow as pa

from infracommons.methods.duplicates.moved import went_on
from infracommons.methods.duplicates.near import Near, near, outbid
from infracommons.methods.duplicates.retold import retold
from infracommons.methods.duplicates.verdict import Link
from infracommons.pipeline.engine import Engine
from infracommons.pipeline.linkage.awards import awards
from infracommons.pipeline.linkage.candidates import candidates
from infracommons.pipeline.linkage.comparable import FACTS, facts, facts_of, keyed
from infracommons.pipeline.linkage.membership import MEMBERSHIP, AwardIds, Part, Standing, decisions_of, parts
from infracommons.pipeline.linkage.versions import older_versions, table_of, without
from infracommons.pipeline.source import all_sources

__all__ = ["awards", "deduplicate"]
_NEAR = "near"  # a pair that no rule joins, beside the kinds of link
_LINKS = pa.schema(
    [
        pa.field("first", pa.string()),
        pa.field("second", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("reason", pa.string()),
        pa.field("rank", pa.int64()),
        pa.field("distance", pa.int64()),
        pa.field("lane", pa.string()),
        pa.field("is_exclusive", pa.bool_()),
        pa.field("is_alone", pa.bool_()),
        pa.field("score", pa.float64()),
    ]
)


@dataclass(frozen=True)
class Deduplicated:
    """The membership (`record_id`, `award_id`, `role`, `merge_reason`) of every record, and what people should see."""

    membership: ibis.Table
    near: list[Near]


def deduplicate(
    engine: Engine,
    record: ibis.Table,
    corrections: Sequence[Mapping[str, Any]] = (),
    previous: pa.Table | None = None,
) -> ibis.Table:
    """Return the membership (`record_id`, `award_id`, `role`, `merge_reason`) of every record.

    `corrections` are rows of contract DECISION; of these, kinds `same_award` and `different_award` win over every rule.
    `previous` has the `record_id` and `award_id` of the release before: awards keep their ids.
    """
    return deduplicated(engine, record, corrections, previous).membership


def deduplicated(
    engine: Engine,
    record: ibis.Table,
    corrections: Sequence[Mapping[str, Any]] = (),
    previous: pa.Table | None = None,
) -> Deduplicated:
    """Return the membership as `deduplicate` does, with the pairs of records that are neither joined nor clearly two.

    Of these, some may have come into one award by way of others.
    """
    versions = older_versions(engine, record)
    older = {link.second for link in versions}
    newest = without(engine, record, older)
    pairs = engine.materialise(candidates(engine, engine.materialise(keyed(engine, newest))))
    told, neighbours = _links(engine, newest, pairs)
    links = [*versions, *told, *_instalments(engine, newest)]
    decisions = decisions_of(corrections)
    named = {r for link in (*links, *decisions.links()) for r in link[:2]}
    found = parts(links, decisions, _standings(engine, record, named, older))
    earlier = dict(zip(*(previous[c].to_pylist() for c in ("record_id", "award_id")), strict=True)) if previous else {}
    present = engine.collect(record.select("record_id").semi_join(table_of(engine, set(earlier)), "record_id"))
    ids = AwardIds.of(found, earlier, frozenset(present["record_id"].to_pylist()))
    neighbours += [lost for link in links if (lost := outbid(link))]
    return Deduplicated(_membership(engine, record, found, ids), neighbours)


def _links(engine: Engine, record: ibis.Table, pairs: ibis.Table) -> tuple[list[Link], list[Near]]:
    """Ask the rules about each candidate pair; of what they leave open, keep the pairs that a person should see."""
    wanted = pairs.select(record_id=pairs.record_id_l).union(pairs.select(record_id=pairs.record_id_r), distinct=True)
    fact = engine.materialise(facts(engine, record, wanted))
    sides = [fact.rename({f"{name}_{side}": name for name in FACTS.names}) for side in "lr"]
    joined = pairs.join(sides[0], "record_id_l").join(sides[1], "record_id_r")

    def verdicts(batch: pa.RecordBatch) -> pa.RecordBatch:
        found = [_verdict(row) for row in batch.to_pylist()]
        return pa.RecordBatch.from_pylist([row for row in found if row], _LINKS)

    rows = engine.collect(engine.map_batches(joined, verdicts, _LINKS)).to_pylist()
    links = [Link(**{name: row[name] for name in Link._fields}) for row in rows if row["kind"] != _NEAR]
    return links, [Near(**{name: row[name] for name in Near._fields}) for row in rows if row["kind"] == _NEAR]


def _verdict(row: Mapping[str, Any]) -> dict[str, Any] | None:
    one, other = (facts_of({name: row[f"{name}_{side}"] for name in FACTS.names}) for side in "lr")
    if link := retold(one, other) or went_on(one, other):
        return link._asdict()
    left = near(one, other)
    return {"kind": _NEAR, **left._asdict()} if left else None


def _instalments(engine: Engine, record: ibis.Table) -> list[Link]:
    """Link the records that their publisher says are instalments of one project, in one currency."""
    given = record.filter(record.instalment_of.notnull())
    keys = ("source", "instalment_of", "currency", "record_id")
    links = []
    first: dict[str, Any] | None = None
    for row in engine.collect(given.select(*keys).order_by(*keys)).to_pylist():
        if first and all(first[key] == row[key] for key in keys[:-1]):
            reason = f"instalment of project {row['instalment_of']}, as its publisher says"
            links.append(Link(first["record_id"], row["record_id"], "instalment", reason, rank=0))
        else:
            first = row
    return links


def _standings(engine: Engine, record: ibis.Table, named: set[str], older: set[str]) -> dict[str, Standing]:
    """Return what ranks the records that rules or people named, where they are among the records."""
    chosen = record.select("record_id", "source", "start_date").semi_join(table_of(engine, named), "record_id")
    richness = {name: source.richness for name, source in all_sources().items()}
    rows = engine.collect(chosen.select("source", "start_date", "record_id")).to_pylist()
    return {
        row["record_id"]: Standing(
            richness.get(row["source"], 0), row["start_date"], row["record_id"], row["record_id"] in older
        )
        for row in rows
    }


def _membership(engine: Engine, record: ibis.Table, found: Mapping[str, Part], ids: AwardIds) -> ibis.Table:
    def members(batch: pa.RecordBatch) -> pa.RecordBatch:
        rows = []
        for record_id in batch.column("record_id").to_pylist():
            part = found.get(record_id) or Part(record_id, "canonical", None)
            rows.append((record_id, ids.of_leader(part.leader), part.role, part.reason))
        return pa.RecordBatch.from_arrays([pa.array(c, t.type) for c, t in _columns(rows)], schema=MEMBERSHIP)

    return engine.map_batches(record.select("record_id"), members, MEMBERSHIP)


def _columns(rows: list[tuple[str, str, str, str | None]]) -> list[tuple[tuple[Any, ...], pa.Field]]:
    values = list(zip(*rows, strict=True)) or [()] * len(MEMBERSHIP)
    return list(zip(values, MEMBERSHIP, strict=True))
