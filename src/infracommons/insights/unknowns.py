"""What is not known of the awards: amounts, years, types, funders, recipients, countries; overall and by source."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row

# Each thing asked of an award, and the condition under which it is not known.
ASKED = {
    "amount": "amount_status = 'unknown'",
    "rate": "amount_status = 'not_convertible'",
    "year": "award_year IS NULL",
    "end": "end_date IS NULL",
    "support_type": "award_no IN (SELECT award_no FROM pair WHERE support_type = 'unknown')",
    "funder": "funder_organisation_id IS NULL",
    "recipient": "recipient_organisation_id IS NULL",
    "recipient_country": "recipient_country_code IS NULL",
}
_COUNTS = ", ".join(f"count(*) FILTER ({condition}) AS {name}" for name, condition in ASKED.items())


def unknowns(release: Release, filters: AwardFilters) -> Row:
    """Return `awards`, and for each name of ASKED how many of them lack it."""
    return ask(release, filters, " ".join(("SELECT count(*) AS awards,", _COUNTS, "FROM matched")))[0]


def unknowns_by_source(release: Release, filters: AwardFilters) -> list[Row]:
    """Return source, `awards` and for each name of ASKED how many lack it; most awards first."""
    question = ("SELECT source, count(*) AS awards,", _COUNTS, "FROM matched GROUP BY source")
    return ask(release, filters, " ".join((*question, "ORDER BY awards DESC, source")))
