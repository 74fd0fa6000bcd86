"""Lists what no machine settled: awards that may be one, and organisations that may be one of the registry."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import ibis

from infracommons.methods.alike_organisations import AlikeOrganisations
from infracommons.methods.duplicates.near import Near
from infracommons.methods.organisations import Identified, Registry, organisation_id
from infracommons.pipeline.engine import Engine
from infracommons.pipeline.linkage.versions import table_of
from infracommons.vocabulary.tables import REVIEW_CANDIDATE

Row = dict[str, Any]
_EMPTY = dict.fromkeys(REVIEW_CANDIDATE.schema.names)


def left_to_people(
    engine: Engine,
    near: Sequence[Near],
    membership: ibis.Table,
    decisions: Sequence[Row],
    met: Mapping[str, Identified],
    organisations: Registry,
) -> list[Row]:
    """Return rows of contract REVIEW_CANDIDATE, without what a person decided; `met` holds organisations by id."""
    said = {d["organisation_id"] for d in decisions if d["kind"] == "same_organisation"}
    unknown = [o for o in met.values() if o.ror_id is None and o.organisation_id not in said]
    return _same_awards(engine, near, membership, decisions) + list(_same_organisations(unknown, organisations))


def _same_awards(engine: Engine, near: Sequence[Near], membership: ibis.Table, decisions: Sequence[Row]) -> list[Row]:
    award_of = _award_ids(engine, near, membership, decisions)
    settled = {
        frozenset((award_of.get(d["record_id"]), award_of.get(d["other_record_id"])))
        for d in decisions
        if d["kind"] == "different_award"
    }
    best: dict[tuple[str, str], Near] = {}
    for pair in sorted(near, key=lambda pair: (-pair.score, pair)):
        one, other = award_of.get(pair.first), award_of.get(pair.second)
        if one and other and one != other and frozenset((one, other)) not in settled:
            turned = pair if one < other else pair._replace(first=pair.second, second=pair.first)
            best.setdefault((min(one, other), max(one, other)), turned)
    return [
        _EMPTY
        | {"kind": "same_award", "subject_id": subject, "other_id": other, "score": pair.score, "reason": pair.reason}
        | {"subject_record_id": pair.first, "other_record_id": pair.second}
        for (subject, other), pair in sorted(best.items())
    ]


def _award_ids(
    engine: Engine, near: Sequence[Near], membership: ibis.Table, decisions: Sequence[Row]
) -> dict[str, str]:
    """Return the award of each record that is named, where it is in an award of the release."""
    decided = {d[column] for d in decisions for column in ("record_id", "other_record_id") if d[column]}
    records = {record for pair in near for record in (pair.first, pair.second)} | decided
    members = membership.semi_join(table_of(engine, records), "record_id").select("record_id", "award_id")
    return {row["record_id"]: row["award_id"] for row in engine.collect(members).to_pylist()}


def _same_organisations(unknown: Sequence[Identified], organisations: Registry) -> Iterable[Row]:
    alike = AlikeOrganisations(organisations) if unknown else None
    for seen in sorted(unknown, key=lambda o: o.organisation_id):
        for found in alike.of(seen.name, seen.country_code) if alike else ():
            meant = found.organisation
            yield _EMPTY | {
                "kind": "same_organisation",
                "subject_id": seen.organisation_id,
                "other_id": organisation_id(meant.ror_id),
                "other_name": meant.name,
                "other_country_code": meant.country_code,
                "score": found.score,
                "reason": _why(seen, meant.country_code, found.spelling),
            }


def _why(seen: Identified, country_code: str | None, spelling: str) -> str:
    if seen.country_code is None or country_code is None:
        where = "a country is unknown"
    else:
        where = "the same country" if seen.country_code == country_code else "another country"
    return f"shares words with the spelling “{spelling}”; {where}"
