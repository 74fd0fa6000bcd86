"""What a reader has ticked to compare: held in the address alone, so that it survives paging and can be shared."""

from collections.abc import Mapping
from dataclasses import dataclass

from infracommons.insights.query_string import QueryProblem
from infracommons.web.catalogue.search.filters import shown
from infracommons.web.catalogue.search.index import CatalogueIndex

IDS, COMPARE = "ids", "compare"  # the parameters: ids of what is ticked, and the button that asks to compare them
MOST_COMPARED = 12
_MOST_TICKED = 50


@dataclass(frozen=True)
class Basket:
    """Ids with their names, in the order ticked."""

    names: Mapping[str, str]
    is_asked_for: bool = False
    is_tidy: bool = True
    problems: tuple[QueryProblem, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids ticked."""
        return tuple(self.names)

    @property
    def can_be_compared(self) -> bool:
        """Whether there is something to compare, and no more than a comparison shows."""
        return 0 < len(self.names) <= MOST_COMPARED

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What the basket adds to an address."""
        return [(IDS, one) for one in self.names]


def read_basket(rest: Mapping[str, tuple[str, ...]], index: CatalogueIndex) -> Basket:
    """Return what the parameters `ids` and `compare` say."""
    given = [one.strip() for one in rest.get(IDS, ())]
    wanted = list(dict.fromkeys(filter(None, given)))
    listed = {document.infrastructure_id: document.name for _, document in index.placed} if wanted else {}
    problems = [
        QueryProblem(IDS, shown(one), "the id of a listed infrastructure") for one in wanted if one not in listed
    ]
    if len(wanted) > _MOST_TICKED:
        problems.append(QueryProblem(IDS, f"{len(wanted)} ids", f"at most {_MOST_TICKED}"))
        wanted = wanted[:_MOST_TICKED]
    names = {one: listed[one] for one in wanted if one in listed}
    return Basket(names, COMPARE in rest, wanted == given, tuple(problems))
