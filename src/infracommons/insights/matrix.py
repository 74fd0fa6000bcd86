"""Who gives to what: the money of each funder for each infrastructure."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row

OTHERS = "others"
MOST_PAIRS, MOST_FUNDERS, MOST_INFRASTRUCTURES = 20_000, 40, 400


def funders_by_infrastructure(release: Release, filters: AwardFilters, most_pairs: int = MOST_PAIRS) -> list[Row]:
    """Return a row for each funder and infrastructure between which there is an award, the most money first.

    Columns: funder (id or `unknown`), funder_name, infrastructure_id, name, awards, counted, counted_usd. An award for
    several infrastructures is in several rows. Where there are more than `most_pairs`, those but the 40 funders and 400
    infrastructures with the most money stand together as `others`, so that the sum is always that of all pairs.
    """
    (pairs,) = ask(release, filters, _HOW_MANY)
    is_long = pairs["pairs"] > most_pairs
    limits = (MOST_FUNDERS, MOST_INFRASTRUCTURES) if is_long else (pairs["pairs"], pairs["pairs"])
    return ask(release, filters, _CELLS, most_funders=limits[0], most_infrastructures=limits[1])


_HOW_MANY = "SELECT count(*) AS pairs FROM given"
_CELLS = """
SELECT * FROM (
WITH giver AS (
  SELECT funder, row_number() OVER (ORDER BY coalesce(sum(counted_usd), 0) DESC, funder) <= $most_funders AS is_shown
  FROM given GROUP BY funder
), getter AS (
  SELECT infrastructure_id, row_number() OVER (ORDER BY coalesce(sum(counted_usd), 0) DESC, infrastructure_id)
    <= $most_infrastructures AS is_shown
  FROM given GROUP BY infrastructure_id
), cell AS (
  SELECT CASE WHEN giver.is_shown THEN funder END AS funder, min(funder_name) AS funder_name,
    CASE WHEN getter.is_shown THEN infrastructure_id END AS infrastructure_id,
    CAST(sum(awards) AS BIGINT) AS awards, CAST(sum(counted) AS BIGINT) AS counted,
    CAST(coalesce(sum(counted_usd), 0) AS DECIMAL(38, 2)) AS counted_usd
  FROM given JOIN giver USING (funder) JOIN getter USING (infrastructure_id) GROUP BY ALL
)
SELECT coalesce(funder, 'others') AS funder,
  CASE WHEN funder IS NULL THEN 'All other funders' ELSE funder_name END AS funder_name,
  coalesce(cell.infrastructure_id, 'others') AS infrastructure_id,
  coalesce(infrastructure.name, 'All other infrastructures') AS name, awards, counted, counted_usd
FROM cell LEFT JOIN infrastructure ON infrastructure.infrastructure_id = cell.infrastructure_id
) ORDER BY counted_usd DESC, awards DESC, funder, infrastructure_id"""
