"""Joins what the stages found with people's decisions into the published tables, and counts every record."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from infracommons.methods.organisations import Identified, Registry
from infracommons.pipeline.definitions import load_corrections
from infracommons.pipeline.engine import Engine
from infracommons.pipeline.source import Gives, all_sources
from infracommons.pipeline.stages.identify import organisation_rows, stewards
from infracommons.pipeline.stages.normalise import CONTRACTS, Normalised
from infracommons.vocabulary.definitions import Infrastructure, Steward
from infracommons.vocabulary.inputs import WITHDRAWN
from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.release_files import CURRENT
from infracommons.vocabulary.tables import (
    ATTRIBUTION,
    AWARD,
    AWARD_RECORD,
    CHARACTERISTIC,
    EXCLUSION,
    INFRASTRUCTURE,
    MENTION,
    ORGANISATION,
    REVIEW_CANDIDATE,
    SUPPORT,
)

Row = dict[str, Any]
PairKey = tuple[str, str]
NO_MENTION = "names no infrastructure of the catalogue in title, description or recipient"


@dataclass(frozen=True)
class Inputs:
    """The normalised tables."""

    record: ibis.Table
    organisation: ibis.Table | None
    rate: ibis.Table | None
    infrastructure: ibis.Table | None
    characteristic: ibis.Table | None
    decision: ibis.Table | None


@dataclass(frozen=True)
class Made:
    """What the stages made, before it is published."""

    record: ibis.Table
    membership: ibis.Table
    mention: ibis.Table
    award: ibis.Table
    support: list[Row]
    attribution: ibis.Table
    left: list[Row]  # rows of contract REVIEW_CANDIDATE
    characteristic: list[Row]


def read(engine: Engine, normalised: Normalised) -> Inputs:
    """Give the engine the normalised files; a source kind without files is None, records are an empty table."""

    def table(gives: Gives) -> ibis.Table | None:
        files = normalised.files.get(gives)
        return engine.read_parquet(files) if files else None

    record = table("record")
    if record is None:
        record = engine.table(CONTRACTS["record"].schema.empty_table())
    return Inputs(
        record,
        table("organisation"),
        table("rate"),
        table("infrastructure"),
        table("characteristic"),
        table("decision"),
    )


def decisions(engine: Engine, inputs: Inputs, definitions: Path) -> list[Row]:
    """Return people's decisions, of corrections and the review desk, the oldest first: the last one counts."""
    exported = engine.collect(inputs.decision).to_pylist() if inputs.decision is not None else []
    return sorted(load_corrections(definitions) + in_force(exported), key=_when)


def in_force(exported: Sequence[Row]) -> list[Row]:
    """Return what the review desk's exports say now: of each decision the newest line, unless that withdraws it.

    Lines without a moment are files that nobody exports anew: all of them count.
    """
    newest: dict[str, Row] = {}
    for row in sorted((row for row in exported if row["exported_at"]), key=lambda row: row["exported_at"]):
        newest[row["decision_id"]] = row
    timeless = [row for row in exported if not row["exported_at"]]
    gone = {row["decision_id"] for row in timeless if row["kind"] == WITHDRAWN}
    kept = [row for row in timeless if row["decision_id"] not in gone] + list(newest.values())
    return [row for row in kept if row["kind"] != WITHDRAWN]


def _when(decision: Row) -> tuple[date, str, str]:
    """Order decisions by day; what else they say settles the order of a day, the same on every engine."""
    return decision["decided_on"] or date.min, decision["decision_id"], repr(sorted(decision.items(), key=str))


def with_catalogue_export(
    engine: Engine, inputs: Inputs, infrastructures: Sequence[Infrastructure]
) -> tuple[list[Infrastructure], list[str]]:
    """Put the catalogue's own facts in place of the definitions' for each infrastructure it exports.

    The second part names those that cannot be found in awards, because the definitions lack their search terms.
    """
    if inputs.infrastructure is None:
        return list(infrastructures), []
    rows = sorted(
        engine.collect(inputs.infrastructure).to_pylist(), key=lambda row: (row["exported_at"] or "", repr(row))
    )
    exported = {row["infrastructure_id"]: row for row in rows}
    unknown = sorted(exported.keys() - {i.infrastructure_id for i in infrastructures})
    return [
        _updated(i, exported[i.infrastructure_id]) if i.infrastructure_id in exported else i for i in infrastructures
    ], [f"catalogue: {name}: left out, the definitions have no search terms for it" for name in unknown]


