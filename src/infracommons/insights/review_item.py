"""What a reviewer needs to see of one item: the awards or the organisation, and what the machine says of them."""

from dataclasses import dataclass, field

from infracommons.insights.award import AwardEvidence, award_evidence
from infracommons.insights.release import Release, Row
from infracommons.insights.review_filters import SAME_AWARD, SAME_ORGANISATION, SUPPORT, SUPPORT_TYPE
from infracommons.insights.review_queue import item_name

MOST_AWARDS = 5  # of an organisation's, shown with the question


@dataclass(frozen=True)
class ReviewItem:
    """One item with every row it rests on.

    `machine_value` is the answer that the machine would give, empty where it gives none; `machine_reason` says why;
    `likelihood` is from 0 to 1. `record_ids` name the award, and the other one, in decisions.
    """

    kind: str
    subject_id: str
    other_id: str
    awards: tuple[AwardEvidence, ...] = ()
    record_ids: tuple[str, ...] = ()
    infrastructure: Row | None = None
    organisation: Row | None = None
    candidates: list[Row] = field(default_factory=list)
    named_in: list[Row] = field(default_factory=list)
    award_count: int = 0
    machine_value: str = ""
    machine_reason: str = ""
    likelihood: float | None = None

    @property
    def name(self) -> str:
        """The name under which decisions on it are kept."""
        return item_name(self.kind, self.subject_id, self.other_id)


def review_item(release: Release, kind: str, subject_id: str, other_id: str) -> ReviewItem | None:
    """Return the item, whether it still waits or not; None where the release has nothing of these ids."""
    if kind in (SUPPORT, SUPPORT_TYPE):
        return _of_pair(release, kind, subject_id, other_id)
    if kind == SAME_AWARD:
        return _of_awards(release, subject_id, other_id)
    return _of_organisation(release, subject_id) if kind == SAME_ORGANISATION and other_id == "-" else None


def _of_pair(release: Release, kind: str, award_id: str, infrastructure_id: str) -> ReviewItem | None:
    evidence = award_evidence(release, award_id)
    found = [row for row in evidence.supports if row["infrastructure_id"] == infrastructure_id] if evidence else []
    if evidence is None or not found:
        return None
    support = found[0]
    infrastructure = release.one(
        "SELECT infrastructure_id, name, summary, homepage, aliases FROM infrastructure WHERE infrastructure_id = $id",
        {"id": infrastructure_id},
    )
    said = _kind_said(support) if kind == SUPPORT_TYPE else _decision_said(support)
    return ReviewItem(
        kind, award_id, infrastructure_id, (evidence,), (_record_id(evidence),), infrastructure,
        machine_value=said[0], machine_reason=said[1], likelihood=said[2],
    )  # fmt: skip


def _decision_said(support: Row) -> tuple[str, str, float | None]:
    by_person = support["decided_by"] == "person"
    decision = support["model_decision" if by_person else "decision"]
    reason = support["model_reason" if by_person else "reason"]
    return ("" if decision == "needs_review" else decision or ""), reason or "", support["probability"]


def _kind_said(support: Row) -> tuple[str, str, float | None]:
    return support["support_type"] or "", support["support_reason"] or "", None


def _record_id(evidence: AwardEvidence) -> str:
    return str(evidence.records[0]["record_id"])  # the canonical record stands first


def _of_awards(release: Release, subject_id: str, other_id: str) -> ReviewItem | None:
    candidate = release.one(
        "SELECT * FROM review_candidate WHERE kind = $kind AND subject_id = $one AND other_id = $other",
        {"kind": SAME_AWARD, "one": subject_id, "other": other_id},
    )
    both = [award_evidence(release, award_id) for award_id in (subject_id, other_id)]
    awards = tuple(evidence for evidence in both if evidence)
    if len(awards) != len(both) or subject_id == other_id:
        return None
    if candidate is None:  # decided since, or asked for by hand
        return ReviewItem(SAME_AWARD, subject_id, other_id, awards, tuple(map(_record_id, awards)))
    records = candidate["subject_record_id"], candidate["other_record_id"]
    return ReviewItem(
        SAME_AWARD, subject_id, other_id, awards, records,
        machine_reason=candidate["reason"], likelihood=candidate["score"],
    )  # fmt: skip


def _of_organisation(release: Release, organisation_id: str) -> ReviewItem | None:
    organisation = release.one("SELECT * FROM organisation WHERE organisation_id = $id", {"id": organisation_id})
    if organisation is None or organisation["ror_id"]:
        return None
    candidates = release.query(_CANDIDATES, {"id": organisation_id})
    named = release.query(_NAMED, {"id": organisation_id, "most": MOST_AWARDS})
    best = candidates[0] if candidates else None
    return ReviewItem(
        SAME_ORGANISATION, organisation_id, "-", organisation=organisation, candidates=candidates, named_in=named,
        award_count=named[0]["of_all"] if named else 0,
        machine_reason=f"Most alike: {best['other_name']}; {best['reason']}" if best else "",
        likelihood=best["score"] if best else None,
    )  # fmt: skip


_CANDIDATES = """
SELECT other_id, other_name, other_country_code, score, reason FROM review_candidate
WHERE kind = 'same_organisation' AND subject_id = $id ORDER BY score DESC, other_id"""
_NAMED = """
SELECT award_id, title, funder_name, recipient_name, recipient_country_code, amount, currency, amount_usd, award_year,
  source_url, programme, CASE WHEN funder_organisation_id = $id THEN 'funder' ELSE 'recipient' END AS part,
  count(*) OVER () AS of_all
FROM award WHERE funder_organisation_id = $id OR recipient_organisation_id = $id
ORDER BY amount_usd DESC NULLS LAST, award_id LIMIT $most"""
