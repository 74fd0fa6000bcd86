"""Answers a search: who matches in which order, what each further choice would give, and what could not be used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from infracommons.insights.text_query import Query, QueryIssue, parse_query
from infracommons.web.catalogue.search.bits import mask_of, places_in
from infracommons.web.catalogue.search.facets import facets
from infracommons.web.catalogue.search.field_clauses import in_field
from infracommons.web.catalogue.search.filters import PAGE_SIZE, SearchFilters
from infracommons.web.catalogue.search.index import CatalogueIndex, catalogue_index

_FEW = 3  # with fewer matches than this, slips of the fingers are taken into account


@dataclass(frozen=True)
class Found:
    """Who matches. `places` are theirs in the index, in order; `narrowed` the sets by what asked for them."""

    filters: SearchFilters
    index: CatalogueIndex
    query: Query
    issues: tuple[QueryIssue, ...]
    places: tuple[int, ...]
    narrowed: Mapping[str, int]  # "" for words and ranges, else the facet
    is_lenient: bool = False  # words that differ by a slip were taken too

    @property
    def total(self) -> int:
        """How many match."""
        return len(self.places)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of every match, in order."""
        return self._ids(self.places)

    @property
    def pages(self) -> int:
        """How many pages they fill; an empty list has one."""
        return max(-(-self.total // PAGE_SIZE), 1)

    def on_page(self, number: int, size: int = PAGE_SIZE) -> tuple[str, ...]:
        """Return the ids on one page, the first being 1; none beyond the last."""
        return self._ids(self.places[(number - 1) * size : number * size])

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many match with a value of a facet, whatever else is chosen in that facet; zeros are left out."""
        return {code: self.counts_of(code) for code in facets()}

    def counts_of(self, facet: str) -> Mapping[str, int]:
        """Return how many match for each value of one facet, as `counts`."""
        others = self.index.listed
        for asked, mask in self.narrowed.items():
            if asked != facet:
                others &= mask
        numbers = {value: (mask & others).bit_count() for value, mask in self.index.values(facet).items()}
        return {value: number for value, number in numbers.items() if number}

    def _ids(self, places: Sequence[int]) -> tuple[str, ...]:
        found = (self.index.documents[place] for place in places)
        return tuple(document.infrastructure_id for document in found if document is not None)


def search(filters: SearchFilters, index: CatalogueIndex | None = None) -> Found:
    """Return what matches the filters, in their order; `index` is the snapshot of this request, where one is held."""
    held = index or catalogue_index()
    query = parse_query(filters.q, held.field_names)
    ranked, is_lenient = _ranked(query, held)
    narrowed = {"": _by_words(query, held, ranked)}
    issues = list(query.issues)
    for clause in query.clauses:
        if clause.field:
            mask, issue = in_field(clause, held)
            issues += [issue] if issue else []
            narrowed[""] &= ~mask if clause.is_excluded else mask
    for code, bounds in filters.ranges:
        narrowed[""] &= held.within(code, bounds)
    for facet, values in filters.chosen:
        narrowed[facet] = 0
        for value in values:
            narrowed[facet] |= held.having(facet, value)
    everyone = held.listed
    for mask in narrowed.values():
        everyone &= mask
    places = tuple(places_in(everyone, _order(filters, held, ranked, query)))
    return Found(filters, held, query, tuple(issues), places, narrowed, is_lenient)


def _ranked(query: Query, index: CatalogueIndex) -> tuple[list[int] | None, bool]:
    """Return the places that have all the words, best first (None: no words), and whether slips were allowed."""
    if not query.wanted:
        return None, False
    strict = index.text.ranked(query.wanted)
    if len(strict) >= _FEW or any(query.name in known for known in index.named):
        return strict, False
    held = set(strict)
    more = [place for place in index.text.ranked(query.wanted, is_lenient=True) if place not in held]
    return strict + more, bool(more)


def _by_words(query: Query, index: CatalogueIndex, ranked: list[int] | None) -> int:
    mask = index.listed if ranked is None else mask_of(ranked)
    for clause in query.clauses:
        if clause.is_excluded and not clause.field:
            mask &= ~mask_of(index.text.having(clause.words))
    return mask


def _order(filters: SearchFilters, index: CatalogueIndex, ranked: list[int] | None, query: Query) -> Sequence[int]:
    if filters.order != "relevance":
        return index.orders[filters.order]
    if ranked is None:
        return index.orders["name"]
    names, aliases = index.named
    return list(dict.fromkeys([*names.get(query.name, ()), *aliases.get(query.name, ()), *ranked]))
