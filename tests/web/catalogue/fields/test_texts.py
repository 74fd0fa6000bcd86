import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.texts import one_line, paragraphs, rich_text, visible_text

# Texts that are likely to go wrong: marks, hidden signs, tags and pieces of tags, line ends.
_SIGNS = ["a", "é", "e", "\u0301", "\u200e", "\u202e", "\ufeff", "\x00", "\ud800", " ", "\n", "\r\n"]
_TAGS = """< > & " ' <p> </p> <b> </b> <strong> </strong> <em> <ul> </ul> <ol> <li> </li> <br> <a> </a> <div> <h1> </h1>
  <script> </script> <style> <img/src=x> <!-- --> &lt; &amp; &#x202e; &#769; <table> <td> </table> <svg> <math> <mtext>
  """.split()
_LINKS = [
    '<a href="https://example.org/?a>b">',
    '<a href="javascript:x">',
    '<p onclick="x">',
    "<a href='//example.org'>",
]
HARD = st.lists(st.sampled_from([*_SIGNS, *_TAGS, *_LINKS]) | st.text(max_size=4), max_size=12).map("".join)
Parse = Callable[[str, str], str]
PARSERS = [one_line, paragraphs, rich_text]
TAG = re.compile(r"</?([a-z0-9]+)([^>]*)>")


def attempt(parse: Parse, text: str) -> str | None:
    try:
        return parse(text, "part")
    except ValueProblem:
        return None


@pytest.mark.parametrize("parse", PARSERS)
@given(text=HARD)
def test_what_is_stored_parses_to_itself(parse: Parse, text: str) -> None:
    stored = attempt(parse, text)

    if stored is not None:
        assert parse(stored, "part") == stored


@given(text=HARD)
def test_plain_text_is_composed_and_has_no_hidden_signs(text: str) -> None:
    for parse in (one_line, paragraphs):
        stored = attempt(parse, text)
        if stored is not None:
            assert unicodedata.is_normalized("NFC", stored)
            assert not re.search("[\x00-\x08\x0e-\x1f\u200e\u200f\u202a-\u202e\ufeff\ud800-\udfff]", stored)
            assert parse is paragraphs or "\n" not in stored


@given(text=HARD)
def test_rich_text_holds_only_tags_that_are_allowed(text: str) -> None:
    stored = attempt(rich_text, text) or ""

    for tag, attributes in TAG.findall(re.sub(r'"[^"]*"', '""', stored)):
        assert tag in {"p", "a", "ul", "ol", "li", "strong", "em", "b", "i", "br"}
        assert set(re.findall(r"([a-z]+)=", attributes)) <= {"href", "rel"}
    assert not re.search(r'href="(?!https?:|mailto:)', stored)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("<div>a</div>", "<p>a</p>"),
        ("<strong>a\n\nb</strong>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("1 < 2 & 3", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<p> </p>", ""),
        ("<img src=x onerror=alert(1)>", ""),
        (
            '<a href="https://example.org/" onclick="x">a</a>',
            '<p><a href="https://example.org/" rel="nofollow noopener ugc">a</a></p>',
        ),
    ],
)
def test_rich_text_keeps_what_is_said_and_drops_what_could_harm(given: str, stored: str) -> None:
    assert rich_text(given, "part") == stored


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<p>a</p><p>b</p>", "a b"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<p>a<br>b &amp; c &lt;d&gt;</p>", "a b & c <d>"),
        ('<p><a href="https://example.org/?a>b">c</a></p>', "c"),
    ],
)
def test_visible_text_is_what_a_reader_sees(markup: str, seen: str) -> None:
    assert visible_text(markup) == seen


def test_the_limit_counts_what_a_reader_sees() -> None:
    assert rich_text("<strong>12345</strong>", "part", 5)
    with pytest.raises(ValueProblem, match="6 characters; 5 are allowed"):
        rich_text("123456", "part", 5)


@pytest.mark.parametrize("parse", PARSERS)
@pytest.mark.parametrize("text", ["x" + "\u0301" * 5, "a" * 100_001])
def test_piles_of_marks_and_endless_texts_are_refused(parse: Parse, text: str) -> None:
    with pytest.raises(ValueProblem):
        parse(text, "part")


def test_a_sign_that_turns_the_direction_of_text_is_taken_out() -> None:
    assert one_line("gpj.\u202eexe", "part") == "gpj.exe"
    assert one_line("e\u200e\u0301", "part") == "é"
    assert one_line("שלום عربي", "part") == "שלום عربي"


@pytest.mark.parametrize("sign", ["\u200b", "\u2060", "\u061c", "\u3164", "\u2800", "\xad", "\U000e0041"])
def test_signs_without_a_shape_neither_tell_two_names_apart_nor_make_one(sign: str) -> None:
    assert one_line(f"Exa{sign}mple", "part") == "Example"
    assert [parse(sign, "part") for parse in PARSERS] == ["", "", ""]


@pytest.mark.parametrize("parse", PARSERS)
def test_joiners_stay_between_letters_and_are_no_text_by_themselves(parse: Parse) -> None:
    assert "\u0645\u06cc\u200c\u062e" in parse("\u0645\u06cc\u200c\u062e", "part")
    assert parse("\u200d\ufe0f", "part") == ""


def test_endless_tags_are_refused_before_anything_reads_them() -> None:
    with pytest.raises(ValueProblem, match="more than 5,000 tags"):
        rich_text("<ul>" * 20_000, "part")
