"""What groups of awards add up to: the columns that every such answer has, and groups over parts of awards."""

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.narrow import MONEY
from infracommons.insights.release import Release, Row

SUMS = """count(*) AS awards, count(counted_usd) AS counted,
  CAST(coalesce(sum(counted_usd), 0) AS DECIMAL(38, 2)) AS counted_usd"""
_SUMMED = "count(*) AS awards, count(counted_usd) AS counted, sum(counted_usd) AS usd"
WANTED = {"": "true", "yes": "counted_usd IS NOT NULL", "no": "counted_usd IS NULL"}  # by the filter `counted`
LARGEST_FIRST = "ORDER BY counted_usd DESC, awards DESC, 1, 2, 3"


def award_groups(release: Release, filters: AwardFilters, key: str, by: str = "ALL") -> list[Row]:
    """Return `key` (SQL columns over `matched`) with awards, counted and counted_usd of each group, largest first.

    `by` are the columns to group by, where `key` says something of the groups rather than of awards.
    """
    return ask(release, filters, f"SELECT {key}, {SUMS} FROM matched GROUP BY {by} {LARGEST_FIRST}")  # noqa: S608 - of constants only


def part_groups(
    release: Release, filters: AwardFilters, key: str, tables: str = "award_pair", only: str = "true"
) -> list[Row]:
    """Return the same over pairs of award and infrastructure: an award counts once in each group that a pair is in.

    A row is what the same filters give when they are narrowed to its group: so an award may stand in several. `key` are
    columns of `tables`, which have those of `award_pair`; `only` is the condition that a pair must hold. Most awards
    have one pair: only the others are added up award by award.
    """
    wanted, whole = WANTED[filters.counted], _added_up(filters.rule)
    question = f"""
    SELECT {key}, CAST(sum(awards) AS BIGINT) AS awards, CAST(sum(counted) AS BIGINT) AS counted,
      CAST(coalesce(sum(usd), 0) AS DECIMAL(38, 2)) AS counted_usd
    FROM (
      SELECT {key}, {_SUMMED} FROM {tables} WHERE NOT names_several AND {only} AND {wanted} GROUP BY ALL
      UNION ALL
      SELECT {key}, {_SUMMED} FROM (
        SELECT {key}, award_no, {whole} AS counted_usd FROM {tables} WHERE names_several AND {only} GROUP BY ALL
      ) WHERE {wanted} GROUP BY ALL
    ) GROUP BY ALL {LARGEST_FIRST}"""  # noqa: S608 - of constants only
    return ask(release, filters.narrowed(counted=""), question)


def _added_up(rule: str) -> str:
    """Return what counts of one award over some of its pairs: under `full` its amount, else the sum of the parts."""
    return f"CAST({'max' if rule == 'full' else 'sum'}(counted_usd) AS {MONEY})"
