"""Counts what is known of the listed infrastructures, field by field, and where and what they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from infracommons.vocabulary.regions import region
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import field as field_of
from infracommons.web.catalogue.fields.registry import sections
from infracommons.web.catalogue.fields.statuses import UNKNOWN
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.profile.tally import PARTS, Tally, tallies
from infracommons.web.catalogue.profile.values import search_address
from infracommons.web.catalogue.profile.visible import shown_fields

_YEAR, _SHOWN_GROUPS, _SHOWN_MISSING = 365, 15, 8


@dataclass
class FieldCounts:
    """Of how many infrastructures one field is known, shown by evidence, checked within a year, past its age."""

    definition: FieldDefinition
    infrastructures: int = 0
    known: int = 0
    with_evidence: int = 0
    checked: int = 0
    stale: int = 0

    @property
    def label(self) -> str:
        """What the field is called."""
        return self.definition.label

    @property
    def unknown(self) -> int:
        """Of how many it is not known."""
        return self.infrastructures - self.known

    @property
    def share(self) -> float:
        """The part of all of which it is known, 0 to 1."""
        return self.known / self.infrastructures if self.infrastructures else 0.0

    @property
    def bar(self) -> float:
        """The same, 0 to 100."""
        return round(100 * self.share, 1)

    @property
    def unknown_href(self) -> str:
        """Where those of which it is unknown are listed; empty where the search has no such filter."""
        return search_address(self.definition.code, UNKNOWN) if self.definition.is_facet and self.unknown else ""


@dataclass
class SectionCounts:
    """The fields of a section."""

    code: str
    label: str
    fields: list[FieldCounts]

    @property
    def known(self) -> int:
        """Answers, over all infrastructures."""
        return sum(one.known for one in self.fields)

    @property
    def asked(self) -> int:
        """Questions, over all infrastructures."""
        return sum(one.infrastructures for one in self.fields)

    @property
    def share(self) -> float:
        """The part of the questions that is answered, 0 to 1."""
        return self.known / self.asked if self.asked else 0.0

    @property
    def bar(self) -> float:
        """The same, 0 to 100."""
        return round(100 * self.share, 1)


@dataclass(frozen=True)
class Group:
    """Infrastructures by one value, most first; those beyond the first rows are counted in `more`."""

    code: str
    label: str
    caption: str
    rows: list[dict[str, Any]]


@dataclass
class Coverage:
    """The whole picture."""

    infrastructures: int = 0
    sections: list[SectionCounts] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def fields(self) -> list[FieldCounts]:
        """All fields."""
        return [one for section in self.sections for one in section.fields]

    @property
    def missing(self) -> list[FieldCounts]:
        """The fields that are known of the fewest."""
        return sorted(self.fields, key=lambda one: one.known)[:_SHOWN_MISSING]


@lru_cache(maxsize=1)
def coverage(_state: object, today: date) -> Coverage:
    """Return the counts over all listed infrastructures; worked out once for each state of the catalogue and day."""
    return count(tallies(), today, term_book())


def count(every: Sequence[Tally], today: date, book: TermBook) -> Coverage:
    """Return the counts over these infrastructures."""
    fields = [FieldCounts(one, len(every)) for one in shown_fields(consent=False)]
    year_ago = today.toordinal() - _YEAR
    for one in every:
        known = one.known
        for start in range(0, len(known), PARTS):
            counts, checked, fresh = fields[known[start]], known[start + 2], known[start + 3]
            counts.known += 1
            counts.with_evidence += known[start + 1]
            counts.checked += checked >= year_ago
            counts.stale += 0 < fresh < today.toordinal()
    by_code = {one.definition.code: one for one in fields}
    shown = [
        SectionCounts(one.code, one.label, [by_code[field.code] for field in one.fields if field.code in by_code])
        for one in sections()
    ]
    return Coverage(len(every), [one for one in shown if one.fields], _groups(every, book))


def _groups(every: Sequence[Tally], book: TermBook) -> list[Group]:
    countries, categories, regions = Counter[str](), Counter[str](), Counter[str]()
    for one in every:
        countries.update(one.countries or (UNKNOWN,))
        categories.update(one.categories or (UNKNOWN,))
        regions.update({region(code) or UNKNOWN for code in one.countries} or {UNKNOWN})
    counters = {"country": countries, "categories": categories, "region": regions}
    return [_group(code, counter, book) for code, counter in counters.items()]


def _group(code: str, counter: Counter[str], book: TermBook) -> Group:
    most = max(counter.values(), default=0)
    rows = [
        {
            "label": _label(code, value, book),
            "count": count,
            "bar": round(100 * count / most, 1),
            "href": _href(code, value),
        }
        for value, count in counter.most_common(_SHOWN_GROUPS)
    ]
    more = len(counter) - len(rows)
    label = "Region" if code == "region" else field_of(code).label
    rest = f"; {more} more are not shown" if more else ""
    return Group(code, label, f"Listed infrastructures by {label.lower()}, most first{rest}", rows)


def _label(code: str, value: str, book: TermBook) -> str:
    return value if code == "region" or value == UNKNOWN else book.label(field_of(code).vocabulary or "", value)


def _href(code: str, value: str) -> str:
    return "" if code == "region" else search_address(code, value)
