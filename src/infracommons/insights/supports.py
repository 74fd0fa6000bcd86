"""Each award and infrastructure that matches: the row of table support, and what counts for it under the rule."""

from collections.abc import Iterator

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import ask
from infracommons.insights.release import Release, Row

_ROWS_AT_ONCE = 20_000
_FOUND = """
SELECT support.*, $rule AS counted_rule, pair.counted_usd
FROM pair JOIN support ON support.award_id = pair.award_id AND support.infrastructure_id = pair.infrastructure_id
"""
_ORDER = "ORDER BY support.award_id, support.infrastructure_id"


def support_count(release: Release, filters: AwardFilters) -> int:
    """Return how many pairs of award and infrastructure match."""
    return int(ask(release, filters, "SELECT count(*) AS pairs FROM pair")[0]["pairs"])


def supports_from(release: Release, filters: AwardFilters, *, start: int, rows: int) -> list[Row]:
    """Return `rows` rows of table support with counted_rule and counted_usd, by their ids; `start` are left out."""
    question = " ".join((_FOUND, _ORDER, "LIMIT $limit OFFSET $offset"))
    return ask(release, filters, question, limit=rows, offset=start)


def every_support(release: Release, filters: AwardFilters) -> Iterator[Row]:
    """Yield all of them in the same order, some thousands in memory at a time."""
    after = ("", "")
    question = " ".join((
        _FOUND, "WHERE (support.award_id, support.infrastructure_id) > ($award_id, $infrastructure_id)", _ORDER,
        "LIMIT $limit",
    ))  # fmt: skip
    while rows := ask(release, filters, question, award_id=after[0], infrastructure_id=after[1], limit=_ROWS_AT_ONCE):
        yield from rows
        after = rows[-1]["award_id"], rows[-1]["infrastructure_id"]
