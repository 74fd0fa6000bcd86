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


_HOW_MANY = """
SELECT count(*) AS pairs
FROM (SELECT DISTINCT funder_organisation_id IS NULL, funder_organisation_id, infrastructure_id FROM award_pair)"""
_CELLS = """
SELECT * FROM (
WITH cell AS (
  SELECT coalesce(funder_organisation_id, 'unknown') AS funder, min(funder_name) AS funder_name,
    CAST(infrastructure_id AS VARCHAR) AS infrastructure_id, count(*) AS awards, count(counted_usd) AS counted,
    coalesce(sum(counted_usd), 0) AS counted_usd
  FROM award_pair GROUP BY ALL
), giver AS (
  SELECT funder, row_number() OVER (ORDER BY sum(counted_usd) DESC, funder) AS place FROM cell GROUP BY funder
), getter AS (
  SELECT infrastructure_id, row_number() OVER (ORDER BY sum(counted_usd) DESC, infrastructure_id) AS place
  FROM cell GROUP BY infrastructure_id
), shown AS (
  SELECT cell.* REPLACE (
    CASE WHEN giver.place <= $most_funders THEN funder ELSE 'others' END AS funder,
    CASE WHEN giver.place <= $most_funders THEN funder_name ELSE 'All other funders' END AS funder_name,
    CASE WHEN getter.place <= $most_infrastructures THEN infrastructure_id ELSE 'others' END AS infrastructure_id
  ) FROM cell JOIN giver USING (funder) JOIN getter USING (infrastructure_id)
)
SELECT funder, min(funder_name) AS funder_name, infrastructure_id,
  coalesce(any_value(infrastructure.name), 'All other infrastructures') AS name,
  CAST(sum(awards) AS BIGINT) AS awards, CAST(sum(counted) AS BIGINT) AS counted,
  CAST(sum(counted_usd) AS DECIMAL(38, 2)) AS counted_usd
FROM shown LEFT JOIN infrastructure USING (infrastructure_id)
GROUP BY funder, infrastructure_id
) ORDER BY counted_usd DESC, awards DESC, funder, infrastructure_id"""
