import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import change_slug, set_listing
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field, public_fields
from infracommons.web.catalogue.models import Infrastructure, Term, TermEvent
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.search import index as index_module
from infracommons.web.catalogue.search.documents import _plain_text, document_of
from infracommons.web.catalogue.search.filters import SearchFilters
from infracommons.web.catalogue.search.index import CatalogueIndex, catalogue_index
from infracommons.web.catalogue.search.search import search

pytestmark = pytest.mark.django_db
BY = Author(AuthorKind.CURATOR, "a test")


def claim(infrastructure: Infrastructure, code: str, value: Any = None, **parts: Any) -> None:
    append_claims(infrastructure, [checked_claim(field(code), RawClaim(value, **parts), term_book())], by=BY)


def get(slug: str) -> Infrastructure:
    return Infrastructure.objects.get(infrastructure_id=slug)


def ids(index: CatalogueIndex) -> set[str]:
    return {document.infrastructure_id for _, document in index.placed}


def found(q: str) -> tuple[str, ...]:
    return search(SearchFilters(q=q)).ids


def as_made_anew(index: CatalogueIndex) -> bool:
    """Return whether an index that was renewed in parts says what one made from nothing says."""
    anew = index_module._Keeper().current()
    values = {
        (code, value): {index.documents[place].infrastructure_id for place in _places(mask)}  # type: ignore[union-attr]
        for code, held in index.bits.items()
        for value, mask in held.items()
    }
    expected = {
        (code, value): {anew.documents[place].infrastructure_id for place in _places(mask)}  # type: ignore[union-attr]
        for code, held in anew.bits.items()
        for value, mask in held.items()
    }
    in_order = [[one.documents[place].name for place in one.orders["name"]] for one in (index, anew)]  # type: ignore[union-attr]
    return values == expected and in_order[0] == in_order[1] and index.evidence_counts == anew.evidence_counts


def _places(mask: int) -> list[int]:
    return [place for place in range(mask.bit_length()) if mask >> place & 1]


@pytest.mark.usefixtures("small_catalogue")
def test_an_index_that_nothing_outdated_costs_three_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = catalogue_index()
    with django_assert_num_queries(3):
        assert catalogue_index() is first


@pytest.mark.usefixtures("small_catalogue")
def test_a_claim_is_found_by_the_next_search() -> None:
    before = catalogue_index()
    assert found("quaternions") == ()
    claim(get("zenodo"), "mission", "Store quaternions for good.")
    assert found("quaternions") == ("zenodo",)
    assert as_made_anew(catalogue_index())
    assert before.text.having(["quaternions"]) == []  # what a reader held does not change under them


@pytest.mark.usefixtures("small_catalogue")
def test_a_replaced_value_is_found_no_more() -> None:
    claim(get("zenodo"), "country", {"terms": ["FR"]})
    assert "zenodo" in found("country:FR")
    claim(get("zenodo"), "country", {"terms": ["IT"]})
    assert "zenodo" not in found("country:FR")
    assert "zenodo" in found("country:IT")
    assert as_made_anew(catalogue_index())


@pytest.mark.usefixtures("small_catalogue")
def test_only_what_is_listed_is_found() -> None:
    assert "zenodo" in ids(catalogue_index())
    set_listing(get("zenodo"), "withdrawn", by=BY)
    assert "zenodo" not in ids(catalogue_index())
    assert found("zenodo") == ()
    set_listing(get("zenodo"), "listed", by=BY)
    assert found("zenodo") == ("zenodo",)
    assert as_made_anew(catalogue_index())


@pytest.mark.usefixtures("small_catalogue")
def test_a_new_id_is_what_a_search_gives() -> None:
    catalogue_index()
    change_slug(get("zenodo"), "zenodo-eu", by=BY)
    assert found("zenodo") == ("zenodo-eu",)


