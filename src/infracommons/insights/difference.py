"""What is different between two releases: awards, decisions, totals, and why each total moved.

The movement of a total is the sum of the movements of its awards. An award's movement stands under all that changed of
it: an award whose amount and decision both changed is under "amount+decision", because no way of dividing its movement
between the two is less arbitrary than another. So the reasons of a rule add up exactly to its movement.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from infracommons.insights.award_filters import PAGE, AwardFilters
from infracommons.insights.difference_tables import AFTER
from infracommons.insights.paging import ROWS_A_PAGE, RowList, pages
from infracommons.insights.query_string import choice, many, one
from infracommons.insights.release import Row
from infracommons.insights.two_releases import InFolder, TwoReleases, two_releases
from infracommons.vocabulary.tables import RULES

CHANGES = tuple(f"{what}_{how}" for what in ("award", "support") for how in ("added", "removed", "changed"))
REASONS = ("award_added", "award_removed", "amount", "exchange_rate", "decision", "share", "attribution")
GROUPINGS = ("reason", "infrastructure", "funder", "support_type")


@dataclass(frozen=True)
class DifferenceFilters:
    """What the rows of a difference are narrowed to, and the rule that movements are shown under."""

    change: tuple[str, ...] = many(*choice(CHANGES))
    rule: str = one(AwardFilters().rule, *choice(RULES))
    page: int = one(1, *PAGE)


@dataclass(frozen=True)
class Difference:
    """Two releases side by side, `before` and `after` by their ids.

    changes: by kind of CHANGES the number of awards, or of pairs of award and infrastructure. cells: by kind the number
    of rows in the list of changes, where a changed award has one for each column. totals: rule, before_usd, after_usd,
    moved_usd, awards (whose counted amount moved), one for each rule. moved: by grouping, rows of rule, key, name,
    before_usd, after_usd, moved_usd, and awards_before and awards_after, which count in them; groups that did not move
    are left out. Reasons are joined by plus signs, and their rows are of the awards that moved for them.
    """

    before: str
    after: str
    changes: dict[str, int]
    cells: dict[str, int]
    totals: list[Row]
    moved: dict[str, list[Row]]

    @property
    def is_same(self) -> bool:
        """Whether awards, decisions and totals are the same."""
        return not any(self.changes.values()) and not any(self.moved.values())

    def of_rule(self, grouping: str, rule: str) -> list[Row]:
        """Return the movements of a grouping under a rule, the largest first."""
        return [row for row in self.moved[grouping] if row["rule"] == rule]


def difference(before: InFolder, after: InFolder) -> Difference:
    """Return what is different in `after`. Raises UnusableInputError where a release cannot be read."""
    return _told(two_releases(before, after), str(before.manifest["release"]), str(after.manifest["release"]))


@lru_cache(maxsize=8)
def _told(two: TwoReleases, before_id: str, after_id: str) -> Difference:
    cells = {row["change"]: row["rows"] for row in two.query(_COUNTED)}
    return Difference(
        before_id,
        after_id,
        _changes(two),
        {kind: cells.get(kind, 0) for kind in CHANGES},
        _totals(two),
        {grouping: two.query(_MOVED, {"grouping": grouping}) for grouping in GROUPINGS},
    )


def changes(before: InFolder, after: InFolder, filters: DifferenceFilters) -> RowList:
    """Return one page of changes: change, award_id, title, funder_name, infrastructure_id, column_name, before, after.

    A row is one column of an award, or of a pair, that changed; one that was added or removed is one row.
    """
    told = difference(before, after)
    count = sum(told.cells[kind] for kind in filters.change or CHANGES)
    place = {"limit": ROWS_A_PAGE, "offset": (filters.page - 1) * ROWS_A_PAGE}
    question = " ".join((_LISTED, "LIMIT $limit OFFSET $offset"))
    two = two_releases(before, after)
    rows = two.query(question, {"change": list(filters.change), **place}) if filters.page <= pages(count) else []
    return RowList(rows, count, pages(count))


def every_change(
    before: InFolder, after: InFolder, filters: DifferenceFilters
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return all rows of `changes`, in the same order, in batches."""
    return two_releases(before, after).batches(_LISTED, {"change": list(filters.change)})


def awards_after(before: InFolder, after: InFolder, award_ids: Sequence[str]) -> frozenset[str]:
    """Return those of the awards that `after` has."""
    question = f"SELECT award_id FROM {AFTER}.award WHERE list_contains($ids::VARCHAR[], award_id)"  # noqa: S608 - ours
    rows = two_releases(before, after).query(question, {"ids": list(award_ids)})
    return frozenset(row["award_id"] for row in rows)


_MONEY = pa.decimal128(38, 2)
_MOVED_SCHEMA = pa.schema(
    [
        ("grouping", pa.string()), ("rule", pa.string()), ("key", pa.string()), ("name", pa.string()),
        ("before_usd", _MONEY), ("after_usd", _MONEY), ("moved_usd", _MONEY),
        ("awards_before", pa.int64()), ("awards_after", pa.int64()),
    ]
)  # fmt: skip


def every_movement(told: Difference, grouping: str) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return the movements of a grouping under every rule; KeyError where there is no such grouping."""
    rows = [{"grouping": grouping, "name": None, **row} for row in told.moved[grouping]]
    return _MOVED_SCHEMA, iter(pa.Table.from_pylist(rows, _MOVED_SCHEMA).to_batches())


def _changes(two: TwoReleases) -> dict[str, int]:
    question = """
    SELECT 'award_' || change AS change, count(*) AS number FROM award_change GROUP BY ALL
    UNION ALL SELECT 'support_' || change, count(*) FROM support_change GROUP BY ALL"""
    found = {row["change"]: row["number"] for row in two.query(question)}
    return {kind: found.get(kind, 0) for kind in CHANGES}


def _totals(two: TwoReleases) -> list[Row]:
    question = """
    SELECT total.*, (SELECT count(*) FROM moved WHERE moved.rule = total.rule) AS awards FROM total
    ORDER BY list_position($rules::VARCHAR[], rule)"""
    return two.query(question, {"rules": list(RULES)})


_COUNTED = "SELECT change, count(*) AS rows FROM cell GROUP BY change"
_LISTED = f"""
SELECT * EXCLUDE (place) FROM cell
WHERE len($change::VARCHAR[]) = 0 OR list_contains($change::VARCHAR[], change)
ORDER BY list_position({list(CHANGES)}, change), award_id, infrastructure_id, place"""  # noqa: S608 - our own names
_MOVED = """
SELECT * EXCLUDE (grouping) FROM movement WHERE grouping = $grouping ORDER BY rule, abs(moved_usd) DESC, key"""
