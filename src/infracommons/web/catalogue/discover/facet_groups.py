"""The filters beside a list: groups of facets, each with its choices and how many match with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from infracommons.web.catalogue.fields.registry import sections
from infracommons.web.catalogue.fields.statuses import NOT_APPLICABLE, STATUSES, UNKNOWN
from infracommons.web.catalogue.search.facets import NO, OTHER, YES, Facet, facets, ranges
from infracommons.web.catalogue.search.filters import SearchFilters
from infracommons.web.catalogue.search.search import Found

FIRST = ("categories", "country", "domains", "access_conditions", "steward")  # what choosers ask first
_MOST_CHOICES = 300  # all countries; stewards may be more
_LONG_LIST = 10  # from here on a box narrows the list
_BOX = (
    '<label class="box"><input type="checkbox" id="f-{0}-{1}" name="{0}" value="{1}"{2}> '
    '<span>{3} <span class="soft">{4:,}</span></span></label>'
)
_FIXED_ORDER = {value: place for place, value in enumerate((YES, NO, *STATUSES))}
_LAST = {OTHER: 1, NOT_APPLICABLE: 2, UNKNOWN: 3}


@dataclass(frozen=True)
class FacetChoice:
    """One box to tick: how many match with it, given what is chosen in other facets."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class ShownFacet:
    """A facet with the choices that give anything, and those that are chosen."""

    code: str
    label: str
    choices: Sequence[FacetChoice]
    hidden: int  # choices beyond what a page can list

    @property
    def chosen(self) -> int:
        """How many are ticked."""
        return sum(choice.is_chosen for choice in self.choices)

    @property
    def boxes(self) -> SafeString:
        """The boxes to tick. A page has hundreds, of which a template would make most of the time it takes."""
        rows = (
            _BOX.format(self.code, escape(one.value), " checked" if one.is_chosen else "", escape(one.label), one.count)
            for one in self.choices
        )
        return mark_safe("\n".join(rows))  # noqa: S308 - what is not ours is escaped, and the code is a definition's

    @property
    def is_long(self) -> bool:
        """Whether a reader will want to search within it."""
        return len(self.choices) >= _LONG_LIST


@dataclass(frozen=True)
class ShownRange:
    """A pair of boxes for the lowest and the highest number."""

    code: str
    label: str
    low: int | None
    high: int | None

    @property
    def chosen(self) -> int:
        """Whether a bound is given, as a number."""
        return int(self.low is not None or self.high is not None)


@dataclass(frozen=True)
class FacetGroup:
    """Facets under one heading."""

    code: str
    label: str
    facets: Sequence[ShownFacet]
    ranges: Sequence[ShownRange]

    @property
    def chosen(self) -> int:
        """How many choices of the group are active."""
        return sum(one.chosen for one in self.facets) + sum(one.chosen for one in self.ranges)


def facet_groups(found: Found) -> tuple[list[FacetGroup], int]:
    """Return the groups, and how many facets are left out because nothing is claimed in them yet."""
    shown = {code: _shown(facet, found) for code, facet in facets().items()}
    said = {code: one for code, one in shown.items() if one.chosen or _says_something(code, found)}
    silent = len(shown) - len(said)
    said = {code: one for code, one in said.items() if one.choices}
    bounds = {code: _range(code, found.filters) for code in ranges()}
    section_of = {field.code: section.code for section in sections() for field in section.fields}
    groups = [FacetGroup("first", "Most used", [said[code] for code in FIRST if code in said], [])]
    for code, label in _group_labels().items():
        inside = [said[one.code] for one in facets().values() if one.section == code and one.code in said]
        groups.append(
            FacetGroup(
                code,
                label,
                [one for one in inside if one.code not in FIRST],
                [one for one in bounds.values() if section_of[one.code] == code],
            )
        )
    return [group for group in groups if group.facets or group.ranges], silent


def _group_labels() -> dict[str, str]:
    return {"openness": "Openness"} | {one.code: one.label for one in sections()} | {"claims": "Evidence and age"}


def _says_something(code: str, found: Found) -> bool:
    return any(value != UNKNOWN for value in found.index.values(code))


def _range(code: str, filters: SearchFilters) -> ShownRange:
    low, high = dict(filters.ranges).get(code, (None, None))
    return ShownRange(code, ranges()[code].label, low, high)


def _shown(facet: Facet, found: Found) -> ShownFacet:
    counts, chosen = found.counts[facet.code], found.filters.values(facet.code)
    values = sorted(counts, key=lambda value: (value not in chosen, _LAST.get(value, 0), -counts[value]))
    kept = [*values[:_MOST_CHOICES], *(value for value in chosen if value not in values[:_MOST_CHOICES])]
    choices = [
        FacetChoice(value, found.index.words_of(facet.code, value), counts.get(value, 0), value in chosen)
        for value in kept
    ]
    return ShownFacet(facet.code, facet.label, _in_order(facet, choices), max(len(values) - _MOST_CHOICES, 0))


def _in_order(facet: Facet, choices: list[FacetChoice]) -> list[FacetChoice]:
    """Sort a scale by its steps and everything else by count, then name; what is no value of its own comes last."""
    if facet.values:
        places = {value: place for place, value in enumerate(facet.values)}
        return sorted(choices, key=lambda one: _FIXED_ORDER.get(one.value, places.get(one.value, 0)))
    return sorted(choices, key=lambda one: (_LAST.get(one.value, 0), -one.count, one.label.casefold()))
