"""The profile page says each value with what it rests on, and never what readers may not see."""

import json
import re
from collections.abc import Callable
from datetime import date
from hashlib import sha256

import pytest
from django.test import Client
from tests.web.catalogue.profile.conftest import Read

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import change_slug, set_listing
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import ClaimInput, RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure, Link, UpkeepEvent
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
RICH = "/infrastructures/example-archive/"
CURATOR = Author(AuthorKind.CURATOR, "a test")


def say(infrastructure: Infrastructure, code: str, raw: RawClaim, by: Author = CURATOR) -> None:
    append_claims(infrastructure, [checked_claim(field(code), raw, term_book())], by=by)


def test_each_value_stands_with_status_evidence_author_and_date(rich: Infrastructure, read: Read) -> None:
    page = read(RICH)
    assert page.status == 200
    conduct = page.field("code_of_conduct")
    assert "available archive.example.org/conduct" in conduct
    assert "We follow the code of our community." in conduct
    assert "by the infrastructure's team: its team." in conduct
    assert "Checked 1 October 2026." in conduct
    assert "History of Code of conduct" in conduct
    assert "No evidence given." in page.field("member_count")
    assert "Not checked yet." in page.field("member_count")
    assert rich.name in page.text


@pytest.mark.usefixtures("rich")
def test_each_status_and_kind_of_value_is_written_in_words(read: Read) -> None:
    page = read(RICH)
    for code, words in {
        "code_repository": "available",
        "open_api": "in progress",
        "product_roadmap": "considering",
        "bylaws": "not planning",
        "web_accessibility": "not applicable",
        "pricing": "no direct costs",
        "scoss": "no",
        "member_count": "1,204",
        "programming_languages": "in its own words: Forth",
        "affiliations": "University of Examples",
        "spdx_licence": "Apache-2.0",
    }.items():
        assert f" {words}" in page.field(code).removeprefix(field(code).label), code


@pytest.mark.usefixtures("rich")
def test_what_nobody_claimed_is_listed_as_unknown_section_by_section(read: Read) -> None:
    page = read(RICH)
    assert "Unknown, because nobody has claimed it yet: Governance summary" in page.text
    assert re.search(r"Technical \d+ of 23 answered", page.text)
    assert "These are counts, not a score." in page.text


@pytest.mark.usefixtures("rich")
def test_the_answer_is_a_sentence_made_from_the_data(read: Read) -> None:
    text = read(RICH).text
    assert "Example Archive is listed as repository service, run by Example Foundation (France), since 2011." in text
    assert "Listed is not endorsed." in text


@pytest.mark.parametrize("page", ["", "history/", "changes/?from=2020-01-01", "?as_of={today}"])
def test_private_values_and_figures_without_consent_are_on_no_page(page: str, rich: Infrastructure, read: Read) -> None:
    say(rich, "contact_email", RawClaim("bea@example.org"))
    markup = read(RICH + page.format(today=date.today().isoformat())).markup  # noqa: DTZ011 - any day will do
    assert "ada@example.org" not in markup
    assert "bea@example.org" not in markup
    assert "1,250,000" not in markup
    assert "Annual revenue" not in markup


def test_figures_are_shown_once_the_steward_agrees_and_hidden_again_when_not(rich: Infrastructure, read: Read) -> None:
    say(rich, "financial_visibility", RawClaim({"terms": ["approved"]}))
    assert "EUR 1,250,000.50" in read(RICH).field("annual_revenue")
    say(rich, "financial_visibility", RawClaim({"terms": ["unapproved"]}))
    assert "1,250,000" not in read(RICH).markup
    assert "1,250,000" not in read(RICH + "history/").markup


