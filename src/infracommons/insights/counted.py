"""The one question under every list and total: which awards match, and how much of each counts under the rule.

An award counts once, whatever the rule: under `full` its amount, else the sum of the parts that go to the
infrastructures asked for. So a total is always the sum of its rows.
"""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release, Row

# Tables named here for the questions that follow: `pair` (award, infrastructure, counted_usd under the rule),
# `matched` (award with infrastructure_ids and counted_usd).
_MATCHED = """
WITH asked AS (
  SELECT award_id, infrastructure_id, support_type FROM support JOIN infrastructure USING (infrastructure_id)
  WHERE (len($infrastructure::VARCHAR[]) = 0 OR list_contains($infrastructure::VARCHAR[], infrastructure_id))
    AND ($decision = 'any' OR decision = $decision)
    AND (len($support_type::VARCHAR[]) = 0 OR list_contains($support_type::VARCHAR[], support_type))
    AND (len($category::VARCHAR[]) = 0 OR list_has_any($category::VARCHAR[], category_codes))
), priced AS (
  -- Thousandths of a point over cents: whole numbers, so that the slow way in Python comes to the same cent.
  SELECT attribution.*,
    2 * CAST(list_extract($levels::HUGEINT[], list_position($level_years::BIGINT[], award_year)) AS HUGEINT) AS twice
  FROM attribution JOIN award USING (award_id) WHERE rule = $rule
), every_pair AS (
  SELECT asked.*,
    CASE WHEN $level::HUGEINT IS NULL THEN amount_usd
    ELSE CAST(CAST((CAST(amount_usd * 100 AS HUGEINT) * $level::HUGEINT * 2 + twice // 2) // twice AS DECIMAL(34, 0))
      * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(20, 2)) END AS counted_usd
  FROM asked LEFT JOIN priced
    ON priced.award_id = asked.award_id AND priced.infrastructure_id = asked.infrastructure_id
), of_award AS (
  SELECT award_id,
    string_agg(infrastructure_id, '; ' ORDER BY infrastructure_id) AS infrastructure_ids,
    string_agg(coalesce(support_type, 'not decided'), '; ' ORDER BY infrastructure_id) AS support_types,
    CAST(CASE WHEN $rule = 'full' THEN max(counted_usd) ELSE sum(counted_usd) END AS DECIMAL(20, 2)) AS counted_usd
  FROM every_pair GROUP BY award_id
), matched AS (
  SELECT award.*, of_award.infrastructure_ids, of_award.support_types, $rule AS counted_rule, of_award.counted_usd
  FROM award JOIN of_award USING (award_id)
  LEFT JOIN organisation AS funder ON funder.organisation_id = award.funder_organisation_id
  WHERE (len($funder::VARCHAR[]) = 0
         OR list_contains($funder::VARCHAR[], coalesce(funder_organisation_id, 'unknown')))
    AND (len($region::VARCHAR[]) = 0 OR list_contains($region::VARCHAR[], coalesce(funder.region, 'unknown')))
    AND (len($country::VARCHAR[]) = 0
         OR list_contains($country::VARCHAR[], coalesce(recipient_country_code, 'unknown')))
    AND (len($source::VARCHAR[]) = 0 OR list_contains($source::VARCHAR[], award.source))
    AND (len($amount_status::VARCHAR[]) = 0 OR list_contains($amount_status::VARCHAR[], amount_status))
    AND ($year_from::BIGINT IS NULL OR award_year >= $year_from::BIGINT)
    AND ($year_to::BIGINT IS NULL OR award_year <= $year_to::BIGINT)
    AND ($undated = '' OR award_year IS NULL)
    AND ($counted = '' OR ($counted = 'yes') = (of_award.counted_usd IS NOT NULL))
    AND len(list_filter($words::VARCHAR[], lambda word: NOT contains(
          strip_accents(lower(concat_ws(' ', title, recipient_name))), strip_accents(lower(word))))) = 0
), pair AS (
  SELECT every_pair.* FROM every_pair SEMI JOIN matched USING (award_id)
)
"""
_EVERY, _PAGE = "SELECT * FROM matched", "LIMIT $limit OFFSET $offset"
_ORDER = """
ORDER BY
  CASE $sort WHEN 'newest' THEN -award_year WHEN 'oldest' THEN award_year END NULLS LAST,
  CASE $sort WHEN 'largest' THEN -counted_usd WHEN 'smallest' THEN counted_usd END NULLS LAST,
  CASE $sort WHEN 'title' THEN lower(title) WHEN 'funder' THEN lower(funder_name) END NULLS LAST,
  start_date DESC NULLS LAST, award_id
"""


def ask(release: Release, filters: AwardFilters, question: str, **more: Any) -> list[Row]:  # noqa: ANN401
    """Return the answer to a question over `matched` and `pair`; `more` are further values it binds."""
    return release.query(f"{_MATCHED} {question}", _bound(filters, question, more))


def page_of(release: Release, filters: AwardFilters, *, rows: int) -> list[Row]:
    """Return the rows of the page asked for, `rows` a page, in the order that the filters name."""
    return ask(release, filters, " ".join((_EVERY, _ORDER, _PAGE)), limit=rows, offset=(filters.page - 1) * rows)


def every_row(release: Release, filters: AwardFilters) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return all columns of all matched awards, in the same order, in batches: what a download holds."""
    question = " ".join((_EVERY, _ORDER))
    return release.batches(f"{_MATCHED} {question}", _bound(filters, question, {}))


def _bound(filters: AwardFilters, question: str, more: dict[str, Any]) -> dict[str, Any]:
    """Return the values that the statement names, and no other: the engine refuses spare ones."""
    values = {**filters.parameters(), **more}
    return {name: value for name, value in values.items() if f"${name}" in _MATCHED or f"${name}" in question}
