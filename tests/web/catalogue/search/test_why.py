from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.insights.snippet import Piece, snippet
from infracommons.vocabulary.folding import folded
from infracommons.web.catalogue.claims.profile import Profile
from infracommons.web.catalogue.search.filters import SearchFilters
from infracommons.web.catalogue.search.search import search
from infracommons.web.catalogue.search.snapshot import CatalogueIndex
from infracommons.web.catalogue.search.suggestion import did_you_mean
from infracommons.web.catalogue.search.why import Reason, reasons

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=400)


Profiles = Mapping[str, Profile]


def why(q: str, slug: str, index: CatalogueIndex, profile: Profile) -> tuple[Reason, ...]:
    found = search(SearchFilters(q=q), index)
    assert slug in found.ids
    return reasons(found, profile)


def marked(given: tuple[Reason, ...]) -> list[str]:
    return [piece.text for reason in given for piece in reason.pieces if piece.is_marked]


@given(TEXT, st.lists(st.tuples(st.integers(0, 399), st.integers(1, 20)), max_size=4))
def test_a_snippet_is_a_part_of_the_text(text: str, given_spans: list[tuple[int, int]]) -> None:
    spans = [(start, min(start + size, len(text))) for start, size in given_spans if start < len(text)]
    pieces = snippet(text, spans)
    shown = "".join(piece.text for piece in pieces).strip("…")
    assert shown.strip("…") in text or text in shown
    assert all(piece.text for piece in pieces)
    if spans:
        first = min(spans)
        assert any(piece.is_marked for piece in pieces) or first[1] - first[0] > 100


@pytest.mark.parametrize("q", ["data", "preprint servers", '"open access"', "zenod", "journal -software", "libraries"])
def test_every_match_says_why_and_marks_what_was_asked(everyone: CatalogueIndex, profiles: Profiles, q: str) -> None:
    found = search(SearchFilters(q=q), everyone)
    assert found.total
    for slug in found.ids:
        given_reasons = reasons(found, profiles[slug])
        said = folded(" ".join(marked(given_reasons)))
        assert given_reasons, slug
        for clause in found.query.wanted:
            assert any(word[:4] in said for word in clause.words), (slug, clause)


def test_accents_are_marked_where_they_stand(everyone: CatalogueIndex, profiles: Profiles) -> None:
    assert "Érudit" in marked(why("erudit", "erudit", everyone, profiles["erudit"]))


def test_a_slip_is_explained_by_the_word_it_stands_for(everyone: CatalogueIndex, profiles: Profiles) -> None:
    assert marked(why("zennodo", "zenodo", everyone, profiles["zenodo"])) == ["Zenodo"]


def test_one_field_that_has_all_the_words_explains_best(everyone: CatalogueIndex, profiles: Profiles) -> None:
    assert len(why("preprint server", "medrxiv", everyone, profiles["medrxiv"])) == 1


def test_a_condition_on_a_field_is_explained_by_its_value(everyone: CatalogueIndex, profiles: Profiles) -> None:
    profile = profiles["zenodo"]
    assert [reason.label for reason in why("country:CH", "zenodo", everyone, profile)] == ["Country"]
    assert marked(why("steward:cern", "zenodo", everyone, profile)) == ["CERN"]
    assert why("oss:unknown", "zenodo", everyone, profile)[0].pieces == (Piece("unknown"),)
    said = why("succession_plan:unknown", "zenodo", everyone, profile)[0]
    assert "unknown" in "".join(piece.text for piece in said.pieces)


def test_without_words_there_is_nothing_to_explain(everyone: CatalogueIndex, profiles: Profiles) -> None:
    assert reasons(search(SearchFilters(), everyone), profiles["zenodo"]) == ()


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("zxnndo repository", "zenodo repository"),
        ("-journal zxnndo", "-journal zenodo"),
        ("orkid", ""),  # a slip that the search forgives by itself
        ("zebrafish giraffes", ""),
        ("data", ""),
    ],
)
def test_another_spelling_is_offered_where_it_finds_more(everyone: CatalogueIndex, typed: str, better: str) -> None:
    assert did_you_mean(search(SearchFilters(q=typed), everyone)) == better