def test_markup_that_reached_the_database_unchecked_does_no_harm(rich: Infrastructure, read: Read) -> None:
    hostile = '<p onclick="x()">Hello<script>alert(1)</script><a href="javascript:alert(2)">here</a></p>'
    append_claims(
        rich,
        [
            ClaimInput("mission", value=hostile),
            ClaimInput(
                "website", value="javascript:alert(3)", evidence=({"url": "javascript:alert(4)", "label": "x"},)
            ),
            ClaimInput("fiscal_host", value="</dd><script>alert(5)</script>"),
        ],
        by=CURATOR,
    )
    page = read(RICH)
    assert "Hello" in page.field("mission")
    assert "javascript:" not in "".join(page.links())
    assert "onclick" not in page.markup
    assert [one for one in re.findall(r"<script[^>]*>", page.markup) if "src=" not in one] == [
        '<script type="application/ld+json">'
    ]


def test_structured_data_is_json_that_no_name_can_break_out_of(rich: Infrastructure, read: Read) -> None:
    say(rich, "name", RawClaim("Archive </script><b>&"))
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', read(RICH).markup, re.DOTALL)
    assert found is not None
    assert "<" not in found[1]
    assert json.loads(found[1])["name"] == rich.name


def test_terms_lead_to_the_search_and_integrations_to_profiles(rich: Infrastructure, read: Read) -> None:
    links = read(RICH).links()
    assert "/infrastructures/?domains=mathematics" in links
    assert "/infrastructures/?country=FR" in links
    assert "/infrastructures/crossref/" in links
    assert f"/stewards/{rich.steward.organisation_id if rich.steward else ''}/" in links


@pytest.mark.usefixtures("rich")
def test_an_infrastructure_tells_who_integrates_with_it(read: Read) -> None:
    page = read("/infrastructures/zenodo/")
    assert "1 listed infrastructure names Zenodo among their integrations." in page.text
    assert RICH in page.links()


def test_values_past_their_age_uncertain_ones_and_broken_links_are_marked(rich: Infrastructure, read: Read) -> None:
    proof = [{"url": "https://archive.example.org/api", "label": "API"}]
    say(rich, "open_api", RawClaim(status="available", evidence=proof, checked_on="2020-01-02"))
    UpkeepEvent.objects.create(
        infrastructure=rich, field="open_api", claim_id=rich.profile["open_api"]["claim"], kind="uncertain"
    )
    url = proof[0]["url"]
    Link.objects.create(key=sha256(url.encode()).hexdigest(), url=url, outcome="broken")
    shown = read(RICH).field("open_api")
    assert "Past its age: checked 2 January 2020" in shown
    assert "to be checked every 365 days" in shown
    assert "Uncertain" in shown
    assert "API (link does not answer)" in shown
    say(rich, "open_api", RawClaim(status="available", evidence=[{"url": "https://archive.example.org/", "label": ""}]))
    renewed = read(RICH).field("open_api")
    assert "Uncertain" not in renewed
    assert "Past its age" not in renewed


def test_a_person_is_named_only_where_they_agreed_to_it(rich: Infrastructure, member: User, read: Read) -> None:
    say(rich, "open_api", RawClaim(status="available"), Author(AuthorKind.STEWARD, "its team", member))
    before = read(RICH)
    assert "Ada Example" not in before.markup
    member.shows_name = True
    member.save()
    after = read(RICH)
    assert "Ada Example (the infrastructure's team): its team" in after.field("open_api")
    assert before.response["ETag"] != after.response["ETag"]


def test_a_former_id_leads_to_the_profile_for_good_with_its_question(rich: Infrastructure, client: Client) -> None:
    change_slug(rich, "new-archive", by=CURATOR)
    response = client.get(RICH, {"as_of": "2026-01-02"})
    assert response.status_code == 301
    assert response["Location"] == "/infrastructures/new-archive/?as_of=2026-01-02"
    assert client.get(RICH + "history/")["Location"] == "/infrastructures/new-archive/history/"


def test_a_withdrawn_infrastructure_is_gone_with_its_reason_and_successor(rich: Infrastructure, read: Read) -> None:
    zenodo = Infrastructure.objects.get(infrastructure_id="zenodo")
    set_listing(rich, "withdrawn", by=CURATOR, reason="It was shut down in May.", successor=zenodo)
    page = read(RICH)
    assert page.status == 410
    assert "It was shut down in May." in page.text
    assert "/infrastructures/zenodo/" in page.links()
    assert read(RICH + "history/").status == 410


