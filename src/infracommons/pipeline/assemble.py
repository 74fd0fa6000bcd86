"""Joins what the stages found with people's decisions into the published tables, and counts every record."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from infracommons.methods.organisations import Identified, Registry
from infracommons.pipeline.definitions import load_corrections
from infracommons.pipeline.engine import Engine
from infracommons.pipeline.releases import CURRENT
from infracommons.pipeline.source import Gives, all_sources
from infracommons.pipeline.stages.identify import organisation_rows, stewards
from infracommons.pipeline.stages.normalise import CONTRACTS, Normalised
from infracommons.vocabulary.definitions import Infrastructure, Steward
from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.tables import (
    ATTRIBUTION,
    AWARD,
    AWARD_RECORD,
    EXCLUSION,
    INFRASTRUCTURE,
    MENTION,
    ORGANISATION,
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


def read(engine: Engine, normalised: Normalised) -> Inputs:
    """Give the engine the normalised files; a source kind without files is None, records are an empty table."""

    def table(gives: Gives) -> ibis.Table | None:
        files = normalised.files.get(gives)
        return engine.read_parquet(files) if files else None

    record = table("record")
    if record is None:
        record = engine.table(CONTRACTS["record"].schema.empty_table())
    return Inputs(record, table("organisation"), table("rate"), table("infrastructure"), table("decision"))


def decisions(engine: Engine, inputs: Inputs, definitions: Path) -> list[Row]:
    """Return people's decisions: the lines of the corrections, then those exported from the review desk."""
    exported = (
        engine.collect(inputs.decision.order_by("decision_id")).to_pylist() if inputs.decision is not None else []
    )
    return load_corrections(definitions) + exported


def with_catalogue_export(
    engine: Engine, inputs: Inputs, infrastructures: Sequence[Infrastructure]
) -> list[Infrastructure]:
    """Put the catalogue's own facts in place of the definitions' for each infrastructure it exports."""
    if inputs.infrastructure is None:
        return list(infrastructures)
    exported = {row["infrastructure_id"]: row for row in engine.collect(inputs.infrastructure).to_pylist()}
    return [
        _updated(i, exported[i.infrastructure_id]) if i.infrastructure_id in exported else i for i in infrastructures
    ]


def _updated(infrastructure: Infrastructure, facts: Row) -> Infrastructure:
    return replace(
        infrastructure,
        name=facts["name"],
        summary=facts["summary"],
        homepage=facts["homepage"] or infrastructure.homepage,
        aliases=tuple(facts["aliases"]),
        categories=tuple(facts["category_codes"]),
        steward=Steward(facts["steward_name"]) if facts["steward_name"] else infrastructure.steward,
        country=facts["country_code"],
        code_repository=facts["code_repository"],
        licence=facts["licence"],
        launched=facts["launched_year"],
    )


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


def with_decisions(engine: Engine, judged: ibis.Table, membership: ibis.Table, decided: Sequence[Row]) -> list[Row]:
    """Return rows of contract SUPPORT, without the kind of support; a person's decision wins, the model's stays."""
    empty = dict.fromkeys(SUPPORT.schema.names)
    rows: dict[PairKey, Row] = {
        (row["award_id"], row["infrastructure_id"]): empty | row for row in engine.collect(judged).to_pylist()
    }
    for key, decision in _by_pair(engine, membership, decided, "support").items():
        rows[key] = rows.get(key, empty | {"award_id": key[0], "infrastructure_id": key[1]}) | {
            "decision": decision["value"],
            "decided_by": "person",
            "reason": decision["reason"],
        }
    return [rows[key] for key in sorted(rows)]


def supported(engine: Engine, pair: ibis.Table, support: Sequence[Row]) -> ibis.Table:
    """Return the pairs that were decided to be support."""
    keys = [{k: row[k] for k in SUPPORT.key} for row in support if row["decision"] == "supports"]
    wanted = engine.table(pa.Table.from_pylist(keys, pa.schema([(name, pa.string()) for name in SUPPORT.key])))
    return pair.semi_join(wanted, list(SUPPORT.key))


def complete_support(
    engine: Engine,
    support: Sequence[Row],
    classified: ibis.Table,
    award: ibis.Table,
    membership: ibis.Table,
    decided: Sequence[Row],
) -> list[Row]:
    """Add the kind of support, and the share where it is known, to each row decided to be support."""
    kinds = {(r["award_id"], r["infrastructure_id"]): r for r in engine.collect(classified).to_pylist()}
    kinds_by_person = _by_pair(engine, membership, decided, "support_type")
    shares = _by_pair(engine, membership, decided, "share")
    amounts = {
        r["award_id"]: r["amount_usd"] for r in engine.collect(award.select("award_id", "amount_usd")).to_pylist()
    }
    supports = Counter(row["award_id"] for row in support if row["decision"] == "supports")
    rows = []
    for row in support:
        key = row["award_id"], row["infrastructure_id"]
        if row["decision"] != "supports":
            rows.append(row)
            continue
        kind = kinds.get(key, {"support_type": "unknown", "support_reason": "no text to read", "activity": None})
        added = {name: kind[name] for name in ("support_type", "support_reason", "activity")}
        if key in kinds_by_person:
            said = kinds_by_person[key]
            added |= {"support_type": said["value"], "support_reason": said["reason"]}
            added["activity"] = added["activity"] if said["value"] == "direct" else None
        if key in shares:
            added |= {"share_usd": Decimal(shares[key]["value"]), "share_basis": "documented"}
        elif supports[row["award_id"]] == 1 and amounts[row["award_id"]] is not None:
            added |= {"share_usd": amounts[row["award_id"]], "share_basis": "single"}
        else:
            added["share_basis"] = "not_known"
        rows.append(row | added)
    return rows


def _by_pair(engine: Engine, membership: ibis.Table, decided: Sequence[Row], kind: str) -> dict[PairKey, Row]:
    """Return decisions of one kind by award and infrastructure; the last one counts."""
    wanted = [d for d in decided if d["kind"] == kind]
    records = sorted({d["record_id"] for d in wanted})
    members = engine.collect(membership.filter(membership.record_id.isin(records))).to_pylist() if records else []
    award_of = {member["record_id"]: member["award_id"] for member in members}
    return {(award_of[d["record_id"]], d["infrastructure_id"]): d for d in wanted if d["record_id"] in award_of}


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
    "no_rate": "the European Central Bank has no rate for this currency and day",
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
