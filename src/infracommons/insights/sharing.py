"""Awards that support several infrastructures: what the rules of counting differ on."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row

_SEVERAL = """
SELECT count(*) AS awards, CAST(coalesce(sum(counted_usd), 0) AS DECIMAL(38, 2)) AS counted_usd
FROM matched SEMI JOIN (
  SELECT award_no FROM narrow_pair WHERE names_several AND decision = 'supports' GROUP BY award_no HAVING count(*) > 1
) AS several USING (award_no) WHERE names_several"""


def shared_awards(release: Release, filters: AwardFilters) -> Row:
    """Return awards and counted_usd (in full, once each) of the matched that support several infrastructures."""
    return ask(release, filters.narrowed(rule="full"), _SEVERAL)[0]
