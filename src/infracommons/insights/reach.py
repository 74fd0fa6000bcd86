"""Which categories of infrastructure the awards reach: the categories overlap, so their rows are never added up."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row
from infracommons.insights.sums import part_groups

_REACHED = "(FROM award_pair JOIN narrow_category USING (infrastructure_id))"
_INFRASTRUCTURES = """
SELECT category_code, count(*) AS infrastructures
FROM narrow_category SEMI JOIN (SELECT DISTINCT infrastructure_id FROM pair) USING (infrastructure_id)
GROUP BY category_code"""
# Most awards have one pair: only the others are looked at award by award.
_SEVERAL = f"""
SELECT (
  SELECT count(*) FROM (
    SELECT award_no FROM {_REACHED} WHERE names_several
    GROUP BY award_no HAVING min(category_code) <> max(category_code))
) + (
  SELECT count(*) FROM award_pair SEMI JOIN (
    SELECT infrastructure_id FROM narrow_category GROUP BY infrastructure_id HAVING count(*) > 1
  ) USING (infrastructure_id) WHERE NOT names_several
) AS awards"""  # noqa: S608 - of constants only


def category_reach(release: Release, filters: AwardFilters) -> list[Row]:
    """Return category_code (`unknown` without one), awards, counted, counted_usd, infrastructures; largest first.

    Asked for one category, only that one has a row, though its infrastructures have others too.
    """
    reached = {row["category_code"]: row["infrastructures"] for row in ask(release, filters, _INFRASTRUCTURES)}
    rows = part_groups(release, filters, "category_code", _REACHED)
    return [
        row | {"infrastructures": reached.get(row["category_code"], 0)}
        for row in rows
        if not filters.category or row["category_code"] in filters.category
    ]


def several_categories(release: Release, filters: AwardFilters) -> int:
    """Return how many of the matched awards reach more than one category."""
    return int(ask(release, filters, _SEVERAL)[0]["awards"])