@pytest.mark.parametrize(
    ("listing", "says"), [("suggested", "is not listed yet"), ("declined", "has no infrastructure")]
)
def test_what_is_not_listed_is_there_for_its_stewards_and_curators_only(
    listing: str,
    says: str,
    rich: Infrastructure,
    read: Read,
    client: Client,
    curator: User,
    steward_of: Callable[[Infrastructure], User],
) -> None:
    set_listing(rich, listing, by=CURATOR, reason="Not open.")
    page = read(RICH)
    assert page.status == 404
    assert says in page.text
    assert "University of Examples" not in page.markup
    for person in (curator, steward_of(rich)):
        client.force_login(person)
        shown = read(RICH)
        assert shown.status == 200
        assert "Only its stewards and curators see this page." in shown.text


@pytest.mark.usefixtures("rich")
def test_a_reader_who_has_the_page_is_told_so_until_anything_changes(client: Client) -> None:
    first = client.get(RICH)
    assert "public" in first["Cache-Control"]
    again = client.get(RICH, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    other = Infrastructure.objects.get(infrastructure_id="zenodo")
    say(other, "integrations", RawClaim({"terms": ["Crossref"]}))
    assert client.get(RICH, headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.usefixtures("rich")
def test_what_a_signed_in_person_sees_is_for_them_alone(client: Client, member: User) -> None:
    tag = client.get(RICH)["ETag"]
    client.force_login(member)
    response = client.get(RICH, headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]
    assert "ETag" not in response
    assert "Cookie" in response["Vary"]


def test_a_steward_is_offered_to_propose_changes(
    rich: Infrastructure, read: Read, client: Client, steward_of: Callable[[Infrastructure], User]
) -> None:
    assert RICH + "steward/" in read(RICH).links()
    client.force_login(steward_of(rich))
    links = read(RICH).links()
    assert RICH + "propose/" in links
    assert RICH + "steward/" not in links


@pytest.mark.usefixtures("rich")
def test_programs_find_the_files_of_a_profile_by_its_link_header(client: Client) -> None:
    response = client.get(RICH)
    links = response["Link"]
    assert '<http://testserver/infrastructures/example-archive/>; rel="cite-as"' in links
    assert 'example-archive.jsonld>; rel="describedby"; type="application/ld+json"' in links
    assert 'example-archive.json>; rel="alternate"; type="application/json"' in links
    markup = response.content.decode()
    assert '<link rel="canonical" href="http://testserver/infrastructures/example-archive/">' in markup
    assert '<meta property="og:title" content="Example Archive">' in markup
    assert "example-archive.atom" in markup


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("as_of=tomorrow", "a day up to today"),
        ("as_of=2999-01-01", "a day up to today"),
        ("as_of=2026-02-30", "a day up to today"),
        ("colour=blue", "as_of"),
    ],
)
@pytest.mark.usefixtures("rich")
def test_an_address_that_asks_for_what_is_not_there_is_answered_with_what_is(query: str, says: str, read: Read) -> None:
    page = read(f"{RICH}?{query}")
    assert page.status == 400
    assert says in page.text
    assert RICH in page.links()


def test_an_unknown_infrastructure_is_not_found(read: Read) -> None:
    page = read("/infrastructures/nothing-like-it/")
    assert page.status == 404
    assert "nothing-like-it" in page.text


@pytest.mark.usefixtures("rich")
def test_a_profile_asks_the_database_at_most_two_dozen_times(
    client: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client.get(RICH)
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]  # a context manager
        assert client.get(RICH).status_code == 200


@pytest.mark.usefixtures("rich")
def test_pages_have_no_inline_style_or_handler(read: Read) -> None:
    for path in (RICH, RICH + "history/", RICH + "changes/", "/stewards/", "/about/inclusion/", "/about/coverage/"):
        markup = read(path).markup
        assert not re.search(r"\s(style|on[a-z]+)=", markup), path
        assert "<style" not in markup
