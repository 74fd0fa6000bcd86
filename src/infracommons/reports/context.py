"""What a report is made from, and the list of where its numbers come from, which grows as they are asked for."""

from dataclasses import dataclass, field
from datetime import date, datetime

from infracommons.exhibits.exhibit import Exhibit
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.query_string import to_query
from infracommons.insights.release import Release
from infracommons.reports.document import Source
from infracommons.vocabulary.counting import rule_words
from infracommons.vocabulary.figures import words
from infracommons.vocabulary.prices import PRICE_LEVELS


@dataclass
class Context:
    """The release, the one it is compared with, the filters of all directives, sources and exhibits so far."""

    release: Release
    filters: AwardFilters
    before: Release | None = None
    sources: list[Source] = field(default_factory=list)
    shown: dict[int, Exhibit] = field(default_factory=dict)  # by the number of their source
    level: int = 1  # of the heading that was last

    @property
    def made_at(self) -> datetime:
        """When the release was made: the only clock that a report knows."""
        return made_at(self.release)

    @property
    def infrastructure_id(self) -> str | None:
        """The one infrastructure that the report is about, None where it is about several."""
        return self.filters.infrastructure[0] if len(self.filters.infrastructure) == 1 else None

    def source(self, question: str, page: str, filters: AwardFilters | None, *notes: str) -> int:
        """Return the number of the source; the same question of the same page is one source.

        `page` is a path of the site, without its query; `filters` None where the answer does not depend on any.
        """
        query = to_query(filters) if filters else ""
        path = f"{page}?{query}" if query else page
        for known in self.sources:
            if (known.question, known.path) == (question, path):
                return known.number
        how = (*(filters_in_words(filters) if filters else ()), *notes)
        self.sources.append(Source(len(self.sources) + 1, question, how, path, self.release.release_id))
        return len(self.sources)


def made_at(release: Release) -> datetime:
    """Return when a release was made, in UTC."""
    return datetime.fromisoformat(release.manifest["made_at"])


def made_on(release: Release) -> date:
    """Return the day a release was made."""
    return made_at(release).date()


_PLAIN = AwardFilters()
_SAID = {
    "infrastructure": "infrastructure",
    "funder": "funder",
    "region": "funder's region",
    "funder_country": "funder's country",
    "country": "recipient's country",
    "category": "category",
    "year_from": "from year",
    "year_to": "to year",
    "source": "source",
    "support_type": "kind of support",
    "amount_status": "amount",
    "decision": "decision",
    "counted": "in the total",
}


def filters_in_words(filters: AwardFilters) -> tuple[str, ...]:
    """Return what the filters narrow to and by which rule they count, a phrase each."""
    said = []
    for name, label in _SAID.items():
        value = getattr(filters, name)
        if value != getattr(_PLAIN, name):
            values = value if isinstance(value, tuple) else (value,)
            said.append(f"{label} {' or '.join(_value(name, one) for one in values)}")
    if filters.undated:
        said.append("year unknown")
    if filters.q:
        said.append(f"words “{filters.q}”")
    if filters.prices in PRICE_LEVELS:
        said.append(f"in dollars of {filters.prices}")
    return (*said, f"counted by {rule_words(filters.rule)}")


def _value(name: str, value: object) -> str:
    return words(str(value)) if name in {"amount_status", "decision", "category"} else str(value)