def exported_characteristics(engine: Engine, inputs: Inputs) -> list[Row]:
    """Return what the catalogue exported of its infrastructures, every export there is."""
    return engine.collect(inputs.characteristic).to_pylist() if inputs.characteristic is not None else []


def _updated(infrastructure: Infrastructure, facts: Row) -> Infrastructure:
    return replace(
        infrastructure,
        name=facts["name"],
        summary=facts["summary"],
        homepage=facts["homepage"] or infrastructure.homepage,
        aliases=tuple(facts["aliases"]),
        categories=tuple(facts["category_codes"]),
        steward=_steward(facts) or infrastructure.steward,
        country=facts["country_code"],
        code_repository=facts["code_repository"],
        licence=facts["licence"],
        launched=facts["launched_year"],
    )


def _steward(facts: Row) -> Steward | None:
    if not facts["steward_name"]:
        return None
    ror = re.fullmatch(r"(?:ror:|https://ror\.org/)(0[a-z0-9]{8})", facts["steward_organisation_id"] or "")
    return Steward(facts["steward_name"], f"https://ror.org/{ror[1]}" if ror else None)


def previous_ids(releases: Path) -> pa.Table | None:
    """Return record_id and award_id of the current release, so that awards keep their ids; None before the first."""
    path = releases / CURRENT / "award_record.parquet"
    if not path.exists():
        return None
    try:
        return pq.read_table(path, columns=["record_id", "award_id"])
    except (OSError, pa.ArrowException) as error:
        message = f"{path}: damaged ({error}); point `{CURRENT}` at a whole release, or delete it to begin anew"
        raise UnusableInputError(message) from error


def naming(engine: Engine, membership: ibis.Table, mention: ibis.Table, decided: Sequence[Row]) -> ibis.Table:
    """Return the members of awards of which some record names an infrastructure, or a person said that it does."""
    by_person = [{"record_id": d["record_id"]} for d in decided if d["kind"] == "support" and d["value"] == "supports"]
    said = engine.table(pa.Table.from_pylist(by_person, pa.schema([("record_id", pa.string())])))
    records = mention.select("record_id").union(said, distinct=True)
    named = membership.join(records, "record_id").select("award_id").distinct()
    return engine.materialise(membership.semi_join(named, "award_id"))


def published(
    engine: Engine,
    made: Made,
    normalised: Normalised,
    infrastructures: Sequence[Infrastructure],
    organisations: Registry,
    met: Mapping[str, Identified],
) -> dict[str, pa.Table]:
    """Return every published table, in memory: a release holds what names an infrastructure, not all that came in."""
    award = engine.collect(made.award)
    records = made.record.join(made.membership, "record_id")
    steward = stewards(infrastructures, organisations)
    everyone = {**met, **{organisation.organisation_id: organisation for organisation in steward.values()}}
    mention = made.mention.semi_join(made.membership, "record_id")
    exclusions = normalised.exclusions + _unnamed(engine, made) + _uncounted(engine, made, award)
    return {
        "organisation": pa.Table.from_pylist(organisation_rows(everyone.values(), organisations), ORGANISATION.schema),
        "infrastructure": pa.Table.from_pylist(
            [_catalogue_row(i, steward) for i in infrastructures], INFRASTRUCTURE.schema
        ),
        "award": _shaped(award.drop_columns(_REPLACED).rename_columns(_PUBLISHED_NAMES), AWARD.schema),
        "award_record": _shaped(engine.collect(records.select(*AWARD_RECORD.schema.names)), AWARD_RECORD.schema),
        "mention": _shaped(engine.collect(mention), MENTION.schema),
        "support": pa.Table.from_pylist(made.support, SUPPORT.schema),
        "attribution": _shaped(engine.collect(made.attribution), ATTRIBUTION.schema),
        "exclusion": pa.Table.from_pylist(exclusions, EXCLUSION.schema),
        "review_candidate": pa.Table.from_pylist(made.left, REVIEW_CANDIDATE.schema),
        "characteristic": pa.Table.from_pylist(made.characteristic, CHARACTERISTIC.schema),
    }


_REPLACED = ["funder_name", "recipient_country_code"]
_PUBLISHED_NAMES = {"canonical_funder_name": "funder_name", "known_recipient_country_code": "recipient_country_code"}


