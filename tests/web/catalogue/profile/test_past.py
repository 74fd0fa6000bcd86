"""A profile of any past day, its whole history, and what lies between two days."""

from collections.abc import Callable

import pytest
from tests.web.catalogue.profile.conftest import Read

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Claim, Infrastructure, Term, TermEvent
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.profile.visible import shown_claims

pytestmark = pytest.mark.django_db
Clock = Callable[..., None]
PATH = "/infrastructures/zenodo/"
PROOF = [{"url": "https://zenodo.org/api", "label": "API"}]


@pytest.fixture
def zenodo(small_catalogue: None, at: Clock) -> Infrastructure:  # noqa: ARG001 - asks for the catalogue
    """Zenodo, whose open API was considered in May and is available since June."""
    found = Infrastructure.objects.get(infrastructure_id="zenodo")
    Claim._base_manager.update(at="2026-03-01T12:00:00Z")  # as if the catalogue had been filled in March
    at(2026, 5, 2)
    say(found, "open_api", RawClaim(status="considering", note="asked at a meeting"))
    at(2026, 6, 3)
    say(found, "open_api", RawClaim(status="available", evidence=PROOF, checked_on="2026-06-03"))
    at(2026, 7, 1)
    return found


def say(infrastructure: Infrastructure, code: str, raw: RawClaim, kind: str = "curator", name: str = "a test") -> None:
    by = Author(AuthorKind(kind), name)
    append_claims(infrastructure, [checked_claim(field(code), raw, term_book())], by=by)


@pytest.mark.usefixtures("zenodo")
@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-06-03", "available"), ("2026-06-02", "considering"), ("2026-05-02", "considering"), ("2026-05-01", "Unk")],
)
def test_the_profile_of_a_day_says_what_was_claimed_by_its_end(day: str, said: str, read: Read) -> None:
    page = read(f"{PATH}?as_of={day}")
    assert page.status == 200
    if said == "Unk":
        assert page.field("open_api") == "Open API"
        assert "nobody has claimed it yet" in page.text
    else:
        assert page.field("open_api").startswith(f"Open API {said}")
    assert "This is the profile as it was at the end of" in page.text
    assert PATH in page.links()


@pytest.mark.usefixtures("zenodo")
def test_a_day_before_the_first_claim_says_that_nothing_was_claimed(read: Read) -> None:
    page = read(f"{PATH}?as_of=2026-02-28")
    assert page.status == 200
    assert "Nothing had been claimed of Zenodo on that day." in page.text
    assert f"{PATH}?as_of=2026-03-01" in page.links()


@pytest.mark.usefixtures("zenodo")
def test_a_past_profile_reads_in_the_words_that_terms_have_today(read: Read) -> None:
    term = Term.objects.get(vocabulary="categories", code="repository_service")
    Term.objects.filter(pk=term.pk).update(label="Repository, renamed")
    TermEvent.objects.create(term=term, kind="renamed")
    page = read(f"{PATH}?as_of=2026-04-01")
    assert "Repository, renamed" in page.field("categories")
    assert "in the words that terms have today" in page.text


@pytest.mark.usefixtures("zenodo")
def test_the_history_tells_what_each_claim_replaced_newest_first(read: Read) -> None:
    page = read(f"{PATH}history/?field=open_api")
    rows = page.tree.xpath("//ol[@class='past-claims']/li")
    texts = [" ".join(row.text_content().split()) for row in rows]
    assert len(texts) == 2
    assert texts[0].startswith("Open API 3 June 2026")
    assert "Said before considering Says available Evidence: API. Claimed by a curator: a test." in texts[0]
    assert "Says first considering Note: asked at a meeting No evidence given." in texts[1]
    assert f"{PATH}?as_of=2026-06-03" in page.links()


def test_the_history_holds_every_claim_that_readers_may_see(zenodo: Infrastructure, read: Read) -> None:
    page = read(f"{PATH}history/")
    assert f"{zenodo.claims.count()} claims, newest first" in page.text


@pytest.mark.usefixtures("zenodo")
@pytest.mark.parametrize("code", ["contact_email", "annual_revenue", "no_such_field"])
def test_the_history_of_a_field_that_readers_do_not_see_is_refused(code: str, read: Read) -> None:
    page = read(f"{PATH}history/?field={code}")
    assert page.status == 400
    assert code in page.text
    assert f"{PATH}history/" in page.links()


@pytest.mark.usefixtures("zenodo")
def test_a_page_of_the_history_that_is_not_there_says_where_it_ends(read: Read) -> None:
    for number in ("2", "1000000"):
        page = read(f"{PATH}history/?page={number}")
        assert page.status == 404
        assert "this list ends on page 1" in page.text
    assert read(f"{PATH}history/?page=1000000000").status == 400


