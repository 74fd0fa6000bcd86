"""All defined infrastructures as a snapshot, made once and without a database."""

from collections.abc import Mapping
from datetime import date

import pytest
from django.conf import settings

from infracommons.pipeline.definitions import load_catalogue
from infracommons.web.catalogue.claims.organisations import slug_of
from infracommons.web.catalogue.claims.profile import Profile, replay
from infracommons.web.catalogue.claims.seed import _claims
from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts
from infracommons.web.catalogue.models import Claim, Infrastructure, Organisation
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.search.index import snapshot_of
from infracommons.web.catalogue.search.snapshot import CatalogueIndex, Moment
from infracommons.web.catalogue.search.text_index import TextIndex


@pytest.fixture(scope="session")
def defined_rows() -> list[Infrastructure]:
    """One row, not stored, for each infrastructure of `definitions/`."""
    book = defined_terms()
    rows = []
    for number, definition in enumerate(load_catalogue(settings.INFRACOMMONS_DEFINITIONS), 1):
        claims = [
            Claim(
                pk=number * 100 + place,
                field=one.field,
                value=one.value,
                status=one.status,
                evidence=list(one.evidence),
                author_kind=AuthorKind.CURATOR,
                source="definitions",
            )
            for place, one in enumerate(_claims(definition, book))
        ]
        steward = definition.steward
        organisation = Organisation(organisation_id=slug_of(steward.name), name=steward.name) if steward else None
        row = Infrastructure(pk=number, infrastructure_id=definition.infrastructure_id, name=definition.name)
        row.steward, row.profile = organisation, replay(claims)
        rows.append(row)
    return rows


@pytest.fixture(scope="session")
def everyone(defined_rows: list[Infrastructure]) -> CatalogueIndex:
    """The snapshot of all of them."""
    moment = Moment(None, defined_terms(), date(2026, 6, 1), str(settings.INFRACOMMONS_DEFINITIONS))
    return snapshot_of(defined_rows, moment, TextIndex())


@pytest.fixture(scope="session")
def profiles(defined_rows: list[Infrastructure]) -> Mapping[str, Profile]:
    """Their profiles by id."""
    return {row.infrastructure_id: row.profile for row in defined_rows}


def defined_terms() -> TermBook:
    return TermBook(
        TermFacts(vocabulary.code, term.code, term.label, term.description, term.provides, term.also, term.same_as)
        for vocabulary in vocabularies().values()
        for term in vocabulary.terms
    )