def _shaped(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    return rows.select(schema.names).cast(schema)


def _catalogue_row(infrastructure: Infrastructure, steward: Mapping[str, Identified]) -> Row:
    runs_it = steward.get(infrastructure.infrastructure_id)
    return {
        "infrastructure_id": infrastructure.infrastructure_id,
        "name": infrastructure.name,
        "aliases": list(infrastructure.aliases),
        "summary": infrastructure.summary,
        "homepage": infrastructure.homepage,
        "steward_organisation_id": runs_it and runs_it.organisation_id,
        "steward_name": infrastructure.steward and infrastructure.steward.name,
        "country_code": infrastructure.country,
        "category_codes": list(infrastructure.categories),
        "code_repository": infrastructure.code_repository,
        "licence": infrastructure.licence,
        "launched_year": infrastructure.launched,
    }


def _unnamed(engine: Engine, made: Made) -> list[Row]:
    """Book the records of awards that name no infrastructure."""
    rest = made.record.anti_join(made.membership, "record_id").select("record_id", "source")
    said = {"stage": "match", "reason_code": "no_infrastructure_named", "detail": NO_MENTION}
    return [row | said for row in engine.collect(rest).to_pylist()]


def _uncounted(engine: Engine, made: Made, award: pa.Table) -> list[Row]:
    """Book the records of awards that are shown but count in no total of money."""
    decisions_of: dict[str, set[str]] = {}
    for row in made.support:
        decisions_of.setdefault(row["award_id"], set()).add(row["decision"])
    reasons: dict[str, Row] = {}
    for row in award.select(["award_id", "amount_status", "amount_reason"]).to_pylist():
        found = decisions_of.get(row["award_id"], set())
        if "supports" not in found:
            code = "needs_review" if "needs_review" in found else "not_this_infrastructure"
            reasons[row["award_id"]] = {"stage": "judge", "reason_code": code, "detail": _JUDGED[code]}
        elif row["amount_status"] != "known":
            code = row["amount_reason"]
            reasons[row["award_id"]] = {"stage": "convert", "reason_code": code, "detail": _UNCONVERTED[code]}
    members = made.membership.join(made.record.select("record_id", "source"), "record_id")
    rows = engine.collect(members.select("record_id", "award_id", "source")).to_pylist()
    return [
        {"record_id": row["record_id"], "source": row["source"], **reasons[row["award_id"]]}
        for row in rows
        if row["award_id"] in reasons
    ]


_JUDGED = {
    "needs_review": "a mention is not sure; a person has to decide",
    "not_this_infrastructure": "every mention means something else or only names it in passing",
}
_UNCONVERTED = {
    "no_amount": "the publisher gives no amount",
    "no_currency": "the publisher gives no currency",
    "no_date": "no start date and no year to take a rate of",
    "no_rate": "the raw files have no reference rate of the European Central Bank for this currency and day",
}


def counts(tables: Mapping[str, pa.Table], normalised: Normalised) -> dict[str, int]:
    """Return the counts that must add up: records_in = canonical + duplicate + instalment + excluded."""
    roles = Counter(tables["award_record"].column("role").to_pylist())
    stages = Counter(tables["exclusion"].column("stage").to_pylist())
    in_totals = set(tables["attribution"].column("award_id").to_pylist())
    decided = Counter(tables["support"].column("decision").to_pylist())
    return {
        "records_in": sum(normalised.records_in.values()),
        "canonical": roles["canonical"],
        "duplicate": roles["duplicate"],
        "instalment": roles["instalment"],
        "excluded": _excluded_records(normalised) + stages["match"],
        "awards": tables["award"].num_rows,
        "awards_in_totals": len(in_totals),
        "supports": decided["supports"],
        "rejected": decided["rejected"],
        "needs_review": decided["needs_review"],
    }


def _excluded_records(normalised: Normalised) -> int:
    """Count the exclusions that are records: a registry's bad line is told, but is no award record."""
    records = {name for name, source in all_sources().items() if source.gives == "record"}
    return sum(row["source"] in records for row in normalised.exclusions)


def licences(normalised: Normalised) -> list[Row]:
    """Return publisher, homepage, licence and records of every source that gave something."""
    used = {row["source"] for row in normalised.inputs}
    return [
        {
            "source": name,
            "publisher": source.publisher,
            "homepage": source.homepage,
            "licence": source.licence,
            "gives": source.gives,
            "records": normalised.records_in[name],
        }
        for name, source in all_sources().items()
        if name in used
    ]
