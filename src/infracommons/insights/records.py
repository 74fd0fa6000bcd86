"""Which records make up the awards: the canonical ones, the duplicates merged into them, and the instalments."""

from dataclasses import dataclass

from infracommons.insights.award_filters import PAGE, SOURCE
from infracommons.insights.paging import Question
from infracommons.insights.query_string import choice, many, one
from infracommons.vocabulary.tables import ROLES


@dataclass(frozen=True)
class RecordFilters:
    """What a list of records is narrowed to."""

    role: tuple[str, ...] = many(*choice(ROLES))
    source: tuple[str, ...] = many(*SOURCE)
    page: int = one(1, *PAGE)


_SELECT = """
SELECT * FROM award_record
WHERE (len($role::VARCHAR[]) = 0 OR list_contains($role::VARCHAR[], role))
  AND (len($source::VARCHAR[]) = 0 OR list_contains($source::VARCHAR[], source))"""


def records(filters: RecordFilters) -> Question:
    """Return the question for the records that match, those of one award together."""
    values = {"role": list(filters.role), "source": list(filters.source)}
    return Question(_SELECT, "ORDER BY award_id, record_id", values)
