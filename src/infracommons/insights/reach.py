"""Which categories of infrastructure the awards reach: the categories overlap, so their rows are never added up."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row
from infracommons.insights.sums import LARGEST_FIRST, WANTED, added_up

# An infrastructure without a category stands in one of its own, so that none is lost. Most awards have one pair: these
# are added up by infrastructure first, of which there are few; only the others are looked at award by award.
_PLACED = """
WITH placed AS MATERIALIZED (
  SELECT infrastructure_id, CASE WHEN len(category_codes) = 0 THEN ['unknown'] ELSE category_codes END AS codes
  FROM infrastructure
), several AS MATERIALIZED (
  SELECT award_no FROM pair GROUP BY award_no HAVING count(*) > 1
), reached AS (
  SELECT award_no, counted_usd, unnest(codes) AS category_code
  FROM pair SEMI JOIN several USING (award_no) JOIN placed USING (infrastructure_id)
)"""
_REACHED = """
SELECT category_code, count(*) AS infrastructures FROM (
  SELECT unnest(CASE WHEN len(category_codes) = 0 THEN ['unknown'] ELSE category_codes END) AS category_code
  FROM infrastructure WHERE infrastructure_id IN (SELECT DISTINCT infrastructure_id FROM pair))
GROUP BY category_code"""
_SEVERAL = """
SELECT (
  SELECT count(*) FROM (
    SELECT award_no FROM reached GROUP BY award_no HAVING min(category_code) <> max(category_code))
) + (
  SELECT count(*) FROM pair ANTI JOIN several USING (award_no) JOIN placed USING (infrastructure_id)
  WHERE len(codes) > 1
) AS awards"""


def category_reach(release: Release, filters: AwardFilters) -> list[Row]:
    """Return category_code (`unknown` without one), awards, counted, counted_usd, infrastructures; largest first.

    Asked for one category, only that one has a row, though its infrastructures have others too.
    """
    reached = {row["category_code"]: row["infrastructures"] for row in ask(release, filters, _REACHED)}
    rows = ask(release, filters.narrowed(counted=""), _sums(filters))
    return [
        row | {"infrastructures": reached.get(row["category_code"], 0)}
        for row in rows
        if not filters.category or row["category_code"] in filters.category
    ]


def several_categories(release: Release, filters: AwardFilters) -> int:
    """Return how many of the matched awards reach more than one category."""
    question = " ".join(("SELECT awards FROM (", _PLACED, _SEVERAL, ")"))
    return int(ask(release, filters, question)[0]["awards"])


def _sums(filters: AwardFilters) -> str:
    """Return the question for the sums of each category, in which an award counts once."""
    wanted, whole = WANTED[filters.counted], added_up(filters.rule)
    return f"""
    SELECT category_code, CAST(sum(awards) AS BIGINT) AS awards, CAST(sum(counted) AS BIGINT) AS counted,
      CAST(coalesce(sum(usd), 0) AS DECIMAL(38, 2)) AS counted_usd
    FROM ({_PLACED}
      SELECT unnest(codes) AS category_code, awards, counted, usd FROM (
        SELECT infrastructure_id, count(*) AS awards, count(counted_usd) AS counted, sum(counted_usd) AS usd
        FROM pair ANTI JOIN several USING (award_no) WHERE {wanted} GROUP BY infrastructure_id
      ) JOIN placed USING (infrastructure_id)
      UNION ALL
      SELECT category_code, count(*), count(counted_usd), sum(counted_usd) FROM (
        SELECT category_code, award_no, {whole} AS counted_usd FROM reached GROUP BY ALL
      ) WHERE {wanted} GROUP BY category_code
    ) GROUP BY category_code {LARGEST_FIRST}"""  # noqa: S608 - of constants only
