"""Says of every record which award it belongs to, its part there and why; award ids stay from release to release."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple

import pyarrow as pa

from infracommons.methods.duplicates.facts import base_id
from infracommons.methods.duplicates.groups import Decisions, accepted, groups_of
from infracommons.methods.duplicates.verdict import VERSIONS, Link
from infracommons.vocabulary.problems import UnusableInputError

MEMBERSHIP = pa.schema(
    [
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("award_id", pa.string(), nullable=False),
        pa.field("role", pa.string(), nullable=False),
        pa.field("merge_reason", pa.string()),
    ]
)


class Standing(NamedTuple):
    """What decides which record leads an award: the newest version, the richer source, the earlier start, the id."""

    richness: int
    start_date: date | None
    record_id: str
    is_older: bool = False  # version of a record that is there in a newer one

    def place(self) -> tuple[bool, int, date, str]:
        """Return a key by which the leader sorts first."""
        return self.is_older, -self.richness, self.start_date or date.max, self.record_id


class Part(NamedTuple):
    """The part of one record in an award that has several."""

    leader: str
    role: str
    reason: str | None


def decisions_of(corrections: Sequence[Mapping[str, Any]]) -> Decisions:
    """Return what people decided of pairs; of two decisions on one pair, the later counts.

    Raises UnusableInputError for a decision on a pair that does not name two records.
    """
    latest: dict[tuple[str, str], Mapping[str, Any]] = {}
    for line in sorted(corrections, key=lambda line: (line["decided_on"] or date.min, line["decision_id"])):
        if line["kind"] in {"same_award", "different_award"}:
            if not line["other_record_id"] or line["other_record_id"] == line["record_id"]:
                message = f"decision {line['decision_id']}: {line['kind']} needs another record in other_record_id"
                raise UnusableInputError(message)
            first, second = sorted((line["record_id"], line["other_record_id"]))
            latest[first, second] = line
    return Decisions(
        same=tuple((*pair, line["reason"]) for pair, line in latest.items() if line["kind"] == "same_award"),
        different=frozenset(pair for pair, line in latest.items() if line["kind"] == "different_award"),
    )


def parts(links: Iterable[Link], decisions: Decisions, standings: Mapping[str, Standing]) -> dict[str, Part]:
    """Return the part of each record that shares its award with others.

    Records held together by `duplicate` links tell the same money: one of them counts. Where an award has several such
    sets, each brings money of its own: one leads the award, the others are instalments.
    """
    held = [link for link in accepted(links, decisions) if link.first in standings and link.second in standings]
    same_money = {
        record: group for group in groups_of(link for link in held if link.kind == "duplicate") for record in group
    }
    reasons = _reasons(held)
    found: dict[str, Part] = {}
    for group in groups_of(held):
        leader = _leader(group, standings)
        for record in group:
            tells = same_money.get(record, [record])
            if record == leader:
                found[record] = Part(leader, "canonical", None)
            elif leader in tells or record != _leader(tells, standings):
                found[record] = Part(leader, "duplicate", reasons[record, "duplicate"])
            else:
                found[record] = Part(leader, "instalment", reasons.get((record, "instalment"), reasons[record, "any"]))
    return found


@dataclass(frozen=True)
class AwardIds:
    """Gives awards their ids: the one they had, else one made of the leading record's id."""

    found: Mapping[str, Part]
    kept: Mapping[str, str]  # leader -> id

    @classmethod
    def of(cls, found: Mapping[str, Part], previous: Mapping[str, str], present: Collection[str]) -> "AwardIds":
        """Keep the id that any record of an award had; where two awards claim one, the one whose record made it has it.

        `previous` gives the award id of each record of the release before; of these, only the records `present` now
        claim their id.
        """
        claims: defaultdict[str, list[tuple[bool, bool, str, str]]] = defaultdict(list)
        for record, award_id in previous.items():
            if record not in present:
                continue
            leader = found[record].leader if record in found else record
            claims[award_id].append((record_award_id(record) != award_id, record != leader, record, leader))
        kept: dict[str, str] = {}
        for award_id in sorted(claims):
            *_, leader = min(claims[award_id])
            # An award joined of two keeps the id its leader had, else the first.
            if leader not in kept or previous.get(leader) == award_id:
                kept[leader] = award_id
        return cls(found, kept)

    def of_leader(self, leader: str) -> str:
        """Return the id of the award that this record leads."""
        if leader in self.kept:
            return self.kept[leader]
        # Newer versions (x#2, x#3) do not change the name of the award that x is in.
        base = base_id(leader)
        named = base if base in self.found and self.found[base].leader == leader else leader
        return next(made for made in _made(named) if made not in self._taken)

    @cached_property
    def _taken(self) -> frozenset[str]:
        return frozenset(self.kept.values())


def _made(record_id: str) -> Iterator[str]:
    """Return the ids that a record can give, best first; all are its own."""
    yield record_award_id(record_id)
    yield from (record_award_id(f"{record_id}#again-{number}") for number in count(1))


def record_award_id(record_id: str) -> str:
    """Return the award id that a record gives an award which has none yet."""
    return f"award-{hashlib.sha256(record_id.encode()).hexdigest()[:16]}"


def _leader(records: Iterable[str], standings: Mapping[str, Standing]) -> str:
    return min(records, key=lambda record: standings[record].place())


def _reasons(held: Sequence[Link]) -> dict[tuple[str, str], str]:
    """Return the surest reason by record and kind; as the later or poorer record where it is one."""
    rules = [link for link in held if link.lane != VERSIONS]
    versions = [link for link in held if link.lane == VERSIONS]
    reasons: dict[tuple[str, str], str] = {}
    said = [
        *((link.second, link.kind, link.reason) for link in (*versions, *rules)),
        *((link.first, link.kind, link.reason) for link in rules),
        *((link.first, link.kind, "newer version of the same record") for link in versions),
    ]
    for record, kind, reason in said:
        for asked in (kind, "any"):
            reasons.setdefault((record, asked), reason)
    return reasons
