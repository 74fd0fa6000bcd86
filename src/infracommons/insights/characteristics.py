"""What the catalogue says of infrastructures, counted: how many have a practice, a licence, a country; how many say."""

from collections.abc import Sequence

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
_ALL = "SELECT count(*) AS infrastructures FROM chosen, (SELECT count(*) FROM said)"


def counts(release: Release, filters: AwardFilters, fields: Sequence[str]) -> list[Row]:
    """Return field, value, label and number of infrastructures, the most frequent value of each field first."""
    return release.query(_CHOSEN + _COUNTS, _bound(filters, fields))


def known(release: Release, filters: AwardFilters, fields: Sequence[str]) -> dict[str, int]:
    """Return for each field of how many infrastructures something is said."""
    found = {row["field"]: row["infrastructures"] for row in release.query(_CHOSEN + _KNOWN, _bound(filters, fields))}
    return {field: found.get(field, 0) for field in fields}


def chosen(release: Release, filters: AwardFilters) -> int:
    """Return how many infrastructures the filters ask for."""
    (row,) = release.query(_CHOSEN + _ALL, _bound(filters, ()))
    return int(row["infrastructures"])


def _bound(filters: AwardFilters, fields: Sequence[str]) -> dict[str, list[str]]:
    return {
        "infrastructure": list(filters.infrastructure),
        "category": list(filters.category),
        "fields": list(fields),
    }