@pytest.mark.usefixtures("small_catalogue")
def test_what_was_rolled_back_is_forgotten() -> None:
    catalogue_index()
    with transaction.atomic():
        claim(get("zenodo"), "mission", "Store quaternions for good.")
        assert found("quaternions") == ("zenodo",)
        transaction.set_rollback(True)
    claim(get("dryad"), "mission", "Store octonions for good.")
    assert found("quaternions") == ()
    assert found("octonions") == ("dryad",)
    assert as_made_anew(catalogue_index())


@pytest.mark.usefixtures("small_catalogue")
def test_a_renamed_term_is_found_by_its_new_name() -> None:
    assert found('"preprint service"')
    term = Term.objects.get(vocabulary="categories", code="preprint_service")
    Term.objects.filter(pk=term.pk).update(label="Manuscript garden")
    TermEvent.objects.create(term=term, kind="renamed")
    assert "arxiv" in found('"manuscript garden"')
    assert catalogue_index().words_of("categories", "preprint_service") == "Manuscript garden"
    assert as_made_anew(catalogue_index())


@pytest.mark.usefixtures("small_catalogue")
def test_a_merged_term_counts_for_its_successor() -> None:
    index = catalogue_index()
    before = index.having("categories", "preprint_service") | index.having("categories", "repository_service")
    old = Term.objects.get(vocabulary="categories", code="preprint_service")
    new = Term.objects.get(vocabulary="categories", code="repository_service")
    Term.objects.filter(pk=old.pk).update(state="merged", successor=new)
    TermEvent.objects.create(term=old, kind="merged")
    index = catalogue_index()
    assert index.having("categories", "preprint_service") == 0
    assert index.having("categories", "repository_service") == before != 0
    assert index.current_value("categories", "preprint_service") == "repository_service"
    assert as_made_anew(index)


@pytest.mark.usefixtures("small_catalogue")
def test_values_grow_stale_without_any_change(monkeypatch: pytest.MonkeyPatch) -> None:
    claim(get("zenodo"), "open_api", status="available", checked_on="2026-01-01")
    later = datetime.now(UTC) + timedelta(days=366)
    assert "zenodo" not in search(SearchFilters().choosing("freshness", ["never_checked"])).ids
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    stale = search(SearchFilters().choosing("freshness", ["stale"])).ids
    assert "zenodo" in stale


@pytest.mark.usefixtures("rich")
def test_each_text_is_folded_the_same_on_both_ways() -> None:
    book = term_book()
    row = get("example-archive")
    document = document_of(row, book)
    for one in public_fields():
        entry = row.profile.get(one.code)
        plain = {said.removeprefix("other ") for said in _plain_text(one, entry, book)} if entry else set()
        assert set(filter(None, document.text.get(one.code, "").split(" . "))) == plain


@pytest.mark.usefixtures("rich")
def test_what_is_not_public_is_in_no_text_and_no_set() -> None:
    document = document_of(get("example-archive"), term_book())
    fields = {one.code for one in public_fields()}
    assert {code for code in document.text if code != "claims"} <= fields
    assert "ada" not in " ".join(document.text.values()).split()
    assert not {"contact_email", "annual_revenue"} & {code for code, _ in document.pairs}
    for q in ("ada", "contact_email:ada", "1250000"):
        assert found(q) == () or search(SearchFilters(q=q)).issues


def test_an_empty_catalogue_has_an_empty_index() -> None:
    index = catalogue_index()
    assert (index.placed, search(SearchFilters(q="word"), index).ids) == ((), ())


@pytest.mark.usefixtures("small_catalogue")
def test_readers_go_on_with_what_they_have_while_another_renews_it(monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = index_module._Keeper()
    held = keeper.current()
    started, go_on = threading.Event(), threading.Event()

    def slow(_self: object, _moment: object) -> CatalogueIndex:
        started.set()
        assert go_on.wait(10)
        return held

    moments = iter(range(100))
    monkeypatch.setattr(index_module, "_moment", lambda: next(moments))
    monkeypatch.setattr(index_module._Keeper, "_renewed", slow)
    renewer = threading.Thread(target=keeper.current)
    renewer.start()
    assert started.wait(10)
    assert keeper.current() is held  # does not wait for the other
    go_on.set()
    renewer.join(10)
