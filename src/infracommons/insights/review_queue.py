"""What machines leave to people, ordered by what matters: money at stake times doubt."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from infracommons.insights.release import Release, Row, once_a_release
from infracommons.insights.review_filters import REVIEW_KINDS, SAME_AWARD, ReviewFilters
from infracommons.methods.alike_organisations import LEAST_SCORE
from infracommons.methods.support_type.rules import NO_WORK

CLOSE_CALL = 0.2  # doubt from which a person looks at what the model decided by itself: probabilities from 10 to 90 %
WEAK_KIND = 0.5  # doubt of a kind of support that rests on the recipient alone

# One row an item. `doubt` is from 0 (sure) to 1 (anything goes). The stake of an award without an amount in US dollars
# is the usual one; two awards that may be one would count the smaller amount twice.
_ITEMS = """
CREATE TABLE review_item AS
WITH usual AS (
  SELECT coalesce(quantile_disc(amount_usd, 0.5), 0) AS usd FROM award
), best AS (
  SELECT subject_id, max(score) AS first, coalesce(max(score, 2)[2], $least_score) AS second
  FROM review_candidate WHERE kind = 'same_organisation' GROUP BY subject_id
), pairs AS (
  SELECT 'support' AS kind, award_id, infrastructure_id,
    CASE WHEN decision = 'needs_review' AND decided_by = 'rule' OR probability IS NULL THEN 1
    ELSE 1 - abs(2 * probability - 1) END AS doubt
  FROM support
  WHERE decided_by <> 'person' AND (decision = 'needs_review'
    OR (decided_by = 'model' AND 1 - abs(2 * probability - 1) >= $close_call))
  UNION ALL
  SELECT 'support_type', award_id, infrastructure_id, CASE WHEN support_type = 'unknown' THEN 1 ELSE $weak_kind END
  FROM support
  WHERE decision = 'supports' AND (support_type = 'unknown' OR contains(support_reason, $no_work))
), named AS (
  SELECT DISTINCT subject_id, award_id FROM best JOIN (
    SELECT funder_organisation_id AS subject_id, award_id FROM award
    UNION ALL SELECT recipient_organisation_id, award_id FROM award) USING (subject_id)
), supported AS (
  SELECT award_id, list(infrastructure_id) AS infrastructures
  FROM support SEMI JOIN (SELECT unnest([subject_id, other_id]) AS award_id FROM review_candidate
    UNION ALL SELECT award_id FROM named) AS wanted USING (award_id)
  GROUP BY award_id
), summed AS (
  SELECT kind, award_id AS subject_id, infrastructure_id AS other_id, doubt, coalesce(amount_usd, usd) AS stake,
    amount_usd IS NOT NULL AS is_stake_known, [source] AS sources, [infrastructure_id] AS infrastructures
  FROM pairs JOIN award USING (award_id) CROSS JOIN usual
  UNION ALL
  SELECT kind, subject_id, other_id, 1 - abs(2 * score - 1),
    least(coalesce(one.amount_usd, usd), coalesce(two.amount_usd, usd)),
    one.amount_usd IS NOT NULL AND two.amount_usd IS NOT NULL, list_distinct([one.source, two.source]),
    list_distinct(list_concat(by_one.infrastructures, by_two.infrastructures))
  FROM review_candidate CROSS JOIN usual
  JOIN award AS one ON one.award_id = subject_id JOIN award AS two ON two.award_id = other_id
  LEFT JOIN supported AS by_one ON by_one.award_id = subject_id
  LEFT JOIN supported AS by_two ON by_two.award_id = other_id
  WHERE kind = 'same_award'
  UNION ALL
  SELECT 'same_organisation', subject_id, '-', 1 - (any_value(first) - any_value(second)),
    sum(coalesce(amount_usd, usd)) FILTER (award_id IS NOT NULL),
    coalesce(bool_and(amount_usd IS NOT NULL), false), list_distinct(list(source)),
    list_distinct(flatten(list(infrastructures)))
  FROM best LEFT JOIN named USING (subject_id) LEFT JOIN award USING (award_id)
  LEFT JOIN supported USING (award_id) CROSS JOIN usual
  GROUP BY subject_id
)
SELECT concat(kind, '|', subject_id, '|', other_id) AS item, * EXCLUDE (stake),
  CAST(coalesce(stake, 0) AS DECIMAL(38, 2)) AS stake_usd, CAST(coalesce(stake, 0) AS DOUBLE) * doubt AS weight
