"""The columns that exhibits over awards share."""

from infracommons.exhibits.exhibit import Column
from infracommons.insights.award_filters import AwardFilters


def money(filters: AwardFilters, name: str = "counted_usd", label: str = "") -> Column:
    """Return a column of dollars; its head says of which year, where they are of one."""
    code = f"USD of {filters.prices}" if filters.prices else "USD"
    return Column(name, f"{label}, {code}" if label else code, "usd")


def sums(filters: AwardFilters) -> tuple[Column, ...]:
    """Return the columns of every sum of awards: dollars, awards, and how many of these are in the dollars."""
    return (money(filters), Column("awards", "Awards", "count"), Column("counted", "Of these counted", "count"))
