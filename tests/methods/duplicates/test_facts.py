from hypothesis import given
from hypothesis import strategies as st

from infracommons.methods.duplicates.facts import base_id, name_key, name_words, number_key, text_key, text_words


def test_a_repeated_identifier_loses_the_number_it_got() -> None:
    assert base_id("donations:knight-17#2") == "donations:knight-17"
    assert base_id("donations:knight-17") == "donations:knight-17"


def test_support_years_of_one_nih_project_have_one_number() -> None:
    assert {number_key(n) for n in ("5R01GM123456-03", "R01GM123456", "2R01 GM123456-06A1")} == {"R01GM123456"}


def test_a_number_that_any_publisher_may_use_tells_nothing() -> None:
    assert number_key("17") is None
    assert number_key(None) is None


def test_numbers_are_compared_without_punctuation_and_case() -> None:
    assert number_key("ah/k003712/1") == number_key("AH K003712 1")


def test_an_organisation_is_told_by_the_words_that_are_its_own() -> None:
    assert name_words(name_key("The Regents of the University of Michigan")) == {"michigan"}
    assert name_words(name_key("The University")) == {"university"}, "all words, where none is its own"


def test_texts_of_the_same_words_have_one_key() -> None:
    assert text_key("Open science -- for all.") == text_key("open science: for ALL")
    assert text_key("Open science") != text_key("Closed science")


def test_a_text_without_words_has_no_key() -> None:
    assert text_key(" ... ") is None
    assert text_key(None) is None


def test_words_of_any_grant_are_not_telling() -> None:
    assert text_words(["For General Operating Support", None]) == frozenset()
    assert text_words(["To support the Zotero translators"]) == {"zotero", "translators"}


@given(st.lists(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1), min_size=1))
def test_case_and_punctuation_never_change_a_text_key(words: list[str]) -> None:
    # Characters with more than one lower-case form are the reader's loss, not ours: fold once on both sides.
    folded = [word.casefold() for word in words]
    assert text_key(", ".join(folded)) == text_key(" ".join(folded))
