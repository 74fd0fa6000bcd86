"""The listed infrastructures at one moment, as sets and orders; never changed, so that threads share it."""

import uuid
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from infracommons.insights.text_query import Bounds, FieldNames, field_key
from infracommons.vocabulary.spelling import Spellings
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import public_fields
from infracommons.web.catalogue.fields.statuses import NOT_APPLICABLE, UNKNOWN
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.search.bits import Bits, mask_of
from infracommons.web.catalogue.search.documents import Document
from infracommons.web.catalogue.search.facets import FRESHNESS, OTHER, facets, ranges, value_of, value_words
from infracommons.web.catalogue.search.orders import orders_of
from infracommons.web.catalogue.search.text_index import TextSnapshot

_SHOWN_VALUES = 12
_YEAR = 365
_NO_BOUND = 10**15


@dataclass(frozen=True)
class Moment:
    """What a snapshot was made from: the latest change, the terms, the day (UTC), the folder of definitions."""

    change: tuple[int, uuid.UUID] | None
    book: TermBook
    today: date
    definitions: str


@dataclass(frozen=True)
class CatalogueIndex:
    """`documents` by place (None: no longer listed), `places` by primary key, sets by field and value, the text."""

    moment: Moment
    documents: tuple[Document | None, ...]
    places: Mapping[int, int]
    bits: Bits
    terms: Bits  # vocabulary, code as claimed, set: what a changed term touches
    text: TextSnapshot

    @property
    def book(self) -> TermBook:
        """The terms of that moment."""
        return self.moment.book

    @cached_property
    def placed(self) -> tuple[tuple[int, Document], ...]:
        """Place and document of each listed infrastructure."""
        return tuple((place, document) for place, document in enumerate(self.documents) if document is not None)

    @cached_property
    def listed(self) -> int:
        """The set of all."""
        return mask_of(place for place, _ in self.placed)

    @cached_property
    def orders(self) -> Mapping[str, tuple[int, ...]]:
        """Every order but relevance, by its key."""
        return orders_of(self.placed)

    @cached_property
    def stewards(self) -> dict[str, str]:
        """The names of stewards by organisation id."""
        return dict(document.steward for _, document in self.placed if document.steward)

    @cached_property
    def named(self) -> tuple[Mapping[str, list[int]], Mapping[str, list[int]]]:
        """Places by folded name, and by folded alias."""
        names: dict[str, list[int]] = {}
        aliases: dict[str, list[int]] = {}
        for place, document in self.placed:
            names.setdefault(document.names[0], []).append(place)
            for alias in document.names[1:]:
                aliases.setdefault(alias, []).append(place)
        return names, aliases

    @cached_property
    def spellings(self) -> Spellings:
        """The words that a mistyped one may have meant."""
        return Spellings(self.text.known_words())

    @cached_property
    def field_names(self) -> FieldNames:
        """How a query may call the fields: by code or label."""
        named: dict[str, str] = {}
        called = [(one.code, one.label) for one in public_fields()]
        for code, label in (*called, *((one.code, one.label) for one in facets().values())):
            named.setdefault(field_key(code), code)
            named.setdefault(field_key(label), code)
        return FieldNames(named, frozenset(ranges()))

    @cached_property
    def numbers(self) -> Mapping[str, list[tuple[int, int]]]:
        """(number, place) in the order of the numbers, by field."""
        return {
            code: sorted((document.numbers[code], place) for place, document in self.placed if code in document.numbers)
            for code in ranges()
        }

    @cached_property
    def evidence_counts(self) -> tuple[int, int]:
        """How many values are claimed, and how many of them have evidence."""
        return sum(one.claimed for _, one in self.placed), sum(one.evidenced for _, one in self.placed)

    @cached_property
    def _freshness(self) -> Mapping[str, int]:
        today = self.moment.today.toordinal()
        checked = mask_of(
            place for place, one in self.placed if one.checked_on is not None and one.checked_on >= today - _YEAR
        )
        stale = mask_of(place for place, one in self.placed if one.stale_from is not None and one.stale_from <= today)
        never = mask_of(place for place, one in self.placed if one.checked_on is None)
        return {"checked_this_year": checked, "stale": stale, "never_checked": never}

    def having(self, field: str, value: str) -> int:
        """Return the set of those with this value in this field, flag or state."""
        return self.values(field).get(value, 0)

    def values(self, field: str) -> Mapping[str, int]:
        """Return the set for every value that occurs in a field, flag or state."""
        return self._freshness if field == FRESHNESS else self.bits.get(field, {})

    def within(self, field: str, bounds: Bounds) -> int:
        """Return the set of those whose number in this field is in the range, its ends included."""
        low, high = bounds
        held = self.numbers[field]
        first = bisect_left(held, (low, -1)) if low is not None else 0
        last = bisect_right(held, (high, _NO_BOUND)) if high is not None else len(held)
        return mask_of(place for _, place in held[first:last])

    def current_value(self, facet: str, given: str) -> str | None:
        """Return the value of a facet that a code or label stands for today, None where there is none."""
        one = facets()[facet]
        if given in one.values:
            return given
        if one.kind == "steward":
            return given if given in self.stewards or given == UNKNOWN else None
        if one.kind == "licence":
            return given if given in self.values(facet) or given == UNKNOWN else None
        if one.kind != "terms":
            return None
        if given in {OTHER, UNKNOWN, NOT_APPLICABLE}:
            return given
        term = self.book.current(one.vocabulary, given) or self.book.current(
            one.vocabulary, self.book.code_of(one.vocabulary, given) or ""
        )
        return value_of(term) if term else None

    def allowed_values(self, facet: str) -> str:
        """Say which values a facet takes."""
        one = facets()[facet]
        if one.kind == "steward":
            return "the id of an organisation that runs a listed infrastructure"
        known = list(one.values) or sorted({value_of(term) for term in self.book.choices(one.vocabulary)})
        known = known if one.kind != "licence" else sorted(self.values(facet))
        more = f" and {len(known) - _SHOWN_VALUES} more" if len(known) > _SHOWN_VALUES else ""
        return "one of " + ", ".join(known[:_SHOWN_VALUES]) + more

    def words_of(self, facet: str, value: str) -> str:
        """Return a value of a facet in words."""
        return value_words(facets()[facet], value, self.book, self.stewards)

    def definition(self, code: str) -> FieldDefinition | None:
        """Return the public field of this code, None for flags and states."""
        return next((one for one in public_fields() if one.code == code), None)
