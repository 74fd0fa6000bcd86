"""The terms of the vocabularies as they are defined, without a database."""

import pytest

from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts


def defined_terms() -> TermBook:
    """Return every defined term, as a fresh catalogue has it."""
    return TermBook(
        TermFacts(one.code, term.code, term.label, provides=term.provides, also=term.also)
        for one in vocabularies().values()
        for term in one.terms
    )


@pytest.fixture(scope="session")
def book() -> TermBook:
    return defined_terms()
