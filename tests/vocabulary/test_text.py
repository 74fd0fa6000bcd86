import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.vocabulary.text import clean, normal_name


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Open&amp;nbsp;Science<br/>Framework", "Open Science Framework"),
        ("&lt;p&gt;deposit in <b>Dryad</b>&lt;/p&gt;", "deposit in Dryad"),
        ("VuFind\u2122 and Omeka\u00ae", "VuFind and Omeka"),
        ("E\u0301rudit", "\u00c9rudit"),
        ("Archive\u2011It", "Archive-It"),
        ("Data\u00adverse", "Dataverse"),
        ("\uff34\uff21\uff27", "TAG"),
        ("Humanit\u00c3\u00a9s num\u00c3\u00a9riques", "Humanit\u00e9s num\u00e9riques"),
        ("p < 0.05 and q > 3", "p < 0.05 and q > 3"),
        ("one\r\n\ttwo\u00a0 three", "one two three"),
    ],
)
def test_markup_entities_and_unicode_forms_do_not_hide_a_name(written: str, read: str) -> None:
    assert clean(written) == read


@given(st.text())
def test_cleaned_text_has_single_blanks_and_none_at_its_ends(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("The University of X", "university of x"),
        ("Universit\u00e9 de Montr\u00e9al", "UNIVERSITE DE MONTREAL"),
        ("Arts & Crafts, Inc.", "Arts and Crafts Inc"),
    ],
)
def test_spellings_of_one_name_have_one_normal_form(name: str, other: str) -> None:
    assert normal_name(name) == normal_name(other)
