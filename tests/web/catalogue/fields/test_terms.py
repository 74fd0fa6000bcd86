import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.web.catalogue.fields.terms import TermBook, TermFacts

CODES = "abcdefgh"


def term(code: str, label: str = "", **more: str | tuple[str, ...]) -> TermFacts:
    return TermFacts("letters", code, label or code.upper(), **more)  # type: ignore[arg-type]


def test_a_spelling_is_found_by_code_label_and_other_spellings_whatever_their_case() -> None:
    book = TermBook([term("doi", "Digital Object Identifier", also=("DOIs",))])

    for spelling in ("doi", "DOI", "digital object identifier", " Digital  Object Identifier ", "dois"):
        assert book.code_of("letters", spelling) == "doi"
    assert book.code_of("letters", "handle") is None
    assert book.code_of("other", "doi") is None


def test_signs_tell_terms_apart_that_letters_do_not() -> None:
    book = TermBook([term("c", "C"), term("cpp", "C++"), term("csharp", "C#")])

    assert [book.code_of("letters", spelling) for spelling in ("C", "c++", "C#")] == ["c", "cpp", "csharp"]
    assert book.code_of("letters", "C!") is None  # could be any of the three


def test_accents_do_not_matter_where_nothing_else_is_meant() -> None:
    assert TermBook([term("quebec", "Québec")]).code_of("letters", "quebec") == "quebec"


def test_a_merged_term_is_shown_and_found_as_its_successor() -> None:
    book = TermBook([term("a", successor="b", state="merged"), term("b", successor="c", state="merged"), term("c")])

    assert book.current("letters", "a") == book.terms("letters")["c"]
    assert book.label("letters", "a") == "C"
    assert book.code_of("letters", "a") == "c"
    assert [one.code for one in book.choices("letters")] == ["c"]


def test_a_retired_term_without_successor_keeps_its_label_but_is_no_choice() -> None:
    book = TermBook([term("a", "Anything", state="retired")])

    assert book.label("letters", "a") == "Anything"
    assert book.choices("letters") == []


def test_a_code_that_no_term_has_reads_as_words() -> None:
    assert TermBook([]).label("letters", "not_there") == "not there"
    assert TermBook([]).current("letters", "not_there") is None


@given(st.dictionaries(st.sampled_from(CODES), st.sampled_from(CODES)))
def test_following_successors_ends_even_where_they_lead_in_a_circle(successors: dict[str, str]) -> None:
    book = TermBook([term(code, successor=successors.get(code, "")) for code in CODES])

    for code in CODES:
        found = book.current("letters", code)
        assert found is not None
        assert found.code in CODES


def test_a_successor_that_is_not_there_is_no_term() -> None:
    assert TermBook([term("a", successor="gone")]).current("letters", "a") is None


@pytest.mark.parametrize("spelling", ["", "   ", "\u0301"])
def test_an_empty_spelling_stands_for_nothing(spelling: str) -> None:
    assert TermBook([term("a")]).code_of("letters", spelling) is None
