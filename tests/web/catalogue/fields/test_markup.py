import pytest

from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.problems import ClaimProblems
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.fields.terms import TermBook

BOOK = TermBook([])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("<p>a</p><script>alert(1)</script>", "the tag <script>"),
        ("<SCRIPT src=//x.example.org>", "the tag <script>"),
        ("<svg><a xlink:href='javascript:alert(1)'>", "the tag <svg>"),
        ("<iframe src='https://example.org/'>", "the tag <iframe>"),
        ("<img src=x onerror=alert(1)>", "no pictures"),
        ("<p onclick='x()'>a</p>", "the attribute onclick"),
        ("<a href='javascript:alert(1)'>a</a>", "A link in this text: "),
        ("<a href='JaVa&#10;Script:alert(1)'>a</a>", "A link in this text: "),
        ("<a href='data:text/html,x'>a</a>", "A link in this text: "),
        ("<a href='http://127.0.0.1/'>a</a>", "in a private network"),
        ("<a href='http://[::ffff:10.0.0.1]/'>a</a>", "in a private network"),
        ("<a href=https://printer.local/>a</a>", "not the address of a public site"),
        ("<a href='/account/'>a</a>", "A link in this text: "),
    ],
)
def test_html_that_could_harm_is_refused_by_name_and_nothing_of_it_is_stored(given: str, said: str) -> None:
    with pytest.raises(ClaimProblems) as refused:
        checked_claim(field("mission"), RawClaim(given), BOOK)
    assert said in refused.value.problems[0].message


@pytest.mark.parametrize(
    "given",
    [
        "<p>See <a href='https://example.org/?a=1&amp;b=2'>this</a>.</p>",
        "Write to <a href='mailto:ada@example.org'>us</a>.",
        "<div class='x'><span style='color:red'>a</span></div>",
        "1 < 2 and 3 > 2, a<b",
        "<a href=''>a</a>",
        "<h2>Title</h2><table><tr><td>a</td></tr></table>",
    ],
)
def test_what_a_text_may_hold_is_taken(given: str) -> None:
    claim = checked_claim(field("mission"), RawClaim(given), BOOK)
    assert checked_claim(field("mission"), RawClaim(claim.value), BOOK).value == claim.value
