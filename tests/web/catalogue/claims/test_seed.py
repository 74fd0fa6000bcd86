from dataclasses import replace

import pytest
from tests.web.catalogue.conftest import SMALL, definitions, small_definitions

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.profile import replay
from infracommons.web.catalogue.claims.seed import SOURCE, seed_infrastructures, seed_terms
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.models import Change, Claim, Infrastructure, Term, TermEvent
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
CURATOR = Author(AuthorKind.CURATOR, "a curator")


def defined(one: str) -> list:  # type: ignore[type-arg]
    return [definition for definition in definitions() if definition.infrastructure_id == one]


def test_every_managed_term_is_seeded_once() -> None:
    managed = sum(len(one.terms) for one in vocabularies().values() if one.source == "terms")

    assert seed_terms() == managed == Term.objects.count()
    assert seed_terms() == 0


def test_the_term_book_has_managed_and_fixed_terms(terms: None) -> None:  # noqa: ARG001
    book = term_book()

    for vocabulary in vocabularies().values():
        assert [*book.terms(vocabulary.code)] == [term.code for term in vocabulary.terms]


def test_a_term_that_a_curator_renamed_stays_renamed_and_the_book_knows(terms: None) -> None:  # noqa: ARG001
    term = Term.objects.filter(vocabulary="categories")[0]
    before = term_book()
    Term.objects.filter(pk=term.pk).update(label="Renamed")
    TermEvent.objects.create(term=term, kind="renamed")

    assert seed_terms() == 0
    assert term_book().label("categories", term.code) == "Renamed"
    assert before.label("categories", term.code) == term.label


@pytest.mark.usefixtures("small_catalogue")
def test_seeding_twice_changes_nothing() -> None:
    before = (Claim.objects.count(), Change.objects.count())

    assert seed_infrastructures(small_definitions()) == 0
    assert (Claim.objects.count(), Change.objects.count()) == before
    assert Infrastructure.objects.count() == len(SMALL)


@pytest.mark.usefixtures("small_catalogue")
def test_seeded_profiles_are_what_their_claims_say() -> None:
    for one in Infrastructure.objects.all():
        assert one.profile == replay(one.claims.order_by("id"))
        assert {entry["source"] for entry in one.profile.values()} == {SOURCE}
        assert one.profile["website"]["evidence"]


@pytest.mark.usefixtures("small_catalogue")
def test_a_changed_definition_updates_its_own_claims_and_no_one_elses() -> None:
    arxiv = Infrastructure.objects.get(infrastructure_id="arxiv")
    append_claims(arxiv, [ClaimInput("launched", 1990)], by=CURATOR)
    changed = [replace(one, launched=1992, summary="Says something new.") for one in defined("arxiv")]

    assert seed_infrastructures(changed) == 0

    arxiv.refresh_from_db()
    assert arxiv.profile["launched"]["value"] == 1990
    assert "Says something new." in arxiv.profile["summary"]["value"]


@pytest.mark.usefixtures("small_catalogue")
def test_what_a_person_made_unknown_is_not_filled_again() -> None:
    arxiv = Infrastructure.objects.get(infrastructure_id="arxiv")
    append_claims(arxiv, [ClaimInput("launched", None, "unknown", note="Nobody is sure.")], by=CURATOR)

    seed_infrastructures(defined("arxiv"))

    arxiv.refresh_from_db()
    assert arxiv.profile["launched"]["status"] == "unknown"
