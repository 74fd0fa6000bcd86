"""Joins what the judge and the classifier say of awards and infrastructures with what people decided."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import ibis
import pyarrow as pa

from infracommons.pipeline.engine import Engine
from infracommons.vocabulary.tables import SUPPORT

Row = dict[str, Any]
PairKey = tuple[str, str]
_KEYS = pa.schema([(name, pa.string()) for name in SUPPORT.key])
_NOT_TOLD = {"support_type": "unknown", "support_reason": "the text does not name it", "activity": None}


def with_decisions(engine: Engine, judged: ibis.Table, membership: ibis.Table, decided: Sequence[Row]) -> list[Row]:
    """Return rows of contract SUPPORT, without the kind of support; a person's decision wins, the model's stays."""
    empty = dict.fromkeys(SUPPORT.schema.names)
    rows = {_key(row): empty | row for row in engine.collect(judged).to_pylist()}
    for key, decision in by_pair(engine, membership, decided, "support").items():
        before = rows.get(key, empty | dict(zip(SUPPORT.key, key, strict=True)))
        rows[key] = before | {
            "decision": decision["value"],
            "decided_by": "person",
            "reason": decision["reason"],
            "model_decision": before["decision"],
            "model_reason": before["reason"],
        }
    return [rows[key] for key in sorted(rows)]


def supported(engine: Engine, pair: ibis.Table, support: Sequence[Row]) -> ibis.Table:
    """Return the pairs that were decided to be support."""
    keys = [{k: row[k] for k in SUPPORT.key} for row in support if row["decision"] == "supports"]
    return pair.semi_join(engine.table(pa.Table.from_pylist(keys, _KEYS)), list(SUPPORT.key))


def complete_support(
    engine: Engine,
    support: Sequence[Row],
    classified: ibis.Table,
    award: ibis.Table,
    membership: ibis.Table,
    decided: Sequence[Row],
) -> tuple[list[Row], list[str]]:
    """Add the kind of support, and the share where it is known, to each row decided to be support.

    The second part says which decisions took no effect, and why.
    """
    kinds = {_key(row): row for row in engine.collect(classified).to_pylist()}
    kinds_by_person = by_pair(engine, membership, decided, "support_type")
    amounts = dict(zip(*engine.collect(award.select("award_id", "amount_usd")).to_pydict().values(), strict=True))
    supporting = [_key(row) for row in support if row["decision"] == "supports"]
    shares, unused = _usable_shares(by_pair(engine, membership, decided, "share"), supporting, amounts)
    unused += [
        f"decision {decision['decision_id']}: the award is not decided to support {key[1]}; its kind is not used"
        for key, decision in kinds_by_person.items()
        if key not in set(supporting)
    ]
    of_award = Counter(award_id for award_id, _ in supporting)
    rows = []
    for row in support:
        key = _key(row)
        if row["decision"] == "supports":
            alone = amounts[key[0]] if of_award[key[0]] == 1 else None
            kind = _kind(kinds.get(key, _NOT_TOLD), kinds_by_person.get(key))
            rows.append(row | kind | _share(shares.get(key), alone))
        else:
            rows.append(row)
    return rows, unused


def by_pair(engine: Engine, membership: ibis.Table, decided: Sequence[Row], kind: str) -> dict[PairKey, Row]:
    """Return decisions of one kind by award and infrastructure; the last one counts."""
    wanted = [d for d in decided if d["kind"] == kind]
    records = sorted({d["record_id"] for d in wanted})
    members = engine.collect(membership.filter(membership.record_id.isin(records))).to_pylist() if records else []
    award_of = {member["record_id"]: member["award_id"] for member in members}
    return {(award_of[d["record_id"]], d["infrastructure_id"]): d for d in wanted if d["record_id"] in award_of}


def _key(row: Mapping[str, Any]) -> PairKey:
    return row["award_id"], row["infrastructure_id"]


def _kind(told: Mapping[str, Any], said: Mapping[str, Any] | None) -> Row:
    kind = {name: told[name] for name in _NOT_TOLD}
    if said is None:
        return kind
    activity = kind["activity"] if said["value"] == "direct" else None
    return {"support_type": said["value"], "support_reason": said["reason"], "activity": activity}


def _share(documented: Decimal | None, alone: Decimal | None) -> Row:
    if documented is not None:
        return {"share_usd": documented, "share_basis": "documented"}
    if alone is not None:
        return {"share_usd": alone, "share_basis": "single"}
    return {"share_usd": None, "share_basis": "not_known"}


def _usable_shares(
    said: Mapping[PairKey, Row], supporting: Sequence[PairKey], amounts: Mapping[str, Decimal | None]
) -> tuple[dict[PairKey, Decimal], list[str]]:
    """Return the shares that can be counted: of awards with an amount, of which they are parts."""
    written: defaultdict[str, dict[PairKey, Row]] = defaultdict(dict)
    unused = []
    for key, decision in said.items():
        if key in set(supporting):
            written[key[0]][key] = decision
        else:
            unused.append(f"decision {decision['decision_id']}: the award is not decided to support {key[1]}")
    shares: dict[PairKey, Decimal] = {}
    for award_id, decisions in written.items():
        parts = {key: Decimal(decision["value"]) for key, decision in decisions.items()}
        amount, names = amounts[award_id], ", ".join(str(d["decision_id"]) for d in decisions.values())
        if amount is None:
            unused.append(f"decision {names}: {award_id} has no amount in US dollars that the share could be a part of")
        elif sum(parts.values()) > amount:
            unused.append(f"decision {names}: shares of {sum(parts.values())} of {award_id}, which has {amount} USD")
        else:
            shares |= parts
    return shares, [f"{line}; the share is not used" for line in unused]