FROM summed
"""
_COLUMNS = "item, kind, subject_id, other_id, stake_usd, is_stake_known, doubt, weight"
_WAITING = """
FROM review_item
WHERE ($kind = '' OR kind = $kind)
  AND ($infrastructure = '' OR list_contains(infrastructures, $infrastructure))
  AND ($source = '' OR list_contains(sources, $source))
  AND NOT EXISTS (SELECT 1 FROM (SELECT unnest($done::VARCHAR[]) AS item) AS done WHERE done.item = review_item.item)
"""


def review_queue(
    release: Release, filters: ReviewFilters, done: Collection[str], *, rows: int, skip: int = 0
) -> list[Row]:
    """Return items that wait, what matters most first; `done` are items (see `item_name`) to leave out.

    Columns: item, kind, subject_id, other_id, stake_usd, is_stake_known, doubt (0 to 1), weight.
    """
    question = f"SELECT {_COLUMNS} {_WAITING} ORDER BY weight DESC, item LIMIT $rows OFFSET $skip"
    return _ask(release, question, filters, done, rows=rows, skip=skip)


def review_counts(release: Release, filters: ReviewFilters, done: Collection[str]) -> dict[str, int]:
    """Return how many items of each kind wait."""
    counted = _ask(release, f"SELECT kind, count(*) AS items {_WAITING} GROUP BY kind", filters, done)
    found = {row["kind"]: row["items"] for row in counted}
    return {kind: found.get(kind, 0) for kind in REVIEW_KINDS}


def review_items(release: Release, names: Collection[str]) -> dict[str, Row]:
    """Return the items of these names, as far as they still wait in this release."""
    _prepare(release)
    question = f"SELECT {_COLUMNS} FROM review_item WHERE list_contains($names::VARCHAR[], item)"  # noqa: S608 - ours
    return {row["item"]: row for row in release.query(question, {"names": list(names)})}


def review_titles(release: Release, rows: Sequence[Row]) -> dict[str, str]:
    """Return what each item is about, by its name: the infrastructure with the award's title, or the organisation."""
    question = """
    SELECT award_id AS id, title AS words FROM award WHERE list_contains($ids::VARCHAR[], award_id)
    UNION ALL SELECT organisation_id, name FROM organisation WHERE list_contains($ids::VARCHAR[], organisation_id)
    UNION ALL SELECT infrastructure_id, name FROM infrastructure WHERE list_contains($ids::VARCHAR[], infrastructure_id)
    """
    ids = sorted({row[column] for row in rows for column in ("subject_id", "other_id")})
    words = {row["id"]: row["words"] for row in release.query(question, {"ids": ids})}
    return {row["item"]: _about(row, words) for row in rows}


def _about(row: Row, words: Mapping[str, str | None]) -> str:
    subject = _called(row["subject_id"], words)
    if row["kind"] == SAME_AWARD:
        return f"{subject} / {_called(row['other_id'], words)}"
    named = words.get(row["other_id"])
    return f"{named} in “{subject}”" if named else subject


def _called(name: str, words: Mapping[str, str | None]) -> str:
    return words.get(name) or f"title unknown, {name}"


@once_a_release
def review_sources(release: Release) -> tuple[str, ...]:
    """Return the sources whose awards have items."""
    _prepare(release)
    rows = release.query("SELECT DISTINCT unnest(sources) AS source FROM review_item ORDER BY source")
    return tuple(row["source"] for row in rows if row["source"])


def usual_stake(release: Release) -> Decimal:
    """Return the amount in US dollars that stands for an unknown one: the (lower) median of the known ones."""
    row = release.one("SELECT coalesce(quantile_disc(amount_usd, 0.5), 0) AS usd FROM award")
    return Decimal(row["usd"]) if row else Decimal(0)


def item_name(kind: str, subject_id: str, other_id: str) -> str:
    """Return the name of an item, under which decisions on it are kept."""
    return f"{kind}|{subject_id}|{other_id}"


def _ask(release: Release, question: str, filters: ReviewFilters, done: Collection[str], **more: Any) -> list[Row]:  # noqa: ANN401
    _prepare(release)
    return release.query(question, {**filters.parameters(), "done": list(done), **more})


@once_a_release
def _prepare(release: Release) -> None:
    """Work out the items once a release, in its own memory: a release never changes."""
    release.rows(
        _ITEMS,
        {"close_call": CLOSE_CALL, "weak_kind": WEAK_KIND, "no_work": NO_WORK, "least_score": LEAST_SCORE},
    )
