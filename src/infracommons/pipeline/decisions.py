"""Holds people's decisions against the records and infrastructures there are, and says which decide nothing."""

from collections.abc import Iterable, Sequence
from typing import Any

import ibis

from infracommons.pipeline.definitions import DefinitionError
from infracommons.pipeline.engine import Engine
from infracommons.vocabulary.definitions import Infrastructure

Row = dict[str, Any]


def usable_decisions(
    engine: Engine, decided: Sequence[Row], record: ibis.Table, infrastructures: Iterable[Infrastructure]
) -> tuple[list[Row], list[str]]:
    """Return the decisions on records and infrastructures that there are, and a line for each of the others.

    A record may be away today, its source not harvested, and back tomorrow: its decision waits. An infrastructure that
    the catalogue lacks is a slip in a correction, which stands beside the catalogue: DefinitionError names file, row
    and value. In what the site exported it waits too, for an infrastructure may have been taken out since.
    """
    ids = {infrastructure.infrastructure_id for infrastructure in infrastructures}
    records = _there(engine, record, decided)
    usable: list[Row] = []
    idle: list[str] = []
    for row in decided:
        if found := _missing(row, ids, records):
            said = f"{_place(row)}: {found}"
            if "place" in row and found.startswith("infrastructure_id"):
                raise DefinitionError(said)
            idle.append(f"{said}; the decision waits for it")
        else:
            usable.append(row)
    return usable, idle


def _there(engine: Engine, record: ibis.Table, decided: Sequence[Row]) -> set[str]:
    named = sorted({row[column] for row in decided for column in ("record_id", "other_record_id")} - {None})
    if not named:
        return set()
    found = engine.collect(record.filter(record.record_id.isin(named)).select("record_id"))
    return set(found.column("record_id").to_pylist())


def _missing(row: Row, infrastructures: set[str], records: set[str]) -> str | None:
    slug = row["infrastructure_id"]
    if slug is not None and slug not in infrastructures:
        return f"infrastructure_id: {slug!r}: the catalogue has no such infrastructure"
    for column in ("record_id", "other_record_id"):
        if row[column] is not None and row[column] not in records:
            return f"{column}: {row[column]!r}: no such record among the raw files"
    return None


def _place(row: Row) -> str:
    return str(row.get("place") or f"curation: decision {row['decision_id']}")
