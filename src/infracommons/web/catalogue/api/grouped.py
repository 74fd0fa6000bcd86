"""Counts what a search found by the values of one facet."""

from infracommons.web.catalogue.api.problems import ParameterProblem, bad_values
from infracommons.web.catalogue.api.rows import Row
from infracommons.web.catalogue.search.bits import mask_of
from infracommons.web.catalogue.search.facets import FRESHNESS, facets, value_words
from infracommons.web.catalogue.search.filters import shown
from infracommons.web.catalogue.search.search import Found

GROUP_BY = "group_by"


def groups(found: Found, facet: str) -> list[Row]:
    """Return the groups of what was found, largest first; those with nothing in them are left out."""
    held, definition = found.index, facets()[facet]
    everyone = mask_of(found.places)
    counts = {value: (mask & everyone).bit_count() for value, mask in held.values(facet).items()}
    rows = [
        {"code": value, "label": value_words(definition, value, held.book, held.stewards), "count": count}
        for value, count in counts.items()
        if count
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["label"], row["code"]))


def is_exclusive(facet: str) -> bool:
    """Return whether each infrastructure is in just one group of this facet, so that the counts add up to the total."""
    return facets()[facet].kind != "terms" and facet != FRESHNESS


def refuse_unknown_facet(facet: str) -> None:
    """Raise ApiProblem (400) where there is no such facet."""
    if facet not in facets():
        message = f"There is no such facet. Choose one of {', '.join(facets())}."
        raise bad_values([ParameterProblem(GROUP_BY, shown(facet), message)])
