"""Who received the awards."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release, Row
from infracommons.insights.sums import award_groups


def by_recipient(release: Release, filters: AwardFilters) -> list[Row]:
    """Return recipient (id, or `unknown`), name, awards, counted, counted_usd, first and last year; largest first.

    The name is that of the organisation; None where the recipient is not identified.
    """
    key = """coalesce(recipient_organisation_id, 'unknown') AS recipient,
      min(organisation.name) AS name, min(organisation.country_code) AS country_code,
      min(award_year) AS first_year, max(award_year) AS last_year"""
    tables = "matched LEFT JOIN organisation ON organisation.organisation_id = matched.recipient_organisation_id"
    return award_groups(release, filters, key, tables)
