"""Who received the awards."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row
from infracommons.insights.sums import SUMS


def by_recipient(release: Release, filters: AwardFilters) -> list[Row]:
    """Return recipient (id, or `unknown`), name, awards, counted, counted_usd, first and last year; largest first.

    The name is that of the organisation; None where the recipient is not identified.
    """
    return ask(release, filters, _BY_RECIPIENT)


_BY_RECIPIENT = f"""
SELECT coalesce(recipient_organisation_id, 'unknown') AS recipient, name, country_code, awards, counted, counted_usd,
  first_year, last_year
FROM (
  SELECT recipient_organisation_id, {SUMS}, min(award_year) AS first_year, max(award_year) AS last_year
  FROM matched GROUP BY recipient_organisation_id
) AS each LEFT JOIN organisation ON organisation_id = recipient_organisation_id
ORDER BY counted_usd DESC, awards DESC, recipient"""  # noqa: S608 - of constants only
