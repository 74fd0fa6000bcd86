"""The term book of the moment, read again when a curator has changed a term."""

from functools import lru_cache

from infracommons.web.catalogue.claims.state import term_state
from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts
from infracommons.web.catalogue.models.term import Term


def term_book() -> TermBook:
    """Return all terms; costs one small query while nothing has changed. Keep the book for one request."""
    return _book(term_state())


@lru_cache(maxsize=2)
def _book(_state: tuple[object, ...]) -> TermBook:
    stored = Term.objects.select_related("successor").order_by("vocabulary", "position", "label")
    return TermBook([*map(_facts, stored), *_fixed()])


def _facts(term: Term) -> TermFacts:
    return TermFacts(
        vocabulary=term.vocabulary,
        code=term.code,
        label=term.label,
        description=term.description,
        provides=term.provides,
        also=tuple(term.also),
        same_as=term.same_as,
        infrastructure=term.infrastructure_slug,
        state=term.state,
        successor=term.successor.code if term.successor else "",
    )


def _fixed() -> list[TermFacts]:
    """Return the terms that nobody manages: scales, countries, currencies."""
    return [
        TermFacts(vocabulary.code, term.code, term.label, term.description, term.provides, term.also, term.same_as)
        for vocabulary in vocabularies().values()
        if vocabulary.source != "terms"
        for term in vocabulary.terms
    ]
