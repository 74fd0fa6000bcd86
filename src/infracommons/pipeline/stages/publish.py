"""Writes the tables beside, checks them, writes `release.json`, and lets the release take its place."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from infracommons import __version__
from infracommons.pipeline.checks import CheckFailedError, failures
from infracommons.pipeline.raw import sha256
from infracommons.pipeline.releases import put_in_place
from infracommons.vocabulary.release_files import MANIFEST
from infracommons.vocabulary.tables import PUBLISHED

_ROWS_A_GROUP = 20_000


@dataclass(frozen=True)
class Facts:
    """What `release.json` says beside the tables."""

    counts: dict[str, int]
    inputs: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    settings: dict[str, Any]
    before: Mapping[str, Any] | None
    allow_fewer_rows: bool = False
    warnings: Sequence[str] = ()  # what was left aside and is no record: unknown folders, decisions on nothing


def publish(tables: Mapping[str, pa.Table], folder: Path, releases: Path, facts: Facts, now: datetime) -> Path:
    """Publish the tables as a new release and return its folder.

    `folder` is the workspace, `now` in UTC. Raises CheckFailedError, with every failure, and leaves `current` alone.
    """
    ordered = {contract.name: _ordered(tables[contract.name], contract.key) for contract in PUBLISHED}
    before = {} if facts.allow_fewer_rows else _rows_before(facts.before)
    if problems := failures(ordered, facts.counts, before):
        message = "not published, the release before stays: " + "; ".join(problems)
        raise CheckFailedError(message)
    built = folder / "release"
    built.mkdir()
    for name, rows in ordered.items():
        pq.write_table(rows, built / f"{name}.parquet", compression="zstd", row_group_size=_ROWS_A_GROUP)
    described = [_described(built / f"{name}.parquet", rows) for name, rows in ordered.items()]
    release_id = f"{now:%Y%m%dT%H%M%SZ}-{_content_hash(described)}"
    manifest = {
        "release": release_id,
        "made_at": now.isoformat(timespec="seconds"),
        "code_version": __version__,
        "continues": facts.before and facts.before["release"],
        "counts": facts.counts,
        "totals_usd": _totals(ordered["attribution"], ordered["award"]),
        "checks": ["contracts", "keys", "references", "every record accounted for", "rows against the release before"],
        "warnings": list(facts.warnings),
        "settings": facts.settings,
        "sources": facts.sources,
        "inputs": facts.inputs,
        "tables": described,
    }
    (built / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return put_in_place(built, releases, release_id)


def _ordered(rows: pa.Table, key: tuple[str, ...]) -> pa.Table:
    """Sort by key and drop whatever an engine added to the schema, so that equal tables are equal bytes."""
    return rows.sort_by([(column, "ascending") for column in key]).combine_chunks().replace_schema_metadata(None)


def _rows_before(before: Mapping[str, Any] | None) -> dict[str, int]:
    return {table["name"]: table["rows"] for table in before["tables"]} if before else {}


def _described(path: Path, rows: pa.Table) -> dict[str, Any]:
    return {"name": path.stem, "file": path.name, "rows": rows.num_rows, "sha256": sha256(path)}


def _content_hash(described: list[dict[str, Any]]) -> str:
    return hashlib.sha256("".join(table["sha256"] for table in described).encode()).hexdigest()[:8]


def _totals(attribution: pa.Table, award: pa.Table) -> dict[str, str]:
    """Return US dollars by rule, and of every award that counts, each once."""
    counted = pc.is_in(award.column("award_id"), pc.unique(attribution.column("award_id")))
    sums = attribution.group_by("rule").aggregate([("amount_usd", "sum")]).to_pylist()
    totals = {row["rule"]: str(row["amount_usd_sum"]) for row in sorted(sums, key=lambda r: r["rule"])}
    return {"unique_awards": str(pc.sum(award.filter(counted).column("amount_usd")).as_py() or 0), **totals}
