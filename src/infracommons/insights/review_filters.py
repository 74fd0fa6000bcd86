"""Which items of the review desk are asked for: what the address of the queue holds."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from infracommons.insights.award_filters import PAGE, SLUG, SOURCE
from infracommons.insights.query_string import choice, one

SUPPORT, SUPPORT_TYPE, SAME_AWARD, SAME_ORGANISATION = "support", "support_type", "same_award", "same_organisation"
REVIEW_KINDS = (SUPPORT, SUPPORT_TYPE, SAME_AWARD, SAME_ORGANISATION)
FIRST, SECOND = "first", "second"


@dataclass(frozen=True)
class ReviewFilters:
    """What the queue is narrowed to; `turn` says whether nobody answered yet, or a second opinion is wanted."""

    kind: str = one("", *choice(REVIEW_KINDS))
    infrastructure: str = one("", *SLUG)
    source: str = one("", *SOURCE)
    turn: str = one(FIRST, *choice((FIRST, SECOND)))
    page: int = one(1, *PAGE)

    def parameters(self) -> Mapping[str, Any]:
        """Return the values that the questions to a release bind."""
        values = asdict(self)
        del values["page"], values["turn"]
        return values
