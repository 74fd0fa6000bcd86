"""What a search asks for: read from an address at the door, written back to one in a fixed order."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from infracommons.insights.query_string import QueryProblem
from infracommons.web.catalogue.search.facets import facets, ranges

if TYPE_CHECKING:
    from infracommons.web.catalogue.search.index import CatalogueIndex

SORTS = {
    "relevance": "Best match",
    "name": "Name, A to Z",
    "-name": "Name, Z to A",
    "newest": "Launched most recently",
    "oldest": "Launched first",
    "changed": "Profile changed most recently",
    "checked": "Checked against evidence most recently",
}
LONGEST_QUERY = 500
PAGE_SIZE = 25
_MOST_PARAMETERS = 400
_LONGEST_SHOWN = 80
_MOST = 10**12
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_WHOLE = re.compile(r"[0-9]{1,12}")

Chosen = tuple[tuple[str, tuple[str, ...]], ...]
Bounds = tuple[int | None, int | None]


@dataclass(frozen=True)
class SearchFilters:
    """Words, choices, ranges and order; equal ones are equal, whatever the order of the address they came from.

    `chosen` are (facet, values): any of the values, across all the facets. `ranges` are (field, (lowest, highest)),
    both included. An empty `sort` is the default: relevance where there are words, else the name.
    """

    q: str = ""
    chosen: Chosen = ()
    ranges: tuple[tuple[str, Bounds], ...] = ()
    sort: str = ""
    page: int = 1

    @property
    def order(self) -> str:
        """Return the key of SORTS that holds."""
        return self.sort or ("relevance" if self.q else "name")

    @property
    def is_narrowed(self) -> bool:
        """Return whether anything is asked for but an order."""
        return bool(self.q or self.chosen or self.ranges)

    def values(self, facet: str) -> tuple[str, ...]:
        """Return the chosen values of a facet."""
        return dict(self.chosen).get(facet, ())

    def changed(self, **changes: Any) -> "SearchFilters":  # noqa: ANN401 - the fields have their types
        """Return these filters with changes, back on the first page unless a page is among them."""
        return replace(self, **({"page": 1} | changes))

    def choosing(self, facet: str, values: Collection[str]) -> "SearchFilters":
        """Return these filters with exactly these values of a facet."""
        return self.changed(chosen=in_order(dict(self.chosen) | {facet: tuple(values)}))

    def without(self, facet: str, value: str) -> "SearchFilters":
        """Return these filters less one value of a facet."""
        return self.choosing(facet, [one for one in self.values(facet) if one != value])

    def within(self, code: str, bounds: Bounds) -> "SearchFilters":
        """Return these filters with this range of a field; (None, None) takes it away."""
        held = dict(self.ranges) | {code: bounds}
        return self.changed(ranges=tuple((one, held[one]) for one in ranges() if any_bound(held.get(one))))

    def pairs(self) -> list[tuple[str, str]]:
        """Return names and values as they stand in an address; what is as by default is left out."""
        found = [("q", self.q)] if self.q else []
        found += [(facet, value) for facet, values in self.chosen for value in values]
        for code, (low, high) in self.ranges:
            found += [(f"{code}_from", str(low))] if low is not None else []
            found += [(f"{code}_to", str(high))] if high is not None else []
        if self.sort and self.sort != replace(self, sort="").order:
            found.append(("sort", self.sort))
        return found + ([("page", str(self.page))] if self.page != 1 else [])

    def address(self, path: str, also: Collection[tuple[str, str]] = (), **changes: Any) -> str:  # noqa: ANN401
        """Return the address under `path` of these filters with changes, and with what the page itself adds."""
        asked = self.changed(**changes) if changes else self
        query = urlencode([*asked.pairs(), *also])
        return f"{path}?{query}" if query else path


@dataclass(frozen=True)
class ReadFilters:
    """What an address asks for. Where there are problems, `filters` keep all that could be read.

    `rest` are the parameters that the caller said it reads itself. An address that is not tidy means the same as the
    one that `filters` write, and should lead there: an unfilled field of a form, a term that another stands for.
    """

    filters: SearchFilters
    problems: tuple[QueryProblem, ...] = ()
    is_tidy: bool = True
    rest: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_filters(query: str, index: "CatalogueIndex", also: Collection[str] = ()) -> ReadFilters:
    """Read a query string (without its question mark); `also` names parameters that the caller reads itself."""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS, errors="strict")
    except ValueError:
        allowed = f"UTF-8, at most {_MOST_PARAMETERS} parameters"
        return ReadFilters(SearchFilters(), (QueryProblem("address", shown(query), allowed),))
    reader = _Reader(index)
    rest: dict[str, tuple[str, ...]] = {}
    for name, text in pairs:
        if name in also:
            rest[name] = (*rest.get(name, ()), text)
        else:
            reader.take(name, text)
    filters = reader.filters()
    given = sorted(pair for pair in pairs if pair[0] not in also)
    return ReadFilters(filters, tuple(reader.problems), given == sorted(filters.pairs()), rest)


def parameters() -> tuple[str, ...]:
    """Return the name of every parameter that filters read."""
    bounds = [f"{code}_{end}" for code in ranges() for end in ("from", "to")]
    return ("q", *facets(), *bounds, "sort", "page")


def shown(text: str) -> str:
    """Return a value as a page repeats it: a long one cut."""
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"


def in_order(chosen: Mapping[str, Collection[str]]) -> Chosen:
    """Return choices in the order of the facets, each value once, sorted, empty ones left out."""
    return tuple((code, tuple(sorted(set(chosen[code])))) for code in facets() if chosen.get(code))


def any_bound(bounds: Bounds | None) -> bool:
    """Return whether a range leaves anything out."""
    return bounds is not None and bounds != (None, None)


class _Reader:
    """Takes the parameters of an address one after another."""

    def __init__(self, index: "CatalogueIndex") -> None:
        self.index, self.problems = index, list[QueryProblem]()
        self._single: dict[str, str] = {}
        self._chosen: dict[str, list[str]] = {}
        self._bounds = {f"{code}_{end}": (code, end) for code in ranges() for end in ("from", "to")}

    def take(self, name: str, text: str) -> None:
        value = " ".join(text.split()) if not _CONTROL.search(text) else text
        if name not in parameters():
            self._problem(name, text, "none; there are " + ", ".join(parameters()))
        elif value and name in facets():
            self._choose(name, value)
        elif value:
            self._set(name, value)

    def filters(self) -> SearchFilters:
        bounds: dict[str, list[int | None]] = {}
        for name, (code, end) in self._bounds.items():
            if name in self._single:
                bounds.setdefault(code, [None, None])[end == "to"] = int(self._single[name])
        asked = SearchFilters(
            q=self._single.get("q", ""),
            chosen=in_order(self._chosen),
            sort=self._single.get("sort", ""),
            page=int(self._single.get("page", 1)),
        )
        for code, (low, high) in bounds.items():
            if low is not None and high is not None and low > high:
                self._problem(f"{code}_from", str(low), f"at most the highest value asked for, {high}")
            else:
                asked = replace(asked.within(code, (low, high)), page=asked.page)
        return asked

    def _choose(self, name: str, value: str) -> None:
        current = self.index.current_value(name, value)
        if current is None:
            self._problem(name, value, self.index.allowed_values(name))
            return
        self._chosen.setdefault(name, []).append(current)

    def _set(self, name: str, value: str) -> None:
        if name in self._single and self._single[name] != value:
            self._problem(name, value, "one value; an earlier one stands in the address")
        elif allowed := self._refusal(name, value):
            self._problem(name, value, allowed)
        else:
            self._single[name] = value

    def _refusal(self, name: str, value: str) -> str:
        """Return what would be allowed, or nothing where the value is."""
        if name == "q":
            is_read = len(value) <= LONGEST_QUERY and not _CONTROL.search(value)
            return "" if is_read else f"at most {LONGEST_QUERY} characters in one line"
        if name == "sort":
            return "" if value in SORTS else "one of " + ", ".join(SORTS)
        lowest = 1 if name == "page" else 0
        is_read = _WHOLE.fullmatch(value) is not None and value.isascii() and lowest <= int(value) < _MOST
        return "" if is_read else f"a whole number from {lowest}"

    def _problem(self, name: str, value: str, allowed: str) -> None:
        self.problems.append(QueryProblem(shown(name), shown(value), allowed))
