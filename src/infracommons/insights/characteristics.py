"""What the catalogue says of infrastructures, counted: how many have a practice, a licence, a country; how many say."""

from collections.abc import Sequence
from typing import Any

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release, Row

# Infrastructures that the filters ask for; the other filters are about awards and make no difference here.
_CHOSEN = """
WITH chosen AS (
  SELECT infrastructure_id FROM infrastructure
  WHERE (len($infrastructure::VARCHAR[]) = 0 OR list_contains($infrastructure::VARCHAR[], infrastructure_id))
    AND (len($category::VARCHAR[]) = 0 OR list_has_any($category::VARCHAR[], category_codes))
), said AS (
  SELECT characteristic.* FROM characteristic SEMI JOIN chosen USING (infrastructure_id)
  WHERE list_contains($fields::VARCHAR[], field)
)
"""
_COUNTS = """
SELECT field, value, min(label) AS label, count(*) AS infrastructures
FROM said GROUP BY field, value ORDER BY field, infrastructures DESC, value"""
_KNOWN = """
SELECT field, count(DISTINCT infrastructure_id) AS infrastructures FROM said GROUP BY field"""
# An infrastructure of which the field `chosen` says something is not counted by its field `text` as well.
_STATED = """
, choosers AS (SELECT DISTINCT infrastructure_id FROM said WHERE field = $chosen)
SELECT
  value,
  min(label) AS label,
  count(*) FILTER (field = $chosen) AS chosen,
  count(*) FILTER (field <> $chosen AND infrastructure_id NOT IN (FROM choosers)) AS stated
FROM said GROUP BY value HAVING chosen + stated > 0 ORDER BY chosen + stated DESC, value"""
_TELLERS = """
SELECT
  count(DISTINCT infrastructure_id) FILTER (field = $chosen) AS chosen,
  count(DISTINCT infrastructure_id) AS told
FROM said"""
_ALL = "SELECT count(*) AS infrastructures FROM chosen, (SELECT count(*) FROM said)"


def counts(release: Release, filters: AwardFilters, fields: Sequence[str]) -> list[Row]:
    """Return field, value, label and number of infrastructures, the most frequent value of each field first."""
    return release.query(_CHOSEN + _COUNTS, _bound(filters, fields))


def known(release: Release, filters: AwardFilters, fields: Sequence[str]) -> dict[str, int]:
    """Return for each field of how many infrastructures something is said."""
    found = {row["field"]: row["infrastructures"] for row in release.query(_CHOSEN + _KNOWN, _bound(filters, fields))}
    return {field: found.get(field, 0) for field in fields}


def chosen_or_stated(release: Release, filters: AwardFilters, choice: str, text: str) -> list[Row]:
    """Return value, label, chosen, stated: infrastructures of a term by their choice, else by what their text states.

    The text that states no term has a row of its own. Most frequent first.
    """
    return release.query(_CHOSEN + _STATED, _bound(filters, (choice, text)) | {"chosen": choice})


def tellers(release: Release, filters: AwardFilters, choice: str, text: str) -> tuple[int, int]:
    """Return how many infrastructures have chosen terms, and how many others have a text alone."""
    (row,) = release.query(_CHOSEN + _TELLERS, _bound(filters, (choice, text)) | {"chosen": choice})
    return row["chosen"], row["told"] - row["chosen"]


def chosen(release: Release, filters: AwardFilters) -> int:
    """Return how many infrastructures the filters ask for."""
    (row,) = release.query(_CHOSEN + _ALL, _bound(filters, ()))
    return int(row["infrastructures"])


def _bound(filters: AwardFilters, fields: Sequence[str]) -> dict[str, Any]:
    return {
        "infrastructure": list(filters.infrastructure),
        "category": list(filters.category),
        "fields": list(fields),
    }
