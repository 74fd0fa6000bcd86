"""What the page of a search shows: heading, chips, facets, results, pages, files, and help where nothing is found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from infracommons.vocabulary.figures import counted
from infracommons.web.catalogue.discover.basket import MOST_COMPARED, Basket
from infracommons.web.catalogue.discover.facet_groups import facet_groups
from infracommons.web.catalogue.discover.hits import hits
from infracommons.web.catalogue.search.facets import facets, ranges
from infracommons.web.catalogue.search.filters import PAGE_SIZE, SORTS, Bounds, SearchFilters
from infracommons.web.catalogue.search.search import Found, search
from infracommons.web.catalogue.search.suggestion import did_you_mean

_FILES = (("csv", "CSV"), ("jsonl", "JSON Lines"), ("parquet", "Parquet"), ("xlsx", "XLSX"))
_FEEDS = (("atom", "Atom"), ("feed.json", "JSON Feed"))


@dataclass(frozen=True)
class Chip:
    """An active filter, the address without it, and how many would match then (None where nobody asks)."""

    field: str
    value: str
    without: str
    count: int | None = None


@dataclass(frozen=True)
class Sheet:
    """Where a reader is in a list of several pages."""

    number: int
    last: int
    end: str
    first_row: int
    last_row: int


def search_page(found: Found, basket: Basket, path: str) -> dict[str, Any]:
    """Return the context of the templates."""
    filters = found.filters
    ids = found.on_page(filters.page)
    groups, silent = facet_groups(found)
    better = did_you_mean(found)
    return {
        "found": found,
        "filters": filters,
        "heading": heading(found),
        "chips": list(_chips(found, basket, path)),
        "clear": SearchFilters(sort=filters.sort).address(path, basket.pairs),
        "groups": groups,
        "silent_facets": silent,
        "hits": hits(found, ids, basket.ids),
        "basket": basket,
        "most_compared": MOST_COMPARED,
        "elsewhere": [(one, name) for one, name in basket.names.items() if one not in ids],
        "sheet": _sheet(found, basket, path, len(ids)),
        "sorts": _sorts(filters),
        "better": better,
        "better_address": filters.address(path, basket.pairs, q=better) if better else "",
        "files": _links(_FILES, filters),
        "feeds": _links(_FEEDS, filters),
    }


def heading(found: Found) -> str:
    """Return the answer in one line."""
    everyone = found.index.listed.bit_count()
    if not found.filters.is_narrowed:
        return counted(everyone, "infrastructure")
    return f"{found.total:,} of {counted(everyone, 'infrastructure')} {'matches' if found.total == 1 else 'match'}"


def _sorts(filters: SearchFilters) -> list[tuple[str, str, bool]]:
    """Return (value, label, whether it holds); the default has no value, so that it follows what is searched for."""
    default = filters.changed(sort="").order
    offered = [key for key in SORTS if key != "relevance" or filters.q]
    return [("" if key == default else key, SORTS[key], key == filters.order) for key in offered]


def range_words(bounds: Bounds) -> str:
    """Return a range in words.

    >>> range_words((2000, None)), range_words((2000, 2010))
    ('2000 or more', '2000 to 2010')
    """
    low, high = bounds
    if low is None:
        return f"{high} or less"
    return f"{low} or more" if high is None else f"{low} to {high}"


def _chips(found: Found, basket: Basket, path: str) -> Iterator[Chip]:
    """Yield a chip for each active filter; only where nothing matches is it worked out what would without it."""
    for field, value, less in _active(found):
        count = search(less, found.index).total if found.total == 0 else None
        yield Chip(field, value, less.address(path, basket.pairs), count)


def _active(found: Found) -> Iterator[tuple[str, str, SearchFilters]]:
    filters = found.filters
    if filters.q:
        yield "Words", filters.q, filters.changed(q="")
    for code, values in filters.chosen:
        for value in values:
            yield facets()[code].label, found.index.words_of(code, value), filters.without(code, value)
    for code, bounds in filters.ranges:
        yield ranges()[code].label, range_words(bounds), filters.within(code, (None, None))


def _sheet(found: Found, basket: Basket, path: str, rows: int) -> Sheet:
    number = found.filters.page
    end = found.filters.address(path, basket.pairs, page=found.pages)
    first = (number - 1) * PAGE_SIZE + 1
    return Sheet(number, found.pages, end, first, first + rows - 1)


def _links(forms: tuple[tuple[str, str], ...], filters: SearchFilters) -> list[dict[str, str]]:
    whole = filters.changed(page=1)
    return [{"label": label, "href": whole.address(reverse("discover_file", args=[form]))} for form, label in forms]
