"""Says how an exhibit's numbers are made: release, awards in, awards left out and why, the share unknown, the query."""

from dataclasses import dataclass

from infracommons.exhibits.exhibit import Made
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.query_string import to_query
from infracommons.vocabulary.figures import counted, percent
from infracommons.web.funding.exhibits.addresses import Link
from infracommons.web.funding.presenters import awards_address


@dataclass(frozen=True)
class MadePanel:
    """The panel's words; `asked` is empty where the numbers are not of awards. `bar` is 0 to 100."""

    release_id: str
    asked: str
    asked_address: str
    counted: str
    left_out: list[Link]
    unknown: str
    bar: float
    notes: tuple[str, ...]
    query: str


def made_panel(made: Made, filters: AwardFilters) -> MadePanel:
    """Return the panel; `filters` are those of the address."""
    share = made.share_unknown
    return MadePanel(
        made.release_id,
        counted(made.awards, made.of) if made.awards else "",
        awards_address(made.filters) if made.of == "award" else "",
        counted(made.counted, made.of),
        [
            Link(f"{counted(part.number, made.of)}: {part.words}", awards_address(part.filters) if part.filters else "")
            for part in made.left_out
        ],
        f"{percent(share)} ({made.awards - made.counted:,} of {made.awards:,})" if share is not None else "",
        round(100 * share, 1) if share else 0,
        made.notes,
        to_query(filters),
    )
