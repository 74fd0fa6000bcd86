"""Writes what people decided: as decisions that the next release reads, and as labels to train and to measure by."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from django.utils import timezone

from infracommons.insights.release import Release
from infracommons.insights.review_filters import SAME_AWARD, SAME_ORGANISATION, SUPPORT, SUPPORT_TYPE
from infracommons.insights.review_item import ReviewItem, review_item
from infracommons.vocabulary.inputs import WITHDRAWN
from infracommons.web.funding.desk.standing import standings
from infracommons.web.funding.models import ReviewDecision, Step

Row = dict[str, Any]
RELEVANCE = ("grant_id", "infrastructure", "title", "description", "relevant")
SUPPORT_TYPES = (
    "row_no", "award_id", "oi_name", "host_organization", "grant_title", "grant_description", "recipient",
    "award_supercat", "award_cat",
)  # fmt: skip


def export_curation(folder: Path) -> tuple[Path, int]:
    """Write every decision ever made into a new file of `folder`, those that no longer hold as withdrawn.

    Return the file and how many decisions hold. The file's name holds the moment: raw files are never overwritten.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now = timezone.now()
    path = folder / f"curation_{now:%Y-%m-%dT%H%M%S%fZ}.jsonl"
    partial = path.with_name(f".{path.name}.part")
    held = 0
    with partial.open("wb") as file:
        for line in _lines():
            held += line["kind"] != WITHDRAWN
            file.write(orjson.dumps(line | {"exported_at": now.isoformat()}, option=orjson.OPT_APPEND_NEWLINE))
    partial.replace(path)
    return path, held


def _lines() -> Iterator[Row]:
    """Yield what counts of each item, and a withdrawal for every other row: an earlier file may hold it."""
    count_now = {standing.decision.pk for _, standing in standings() if standing.decision}
    for row in ReviewDecision.objects.exclude(step=Step.WITHDRAWAL).order_by("id").iterator():
        yield _line(row) if row.pk in count_now else _withdrawn(row)


def _withdrawn(row: ReviewDecision) -> Row:
    return {"decision_id": row.decision_id, "kind": WITHDRAWN, "reason": "does not hold any more"}


def _line(row: ReviewDecision) -> Row:
    """Return the decision as the contract `decision` has it."""
    said = {
        "decision_id": row.decision_id,
        "kind": row.value if row.kind == SAME_AWARD else row.kind,
        "reason": row.note or f"a {row.role} answered “{row.words}” at the review desk",
        "decided_on": row.at.date().isoformat(),
    }
    if row.kind == SAME_ORGANISATION:
        return said | {"organisation_id": row.subject_id, "value": row.value}
    if row.kind == SAME_AWARD:
        return said | {"record_id": row.record_id, "other_record_id": row.other_record_id}
    return said | {"record_id": row.record_id, "infrastructure_id": row.other_id, "value": row.value}


def export_labels(out: Path, release: Release) -> dict[str, int]:
    """Write `relevance.csv` and `support_type.csv` in the columns that training and measuring read.

    Return the rows of each, and under `not_in_release` the decisions whose award the release does not have: they have
    no text to learn from.
    """
    out.mkdir(parents=True, exist_ok=True)
    relevance: list[Row] = []
    kinds: list[Row] = []
    lost = 0
    for _, standing in standings():
        decision = standing.decision
        if decision is None or decision.kind not in (SUPPORT, SUPPORT_TYPE):
            continue
        item = review_item(release, decision.kind, decision.subject_id, decision.other_id)
        if item is None:
            lost += 1
        elif decision.kind == SUPPORT:
            relevance.append(_relevance(item, decision))
        else:
            kinds.append(_kind(item, decision, len(kinds) + 1))
    _write(out / "relevance.csv", RELEVANCE, relevance)
    _write(out / "support_type.csv", SUPPORT_TYPES, kinds)
    return {"relevance": len(relevance), "support_type": len(kinds), "not_in_release": lost}


def _relevance(item: ReviewItem, decision: ReviewDecision) -> Row:
    record = _record(item)
    return {
        "grant_id": record["record_id"],
        "infrastructure": _infrastructure(item),
        "title": record["title"],
        "description": record["description"],
        "relevant": "TRUE" if decision.value == "supports" else "FALSE",
    }


def _kind(item: ReviewItem, decision: ReviewDecision, number: int) -> Row:
    record = _record(item)
    label = decision.value.upper()
    return {
        "row_no": number,
        "award_id": record["record_id"],
        "oi_name": json.dumps([_infrastructure(item)], ensure_ascii=False),
        "host_organization": "[]",
        "grant_title": record["title"],
        "grant_description": record["description"],
        "recipient": record["recipient_name"],
        "award_supercat": label,
        "award_cat": "" if label == "DIRECT" else label,  # what direct support pays for is not asked
    }


def _record(item: ReviewItem) -> Row:
    """Return the record that leads the award."""
    return item.awards[0].records[0]


def _infrastructure(item: ReviewItem) -> str:
    return str(item.infrastructure["name"]) if item.infrastructure else item.other_id


def _write(path: Path, columns: tuple[str, ...], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