def test_what_a_program_read_stands_beside_what_a_person_claimed(zenodo: Infrastructure, read: Read) -> None:
    say(zenodo, "open_api", RawClaim(status="in_progress"), "harvester", "an interface")
    assert read(PATH).field("open_api").startswith("Open API available")
    assert "A program's reading, kept beside what a person claimed" in read(f"{PATH}history/?field=open_api").text


def test_figures_given_in_confidence_stay_so_after_consent(zenodo: Infrastructure) -> None:
    def revenue(amount: str) -> RawClaim:
        return RawClaim({"amount": amount, "currency": "EUR"})

    def agree(term: str) -> None:
        say(zenodo, "financial_visibility", RawClaim({"terms": [term]}))

    def shown(*, consent: bool) -> list[int]:
        claims = shown_claims(zenodo.claims.order_by("id"), consent=consent)
        return [claim.value["minor"] for claim in claims if claim.field == "annual_revenue" and claim.value]

    say(zenodo, "annual_revenue", revenue("1"))
    say(zenodo, "annual_revenue", revenue("2"))
    assert shown(consent=True) == []
    agree("approved")
    say(zenodo, "annual_revenue", revenue("3"))
    assert shown(consent=True) == [200, 300]
    agree("unapproved")
    say(zenodo, "annual_revenue", revenue("4"))
    say(zenodo, "annual_revenue", revenue("5"))
    assert shown(consent=False) == []
    agree("approved")
    assert shown(consent=True) == [200, 300, 500]


def test_a_past_day_shows_figures_only_where_consent_holds_then_and_today(
    zenodo: Infrastructure, read: Read, at: Clock
) -> None:
    say(zenodo, "annual_revenue", RawClaim({"amount": "7", "currency": "EUR"}))
    at(2026, 7, 5)
    say(zenodo, "financial_visibility", RawClaim({"terms": ["approved"]}))
    assert "EUR 7.00" not in read(f"{PATH}?as_of=2026-07-04").markup
    assert "EUR 7.00" in read(f"{PATH}?as_of=2026-07-05").markup
    at(2026, 7, 6)
    say(zenodo, "financial_visibility", RawClaim({"terms": ["unapproved"]}))
    assert "EUR 7.00" not in read(f"{PATH}?as_of=2026-07-05").markup
    assert "EUR 7.00" not in read(f"{PATH}changes/?from=2026-07-01").markup


@pytest.mark.usefixtures("zenodo")
def test_the_difference_between_two_days_is_a_table_of_what_changed(read: Read) -> None:
    page = read(f"{PATH}changes/?from=2026-05-02&to=2026-06-03")
    assert "1 field says something else on 3 June 2026 than on 2 May 2026." in page.text
    rows = page.tree.xpath("//table/tbody/tr")
    assert [" ".join(row.text_content().split()) for row in rows] == ["Open API considering available"]
    same = read(f"{PATH}changes/?from=2026-06-03&to=2026-06-30")
    assert "Nothing: the profile says the same" in same.text


def test_a_change_of_evidence_alone_is_told_apart(zenodo: Infrastructure, read: Read, at: Clock) -> None:
    at(2026, 7, 2)
    other = [{"url": "https://developers.zenodo.org/", "label": ""}]
    say(zenodo, "open_api", RawClaim(status="available", evidence=other, checked_on="2026-06-03"))
    page = read(f"{PATH}changes/?from=2026-07-01")
    assert "The same words; evidence, note or links differ." in page.text


@pytest.mark.usefixtures("zenodo")
@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("from=2026-06-03&to=2026-05-02", "a day no later than 2026-05-02"),
        ("from=soon", "from"),
        ("to=2999-01-01", "to"),
        ("from=2026-01-01&from=2026-01-02", "one value"),
        ("until=2026-01-01", "until"),
    ],
)
def test_days_that_make_no_span_are_named(query: str, says: str, read: Read) -> None:
    page = read(f"{PATH}changes/?{query}")
    assert page.status == 400
    assert says in page.text
    assert "first" not in page.text


def test_the_history_names_people_who_agreed_to_it_and_no_others(
    zenodo: Infrastructure, member: User, read: Read
) -> None:
    checked = checked_claim(field("open_data"), RawClaim(status="considering"), term_book())
    append_claims(zenodo, [checked], by=Author(AuthorKind.STEWARD, "its team", member))
    assert "Ada Example" not in read(f"{PATH}history/").markup
    User.objects.update(shows_name=True)
    assert "Ada Example (the infrastructure's team): its team" in read(f"{PATH}history/").text
