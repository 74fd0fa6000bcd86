"""What is known of one award, and how: records, mentions, decisions, shares and what was set aside."""

from collections import defaultdict
from dataclasses import dataclass

from infracommons.insights.release import Release, Row


@dataclass(frozen=True)
class AwardEvidence:
    """One award with every row that stands behind it, as the tables have them."""

    award: Row
    records: list[Row]
    mentions: dict[str, list[Row]]  # by record_id
    supports: list[Row]  # with `name` of the infrastructure and `attributed`: US dollars by rule
    exclusions: list[Row]


def award_evidence(release: Release, award_id: str) -> AwardEvidence | None:
    """Return all evidence for the award of that id, None where the release has none."""
    award = release.one("SELECT * FROM award WHERE award_id = $id", {"id": award_id})
    if award is None:
        return None
    return AwardEvidence(
        award,
        records=release.query(_RECORDS, {"id": award_id}),
        mentions=_mentions(release, award_id),
        supports=_supports(release, award_id),
        exclusions=release.query(_EXCLUSIONS, {"id": award_id}),
    )


_RECORDS = """
SELECT * FROM award_record WHERE award_id = $id
ORDER BY CASE role WHEN 'canonical' THEN 0 WHEN 'instalment' THEN 1 ELSE 2 END, record_id"""
_MENTIONS = """
SELECT mention.*, infrastructure.name FROM mention JOIN award_record USING (record_id)
JOIN infrastructure USING (infrastructure_id)
WHERE award_record.award_id = $id ORDER BY record_id, field, start, mention.end DESC, mention_id"""
_SUPPORTS = """
SELECT support.*, infrastructure.name FROM support JOIN infrastructure USING (infrastructure_id)
WHERE award_id = $id ORDER BY decision DESC, lower(name), infrastructure_id"""
_ATTRIBUTIONS = "SELECT * FROM attribution WHERE award_id = $id ORDER BY infrastructure_id, rule"
_EXCLUSIONS = """
SELECT exclusion.* FROM exclusion SEMI JOIN
  (SELECT record_id FROM award_record WHERE award_id = $id) AS own USING (record_id)
ORDER BY record_id, stage"""


def _mentions(release: Release, award_id: str) -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in release.query(_MENTIONS, {"id": award_id}):
        found[row["record_id"]].append(row)
    return dict(found)


def _supports(release: Release, award_id: str) -> list[Row]:
    attributed: defaultdict[str, Row] = defaultdict(dict)
    for row in release.query(_ATTRIBUTIONS, {"id": award_id}):
        attributed[row["infrastructure_id"]][row["rule"]] = row["amount_usd"]
    supports = release.query(_SUPPORTS, {"id": award_id})
    return [row | {"attributed": attributed[row["infrastructure_id"]]} for row in supports]
