"""Who gives to what: the money of each funder for each infrastructure."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row


def funders_by_infrastructure(release: Release, filters: AwardFilters) -> list[Row]:
    """Return a row for each funder and infrastructure between which there is an award, the most money first.

    Columns: funder (id or `unknown`), funder_name, infrastructure_id, name, awards, counted, counted_usd. An award for
    several infrastructures is in several rows.
    """
    return ask(
        release,
        filters,
        """
        SELECT coalesce(funder_organisation_id, 'unknown') AS funder, min(funder_name) AS funder_name,
          pair.infrastructure_id, any_value(infrastructure.name) AS name,
          count(*) AS awards, count(pair.counted_usd) AS counted,
          CAST(coalesce(sum(pair.counted_usd), 0) AS DECIMAL(38, 2)) AS counted_usd
        FROM pair JOIN matched USING (award_id)
        JOIN infrastructure ON infrastructure.infrastructure_id = pair.infrastructure_id
        GROUP BY funder, pair.infrastructure_id
        ORDER BY counted_usd DESC, awards DESC, funder, pair.infrastructure_id""",
    )
