"""What awards are for: the types of support, what direct support pays for, and both over time."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release, Row
from infracommons.insights.sums import part_groups


def by_support_type(release: Release, filters: AwardFilters) -> list[Row]:
    """Return support_type (None where an award is not support), awards, counted, counted_usd; largest first."""
    return part_groups(release, filters, "support_type")


def by_support_type_and_year(release: Release, filters: AwardFilters) -> list[Row]:
    """Return support_type, award_year (None where unknown), awards, counted, counted_usd."""
    return part_groups(release, filters, "support_type, award_year")


def by_activity(release: Release, filters: AwardFilters) -> list[Row]:
    """Return activity (None where unknown), awards, counted, counted_usd of the direct support among the matched."""
    return part_groups(release, filters, "activity", only="support_type = 'direct'")
