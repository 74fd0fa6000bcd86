"""What groups of awards add up to: the columns that every such answer has, and groups over parts of awards."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row

SUMS = """count(*) AS awards, count(counted_usd) AS counted,
  CAST(coalesce(sum(counted_usd), 0) AS DECIMAL(38, 2)) AS counted_usd"""
WANTED = {"": "true", "yes": "counted_usd IS NOT NULL", "no": "counted_usd IS NULL"}  # by the filter `counted`
LARGEST_FIRST = "ORDER BY counted_usd DESC, awards DESC, 1, 2, 3"


def award_groups(release: Release, filters: AwardFilters, key: str, tables: str = "matched") -> list[Row]:
    """Return `key` (SQL columns over `tables`) with awards, counted and counted_usd of each group, largest first."""
    return ask(release, filters, " ".join(("SELECT", key, ",", SUMS, "FROM", tables, "GROUP BY ALL", LARGEST_FIRST)))


def part_groups(release: Release, filters: AwardFilters, key: str, tables: str = "pair") -> list[Row]:
    """Return the same over pairs of award and infrastructure: an award counts once in each group that a pair is in.

    A row is what the same filters give when they are narrowed to its group: so an award may stand in several.
    """
    parts = f"SELECT {key}, award_no, {added_up(filters.rule)} AS counted_usd FROM {tables} GROUP BY ALL"  # noqa: S608 - of constants only
    question = f"SELECT * EXCLUDE (award_no, counted_usd), {SUMS} FROM ({parts}) WHERE {WANTED[filters.counted]}"  # noqa: S608 - as above
    return ask(release, filters.narrowed(counted=""), f"{question} GROUP BY ALL {LARGEST_FIRST}")


def added_up(rule: str) -> str:
    """Return what counts of one award over some of its pairs: under `full` its amount, else the sum of the parts."""
    return f"CAST({'max' if rule == 'full' else 'sum'}(counted_usd) AS DECIMAL(20, 2))"
