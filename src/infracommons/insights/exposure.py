"""What would be missing without a funder: for each funder who depends on it, and for each infrastructure how much.

The funders asked for in the filters are those imagined away; the other filters hold for all money looked at.
"""

from typing import Literal

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row

HALF = 0.5  # from so large a share on, an infrastructure is said to depend on a funder
Leaving = Literal["asked", "us_federal"]


def dependence_on_each(release: Release, filters: AwardFilters) -> list[Row]:
    """Return for every funder with money what hangs on it, the most dependent infrastructures first.

    Columns: funder (id or `unknown`), name, counted_usd, infrastructures (that it gives to), dependent (to which it
    gives half or more of their money), sole (to which nobody else gives any).
    """
    return ask(release, filters.narrowed(funder=()), _ON_EACH, half=HALF)


def without(release: Release, filters: AwardFilters, leaving: Leaving = "asked") -> list[Row]:
    """Return for every infrastructure with money what it would lose, the largest part first.

    Columns: infrastructure_id, name, counted_usd, lost_usd, left_usd, lost_share (0 to 1), funders_left. `asked`: the
    funders in the filters leave; `us_federal`: all money of the federal government of the United States does.
    """
    everyone = filters.narrowed(funder=())
    gone = list(filters.funder) if leaving == "asked" else []
    return ask(release, everyone, _WITHOUT, gone=gone, federal=leaving == "us_federal")


_ON_EACH = """
SELECT funder, min(funder_name) AS name, CAST(sum(counted_usd) AS DECIMAL(38, 2)) AS counted_usd,
  count(*) AS infrastructures,
  count(*) FILTER (CAST(counted_usd AS DOUBLE) >= $half * CAST(everything AS DOUBLE)) AS dependent,
  count(*) FILTER (counted_usd = everything) AS sole
FROM given JOIN (
  SELECT infrastructure_id, sum(counted_usd) AS everything FROM given WHERE counted_usd > 0 GROUP BY infrastructure_id
) USING (infrastructure_id) WHERE counted_usd > 0
GROUP BY funder ORDER BY dependent DESC, counted_usd DESC, funder"""
_WITHOUT = """
SELECT each.infrastructure_id, infrastructure.name, counted_usd, lost_usd,
  CAST(counted_usd - lost_usd AS DECIMAL(38, 2)) AS left_usd,
  CAST(lost_usd AS DOUBLE) / CAST(counted_usd AS DOUBLE) AS lost_share, funders_left
FROM (
  SELECT infrastructure_id, CAST(sum(counted_usd) AS DECIMAL(38, 2)) AS counted_usd,
    CAST(coalesce(sum(counted_usd) FILTER (is_gone), 0) AS DECIMAL(38, 2)) AS lost_usd,
    count(*) FILTER (NOT is_gone) AS funders_left
  FROM given JOIN (
    SELECT funder, list_contains($gone::VARCHAR[], CAST(funder AS VARCHAR))
      OR ($federal AND coalesce(is_us_federal, false)) AS is_gone
    FROM (SELECT DISTINCT funder FROM given) LEFT JOIN organisation ON organisation_id = funder
  ) USING (funder) WHERE counted_usd > 0 GROUP BY infrastructure_id
) AS each JOIN infrastructure ON infrastructure.infrastructure_id = each.infrastructure_id
ORDER BY lost_share DESC, lost_usd DESC, each.infrastructure_id"""
