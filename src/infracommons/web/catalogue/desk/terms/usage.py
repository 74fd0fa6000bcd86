"""Counts which infrastructures use the terms of a vocabulary, from the claims that stand."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Claim
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.infrastructure import Listing


@dataclass(frozen=True)
class Usage:
    """Keys of the listed infrastructures whose claims hold each code, as stored; successors are not followed."""

    vocabulary: str
    by_code: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def holding(self, code: str) -> int:
        """Return how many infrastructures hold this very code."""
        return len(self.by_code.get(code, ()))

    def standing_for(self, code: str, book: TermBook) -> int:
        """Return how many show this term: they hold its code, or one that leads to it."""
        return len(self._showing(code, book))

    def together(self, codes: tuple[str, ...], book: TermBook) -> int:
        """Return how many show any of these terms."""
        return len(set[int]().union(*(self._showing(code, book) for code in codes)))

    def _showing(self, code: str, book: TermBook) -> set[int]:
        found: set[int] = set()
        for held, keys in self.by_code.items():
            current = book.current(self.vocabulary, held)
            if current is not None and current.code == code:
                found |= keys
        return found


def fields_of(vocabulary: str, *, public_only: bool = False) -> list[FieldDefinition]:
    """Return the fields whose values are terms of a vocabulary."""
    chosen = [one for one in fields().values() if one.vocabulary == vocabulary and one.kind in {"term", "terms"}]
    return [one for one in chosen if one.visibility == "public"] if public_only else chosen


def usage_of(vocabulary: str, *, public_only: bool = False) -> Usage:
    """Return who uses the terms of a vocabulary; one query over the claims of its fields."""
    codes = [one.code for one in fields_of(vocabulary, public_only=public_only)]
    claims = Claim.objects.filter(field__in=codes, replaced_by=None, infrastructure__listing=Listing.LISTED)
    standing: dict[tuple[int, str], list[str]] = {}
    by_person: set[tuple[int, str]] = set()
    rows = claims.order_by("pk").values_list("infrastructure_id", "field", "author_kind", "value")
    for key, code, author_kind, value in rows.iterator():
        place = (key, code)
        if author_kind == AuthorKind.HARVESTER and place in by_person:
            continue  # what a program read only stands beside what a person claimed
        if author_kind != AuthorKind.HARVESTER:
            by_person.add(place)
        standing[place] = value["terms"] if value else []
    found: dict[str, set[int]] = defaultdict(set)
    for (key, _), terms in standing.items():
        for term in terms:
            found[term].add(key)
    return Usage(vocabulary, {term: frozenset(keys) for term, keys in found.items()})
