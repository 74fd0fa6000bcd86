"""A catalogue to test on: vocabularies, a dozen defined infrastructures, one rich profile, and people of each role."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max, Model
from pytest_django import Settings

from infracommons.pipeline.definitions import load_catalogue
from infracommons.vocabulary.definitions import Infrastructure as Definition
from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import create_infrastructure
from infracommons.web.catalogue.claims.seed import seed_infrastructures, seed_terms
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Change, Claim, Infrastructure, Organisation, Stewardship, Term
from infracommons.web.catalogue.models.claim import AuthorKind

SMALL = (
    "arxiv biorxiv crossref datacite directory-of-open-access-journals dspace dryad inveniordm open-journal-systems"
    " openalex ror zenodo"
).split()
PASSWORD = "a long enough test phrase"  # noqa: S105 - of invented people
# One claim of most kinds, as the team of an invented infrastructure might state them.
RICH: dict[str, RawClaim] = {
    "mission": RawClaim("<p>To keep examples <strong>open</strong>.</p>"),
    "contact": RawClaim("https://archive.example.org/contact"),
    "domains": RawClaim({"terms": ["Mathematics"], "other": ""}),
    "code_repository": RawClaim(
        status="available", evidence=[{"url": "https://git.example.org/archive", "label": "Code"}]
    ),
    "open_api": RawClaim(status="in_progress"),
    "product_roadmap": RawClaim(status="considering"),
    "bylaws": RawClaim(status="not_planning"),
    "web_accessibility": RawClaim(status="not_applicable"),
    "code_of_conduct": RawClaim(
        {"statement": "We follow the code of our community."},
        "available",
        [{"url": "https://archive.example.org/conduct", "label": ""}],
        "2026-10-01",
    ),
    "pricing": RawClaim(status="no_direct_costs"),
    "member_count": RawClaim("1,204"),
    "scoss": RawClaim("no"),
    "spdx_licence": RawClaim("Apache-2.0"),
    "programming_languages": RawClaim({"terms": ["python", "c++"], "other": "Forth"}),
    "integrations": RawClaim({"terms": ["Crossref", "Zenodo"]}),
    "affiliations": RawClaim({"entries": [{"name": "University of Examples", "url": "https://example.org/"}]}),
    "annual_revenue": RawClaim({"amount": "1250000.50", "currency": "EUR"}),
    "contact_email": RawClaim("ada@example.org"),
}


@cache
def definitions() -> tuple[Definition, ...]:
    """Return the infrastructures of `definitions/`."""
    return tuple(load_catalogue(Path(settings.INFRACOMMONS_DEFINITIONS)))


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


_TABLES: tuple[type[Model], ...] = (Term, Organisation, Infrastructure, Claim, Change)
_MADE: dict[tuple[str, ...], list[list[Model]]] = {}


def once(name: str, make: Callable[[], object]) -> None:
    """Make rows for the first test that asks; later tests are given the same rows in one step a table."""
    key = (name, *(str(table._base_manager.aggregate(last=Max("pk"))["last"]) for table in _TABLES))
    if key in _MADE:
        for table, rows in zip(_TABLES, _MADE[key], strict=True):
            table._base_manager.bulk_create(rows)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(_TABLES)):
                cursor.execute(statement)
        return
    before = [set(table._base_manager.values_list("pk", flat=True)) for table in _TABLES]
    make()
    _MADE[key] = [
        list(table._base_manager.exclude(pk__in=known).order_by("pk"))
        for table, known in zip(_TABLES, before, strict=True)
    ]


@pytest.fixture
def terms(db: None) -> None:  # noqa: ARG001 - asks for the database
    """The terms of all vocabularies."""
    once("terms", seed_terms)


@pytest.fixture
def catalogue(terms: None) -> None:  # noqa: ARG001 - asks for the terms
    """Every defined infrastructure."""
    once("catalogue", lambda: seed_infrastructures(definitions()))


def small_definitions() -> list[Definition]:
    """What the small catalogue is seeded from."""
    return [replace(one, integrations=()) for one in definitions() if one.infrastructure_id in SMALL]


@pytest.fixture
def small_catalogue(terms: None) -> None:  # noqa: ARG001 - asks for the terms
    """A dozen defined infrastructures, without the integrations by which each names others."""
    once("small catalogue", lambda: seed_infrastructures(small_definitions()))


def claim(infrastructure: Infrastructure, code: str, raw: RawClaim, kind: str = AuthorKind.STEWARD) -> None:
    """Append one claim as its author would make it."""
    checked = checked_claim(field(code), raw, term_book())
    append_claims(infrastructure, [checked], by=Author(AuthorKind(kind), "its team"))


@pytest.fixture
def rich(small_catalogue: None) -> Infrastructure:  # noqa: ARG001 - asks for others beside it
    """An invented infrastructure, Example Archive, with claims of most kinds."""
    basics = {
        "name": RawClaim("Example Archive"),
        "website": RawClaim("https://archive.example.org/"),
        "summary": RawClaim("Keeps examples of everything."),
        "categories": RawClaim({"terms": ["repository_service"]}),
        "steward": RawClaim({"name": "Example Foundation", "ror": ""}),
        "country": RawClaim({"terms": ["FR"]}),
        "launched": RawClaim(2011),
    }

    def make() -> None:
        book = term_book()
        checked = [checked_claim(field(code), raw, book) for code, raw in (basics | RICH).items()]
        create_infrastructure(checked, by=Author(AuthorKind.STEWARD, "its team"))

    once("rich", make)
    return Infrastructure.objects.get(infrastructure_id="example-archive")


@pytest.fixture
def member(db: None) -> User:  # noqa: ARG001 - asks for the database
    return User.objects.create_user("ada@example.org", PASSWORD, name="Ada Example")


@pytest.fixture
def curator(db: None) -> User:  # noqa: ARG001 - asks for the database
    return User.objects.create_user("cleo@example.org", PASSWORD, name="Cleo Example", role="curator")


@pytest.fixture
def administrator(db: None) -> User:  # noqa: ARG001 - asks for the database
    return User.objects.create_user("bea@example.org", PASSWORD, name="Bea Example", role="administrator")


@pytest.fixture
def steward_of(member: User) -> Callable[[Infrastructure], User]:
    """Return a function that makes the member a steward of an infrastructure."""

    def grant(infrastructure: Infrastructure) -> User:
        Stewardship.objects.create(infrastructure=infrastructure, person=member, state="granted", grounds="in the team")
        return member

    return grant
