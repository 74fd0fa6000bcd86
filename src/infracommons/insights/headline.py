"""The numbers at the head of the funding pages: how many infrastructures, funders and recipients the awards join."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row

_ASKED = """
SELECT count(DISTINCT funder_organisation_id) AS funders, count(DISTINCT recipient_organisation_id) AS recipients,
  count(DISTINCT source) AS sources,
  (SELECT count(DISTINCT infrastructure_id) FROM pair) AS infrastructures,
  (SELECT count(*) FROM infrastructure) AS catalogued
FROM matched"""


def headline(release: Release, filters: AwardFilters) -> Row:
    """Return how many identified funders and recipients, sources and infrastructures the matched awards have.

    `catalogued` are the infrastructures of the release, with awards or without.
    """
    return ask(release, filters, _ASKED)[0]
