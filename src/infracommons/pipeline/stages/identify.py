"""Identifies the funders, recipients and stewards of a release as organisations, with country."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import ibis
import pyarrow as pa

from infracommons.methods.organisations import (
    Identified,
    NameSeen,
    Organisation,
    Registry,
    organisation_id,
    ror_address,
)
from infracommons.pipeline.engine import Engine
from infracommons.vocabulary.definitions import Infrastructure
from infracommons.vocabulary.inputs import NO_ORGANISATION
from infracommons.vocabulary.regions import is_us_federal, region

FUNDER, RECIPIENT = "funder", "recipient"
ADDED = pa.schema(
    [
        pa.field("award_id", pa.string(), nullable=False),
        pa.field("funder_organisation_id", pa.string()),
        pa.field("canonical_funder_name", pa.string(), nullable=False),
        pa.field("recipient_organisation_id", pa.string()),
        pa.field("known_recipient_country_code", pa.string()),
    ]
)
NO_NAME = "Funder not given"


def registry(engine: Engine, ror: ibis.Table | None, infrastructures: Sequence[Infrastructure]) -> Registry:
    """Return the registry: the newest version of each record, and the identifiers that the definitions give."""
    defined = [Organisation(host.ror, host.name, host.aliases) for i in infrastructures for host in i.hosts if host.ror]
    if ror is None:
        return Registry(()).with_known(defined)
    newest = ibis.window(group_by="ror_id", order_by=(ibis.desc("modified_on"), "name"))
    latest = ror.mutate(version=ibis.row_number().over(newest)).filter(ibis._.version == 0)
    columns = [name for name in Organisation.__dataclass_fields__ if name in ror.columns]
    rows = engine.collect(latest.select(*columns).order_by("ror_id")).to_pylist()
    return Registry(_organisation(row) for row in rows).with_known(defined)


def decided(organisations: Registry, decisions: Sequence[dict[str, Any]]) -> tuple[Registry, list[str]]:
    """Return the registry with what people said of names that it does not know, and a line for each that waits.

    `decisions` are rows of contract DECISION, the last one of a name counts.
    """
    said = {d["organisation_id"]: d for d in decisions if d["kind"] == "same_organisation"}
    meant = {own: d for own, d in said.items() if d["value"] != NO_ORGANISATION}
    known = {own: d for own, d in meant.items() if organisations.get(ror_address(d["value"]))}
    waiting = [
        f"decision {d['decision_id']}: value: {d['value']!r}: no such organisation among the raw files; "
        "the decision waits for it"
        for own, d in meant.items()
        if own not in known
    ]
    return organisations.with_meant({own: ror_address(d["value"]) for own, d in known.items()}), waiting


def _organisation(row: dict[str, Any]) -> Organisation:
    return Organisation(**{**row, "aliases": tuple(row["aliases"]), "acronyms": tuple(row["acronyms"])})


def identify(engine: Engine, award: ibis.Table, organisations: Registry) -> tuple[ibis.Table, dict[str, Identified]]:
    """Return the awards with organisation ids and the funder's registry name, and the organisations met, by id."""
    seen = [(part, name) for part in (FUNDER, RECIPIENT) for name in _names(engine, award, part)]
    known = organisations.with_known(
        Organisation(name.ror_id, name.name, country_code=name.country_code) for _, name in seen if name.ror_id
    )
    found = {(part, name): known.identify(name) for part, name in seen}
    added = engine.map_batches(award.select("award_id", *_INPUT), partial(_identified, found), ADDED)
    return engine.materialise(award.join(added, "award_id")), {o.organisation_id: o for o in found.values()}


def _names(engine: Engine, award: ibis.Table, part: str) -> list[NameSeen]:
    """Return the names that the awards give to one part, with identifier and country, in a set order."""
    columns = [f"{part}_name", f"{part}_ror", f"{part}_country_code"]
    rows = engine.collect(award.select(*columns).distinct().order_by(*columns)).to_pylist()
    return [NameSeen(*(row[column] for column in columns)) for row in rows if row[columns[0]]]


_INPUT = tuple(f"{part}_{column}" for part in (FUNDER, RECIPIENT) for column in ("name", "ror", "country_code"))


def _identified(found: dict[tuple[str, NameSeen], Identified], batch: pa.RecordBatch) -> pa.RecordBatch:
    def of(part: str, row: dict[str, Any]) -> Identified | None:
        return found.get((part, NameSeen(row[f"{part}_name"], row[f"{part}_ror"], row[f"{part}_country_code"])))

    rows = []
    for row in batch.to_pylist():
        funder, recipient = of(FUNDER, row), of(RECIPIENT, row)
        rows.append(
            {
                "award_id": row["award_id"],
                "funder_organisation_id": funder and funder.organisation_id,
                "canonical_funder_name": funder.name if funder else NO_NAME,
                "recipient_organisation_id": recipient and recipient.organisation_id,
                "known_recipient_country_code": row["recipient_country_code"] or (recipient and recipient.country_code),
            }
        )
    return pa.RecordBatch.from_pylist(rows, ADDED)


def stewards(infrastructures: Sequence[Infrastructure], organisations: Registry) -> dict[str, Identified]:
    """Return the steward of each infrastructure that has one, by infrastructure_id."""
    return {
        i.infrastructure_id: organisations.identify(NameSeen(i.steward.name, i.steward.ror, i.country))
        for i in infrastructures
        if i.steward
    }


def organisation_rows(met: Iterable[Identified], organisations: Registry) -> list[dict[str, Any]]:
    """Return rows of contract ORGANISATION for the organisations met and all organisations above them."""
    rows: dict[str, dict[str, Any]] = {}
    for identified in met:
        _add(rows, identified, organisations.get)
    return [rows[key] for key in sorted(rows)]


def _add(rows: dict[str, dict[str, Any]], identified: Identified, get: Callable[[str], Organisation | None]) -> None:
    known = get(identified.ror_id) if identified.ror_id else None
    parent = get(known.parent_ror_id) if known and known.parent_ror_id else None
    if identified.organisation_id not in rows:
        rows[identified.organisation_id] = {
            "organisation_id": identified.organisation_id,
            "name": identified.name,
            "ror_id": identified.ror_id,
            "country_code": identified.country_code,
            "region": region(identified.country_code),
            "kind": known.kind if known else None,
            "parent_id": organisation_id(parent.ror_id) if parent else None,
            "is_us_federal": is_us_federal(identified.ror_id),
        }
        if parent:
            above = Identified(
                organisation_id(parent.ror_id), parent.name, "parent", parent.ror_id, parent.country_code
            )
            _add(rows, above, get)
