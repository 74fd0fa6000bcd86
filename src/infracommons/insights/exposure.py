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


_GIVEN = """
SELECT infrastructure_id, coalesce(funder_organisation_id, 'unknown') AS funder, min(funder_name) AS funder_name,
  CAST(sum(counted_usd) AS DECIMAL(38, 2)) AS given
FROM award_pair GROUP BY infrastructure_id, funder HAVING sum(counted_usd) > 0"""
_ON_EACH = f"""
SELECT funder, min(funder_name) AS name, CAST(sum(given) AS DECIMAL(38, 2)) AS counted_usd,
  count(*) AS infrastructures,
  count(*) FILTER (CAST(given AS DOUBLE) >= $half * CAST(everything AS DOUBLE)) AS dependent,
  count(*) FILTER (given = everything) AS sole
FROM (SELECT *, sum(given) OVER (PARTITION BY infrastructure_id) AS everything FROM ({_GIVEN}))
GROUP BY funder ORDER BY dependent DESC, counted_usd DESC, funder"""  # noqa: S608 - of constants only
_WITHOUT = f"""
SELECT infrastructure_id, infrastructure.name, counted_usd, lost_usd,
  CAST(counted_usd - lost_usd AS DECIMAL(38, 2)) AS left_usd,
  CAST(lost_usd AS DOUBLE) / CAST(counted_usd AS DOUBLE) AS lost_share, funders_left
FROM (
  SELECT infrastructure_id, CAST(sum(given) AS DECIMAL(38, 2)) AS counted_usd,
    CAST(coalesce(sum(given) FILTER (is_gone), 0) AS DECIMAL(38, 2)) AS lost_usd,
    count(*) FILTER (NOT is_gone) AS funders_left
  FROM (
    SELECT given.*, list_contains($gone::VARCHAR[], funder)
      OR ($federal AND coalesce(organisation.is_us_federal, false)) AS is_gone
    FROM ({_GIVEN}) AS given LEFT JOIN organisation ON organisation_id = funder
  ) GROUP BY infrastructure_id
) JOIN infrastructure USING (infrastructure_id)
ORDER BY lost_share DESC, lost_usd DESC, infrastructure_id"""  # noqa: S608 - of constants only
