"""Which records count in no total, and why."""

from dataclasses import dataclass

from infracommons.insights.award_filters import PAGE, SOURCE
from infracommons.insights.paging import Question
from infracommons.insights.query_string import choice, many, matching, one
from infracommons.vocabulary.tables import EXCLUSION_STAGES


@dataclass(frozen=True)
class ExclusionFilters:
    """What a list of exclusions is narrowed to."""

    stage: tuple[str, ...] = many(*choice(EXCLUSION_STAGES))
    reason: tuple[str, ...] = many(matching(r"[a-z0-9_]{1,60}"), "the code of a reason, such as no_amount")
    source: tuple[str, ...] = many(*SOURCE)
    page: int = one(1, *PAGE)


_SELECT = """
SELECT exclusion.*, award_record.award_id FROM exclusion LEFT JOIN award_record USING (record_id)
WHERE (len($stage::VARCHAR[]) = 0 OR list_contains($stage::VARCHAR[], stage))
  AND (len($reason::VARCHAR[]) = 0 OR list_contains($reason::VARCHAR[], reason_code))
  AND (len($source::VARCHAR[]) = 0 OR list_contains($source::VARCHAR[], exclusion.source))"""


def exclusions(filters: ExclusionFilters) -> Question:
    """Return the question for the exclusions that match; award_id is empty where the record is in no award."""
    values = {"stage": list(filters.stage), "reason": list(filters.reason), "source": list(filters.source)}
    return Question(_SELECT, "ORDER BY record_id, stage", values)
