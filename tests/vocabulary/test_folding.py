import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.vocabulary.folding import folded, tokens, variants, words

TEXT = st.text(st.characters(codec="utf-8"), max_size=60)


@given(TEXT)
def test_every_token_stands_where_it_says(text: str) -> None:
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        # Folded by itself, the piece of the text holds the word: nothing was cut from its side.
        assert token.text in folded(text[token.start : token.end]).replace(" ", "")


@given(TEXT)
def test_tokens_and_words_are_the_same(text: str) -> None:
    assert [token.text for token in tokens(text)] == words(text)


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = folded(text)
    assert folded(once) == once


@given(st.text("abcdeéèüÅçñ ", max_size=30))
def test_accents_and_case_make_no_difference(text: str) -> None:
    assert words(text) == words(unicodedata.normalize("NFD", text)) == words(text.upper())


def test_a_combining_mark_belongs_to_its_letter() -> None:
    decomposed = unicodedata.normalize("NFD", "café society")
    first = tokens(decomposed)[0]
    assert first.text == "cafe"
    assert unicodedata.normalize("NFC", decomposed[first.start : first.end]) == "café"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++ and C#", ["c++", "and", "c#"]),
        ("open-source_code", ["open", "source", "code"]),
        ("Straße ﬁnder", ["strasse", "finder"]),
        ("日本語 DOI", ["日", "本", "語", "doi"]),
        ("re3data.org", ["re3data", "org"]),
        ("İstanbul", ["istanbul"]),
        ("!!! -- …", []),
    ],
)
def test_words_of_many_kinds(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("journal", "journals"), ("repository", "repositories"), ("search", "searches"), ("archive", "archives")],
)
def test_singular_and_plural_lead_to_each_other(one: str, other: str) -> None:
    assert other in variants(one)
    assert one in variants(other)


@pytest.mark.parametrize("word", ["doi", "c++", "w3", "access", "corpus", "thesis"])
def test_what_only_looks_like_a_plural_is_left_alone(word: str) -> None:
    assert not any(other == word[:-1] for other in variants(word))
