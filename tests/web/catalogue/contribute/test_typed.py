"""What stands comes into a form and out of it again unchanged; what is typed outlives every error."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.contribute.forms.typed import (
    blank,
    same,
    typed_claim,
    typed_from_entry,
    typed_from_post,
)
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import claimable_fields, field
from infracommons.web.catalogue.models import Infrastructure

# One raw claim of each kind that the rich infrastructure lacks.
MORE: dict[str, RawClaim] = {
    "aliases": RawClaim(["Archive of Examples", "EA"]),
    "identifiers": RawClaim([{"scheme": "wikidata", "value": "Q42"}, {"scheme": "github", "value": "example/archive"}]),
    "logo": RawClaim({"sha256": "a" * 64, "width": 10, "height": 20, "alt": "A green box"}),
    "financial_period": RawClaim({"from": "2024-01", "to": "2024-12"}),
    "recent_grants": RawClaim(
        {
            "entries": [{"name": "One", "funder": "Example Fund"}, {"name": "Two", "starts_on": "2024-05-01"}],
            "text": "More.",
        }
    ),
    "total_assets": RawClaim({"amount": "1200", "currency": "JPY"}),
    "total_liabilities": RawClaim({"amount": "0.05", "currency": "USD"}),
    "summary": RawClaim("One paragraph.\n\nAnd\nanother, a < b & c.", note="Read this.\n\nAnd that."),
    "key_achievements": RawClaim('<ul><li>One</li><li><a href="https://example.org/">Two</a></li></ul>'),
    "bylaws": RawClaim(
        {"statement": "Since 2012.\nRevised."}, "available", [{"url": "https://e.example.org/", "label": ""}]
    ),
    "shareholders": RawClaim(status="not_applicable"),
    "launched": RawClaim(status="unknown", checked_on="2026-01-31"),
}


def browser(typed: dict[str, Any], code: str) -> QueryDict:
    """Return a field as a browser sends it, with its line ends and with empty rows at the end."""
    post = QueryDict(mutable=True)
    for part, said in typed.items():
        texts = (
            [*said, ""] if isinstance(said, list) and part != "terms" else said if isinstance(said, list) else [said]
        )
        post.setlist(f"{code}.{part}", [text.replace("\n", "\r\n") for text in texts])
    return post


@pytest.mark.parametrize("code", MORE)
@pytest.mark.django_db
@pytest.mark.usefixtures("terms")
def test_a_stored_claim_of_each_kind_comes_back_from_its_form_unchanged(code: str) -> None:
    definition = field(code)
    claim = checked_claim(definition, MORE[code], term_book())
    checked = claim.checked_on.isoformat() if claim.checked_on else None
    entry = {"value": claim.value, "status": claim.status, "evidence": list(claim.evidence), "checked_on": checked}
    shown = typed_from_entry(definition, {**entry, "note": claim.note})
    sent = typed_from_post(definition, browser(shown, code))
    assert same(sent, shown)
    assert checked_claim(definition, typed_claim(definition, sent), term_book()) == claim


@pytest.mark.django_db
def test_a_whole_profile_comes_back_unchanged(rich: Infrastructure) -> None:
    book = term_book()
    for code, entry in rich.profile.items():
        definition = field(code)
        sent = typed_from_post(definition, browser(typed_from_entry(definition, entry), code))
        claim = checked_claim(definition, typed_claim(definition, sent), book)
        assert claim.says_the_same(entry), code


@pytest.mark.django_db
@pytest.mark.usefixtures("terms")
def test_a_field_of_which_nothing_is_typed_claims_nothing() -> None:
    for definition in claimable_fields():
        claim = checked_claim(definition, typed_claim(definition, blank(definition)), term_book())
        assert claim.says_the_same(None), definition.code


def test_plain_paragraphs_are_shown_without_tags_and_other_markup_with_them() -> None:
    def shown(value: str) -> str:
        entry: dict[str, Any] = {"value": value, "status": "", "evidence": [], "checked_on": None, "note": ""}
        return str(typed_from_entry(field("mission"), entry)["value"])

    assert shown("<p>One</p><p>Two<br>three &amp; four</p>") == "One\n\nTwo\nthree & four"
    assert shown("<p>Not &lt;b&gt;bold&lt;/b&gt;</p>") == "<p>Not &lt;b&gt;bold&lt;/b&gt;</p>"
    assert shown("<ul><li>One</li></ul>") == "<ul><li>One</li></ul>"


def test_rows_stay_together_where_one_of_their_cells_is_empty() -> None:
    post = QueryDict(mutable=True)
    post.setlist("adopters.entry-name", ["One", "", "", "Four"])
    post.setlist("adopters.entry-url", ["", "", "https://three.example.org/"])
    typed = typed_from_post(field("adopters"), post)
    assert typed["entry-name"] == ["One", "", "Four"]
    assert typed["entry-url"] == ["", "https://three.example.org/", ""]


@given(st.sampled_from([one.code for one in claimable_fields()]), st.data())
def test_whatever_is_typed_is_kept_as_it_is_and_never_breaks(code: str, data: st.DataObject) -> None:
    definition = field(code)
    texts = st.text(alphabet=st.characters(codec="utf-8"), max_size=30)
    post = QueryDict(mutable=True)
    for part in blank(definition):
        post.setlist(f"{code}.{part}", data.draw(st.lists(texts, max_size=3)))
    typed = typed_from_post(definition, post)
    assert same(typed_from_post(definition, browser(typed, code)), typed)
    assert "\x00" not in str(list(typed.values()))
    typed_claim(definition, typed)
