"""The examples of the help page, each with what it finds today."""

from dataclasses import dataclass

from django.urls import reverse

from infracommons.web.catalogue.search.examples import QUERY_HELP
from infracommons.web.catalogue.search.filters import SearchFilters
from infracommons.web.catalogue.search.index import CatalogueIndex
from infracommons.web.catalogue.search.search import search


@dataclass(frozen=True)
class ShownExample:
    """Something to type, what it means, where it leads and how many it finds."""

    q: str
    meaning: str
    address: str
    total: int


def help_examples(index: CatalogueIndex) -> list[ShownExample]:
    """Return every example, run."""
    path = reverse("discover")
    return [
        ShownExample(one.q, one.meaning, asked.address(path), search(asked, index).total)
        for one in QUERY_HELP
        for asked in (SearchFilters(q=one.q),)
    ]
