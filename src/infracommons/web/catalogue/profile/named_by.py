"""Finds the infrastructures whose integrations name another one: two look-ups in the search index, no scan."""

from dataclasses import dataclass

from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.search.bits import places_in
from infracommons.web.catalogue.search.facets import value_of
from infracommons.web.catalogue.search.index import catalogue_index

INTEGRATIONS = "integrations"


@dataclass(frozen=True)
class NamedBy:
    """A listed infrastructure that names the one in question."""

    infrastructure_id: str
    name: str


def named_by(infrastructure_id: str) -> list[NamedBy]:
    """Return the listed infrastructures whose integrations name this one, by name."""
    index = catalogue_index()
    vocabulary = field(INTEGRATIONS).vocabulary or ""
    terms = [term for term in index.book.terms(vocabulary).values() if term.infrastructure == infrastructure_id]
    mask = 0
    for term in terms:
        mask |= index.having(INTEGRATIONS, value_of(term))
    documents = (index.documents[place] for place in places_in(mask, index.orders["name"])) if mask else ()
    return [NamedBy(one.infrastructure_id, one.name) for one in documents if one]
