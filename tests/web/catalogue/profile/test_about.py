"""Stewards, what is listed and why, how much is known, and what waits to be listed."""

import pytest
from django.utils import timezone
from tests.web.catalogue.profile.conftest import Read

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import set_listing
from infracommons.web.catalogue.claims.flag_rules import RULES
from infracommons.web.catalogue.claims.flags import flags_of
from infracommons.web.catalogue.claims.profile import age_in_days
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure, Organisation, Proposal
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.profile.coverage import count
from infracommons.web.catalogue.profile.tally import tallies

pytestmark = pytest.mark.django_db
CURATOR = Author(AuthorKind.CURATOR, "a test")


@pytest.mark.usefixtures("small_catalogue")
def test_stewards_are_listed_with_how_much_they_run(read: Read) -> None:
    page = read("/stewards/")
    assert page.status == 200
    running = Organisation.objects.filter(infrastructures__isnull=False).distinct().count()
    assert f"{running} organisations run 12 listed infrastructures." in page.text
    assert "/stewards/cern/" in page.links()


@pytest.mark.usefixtures("small_catalogue")
def test_stewards_are_found_by_any_words_of_their_name_accents_or_not(read: Read) -> None:
    Organisation.objects.filter(organisation_id="cern").update(name="Conseil Européen")
    assert "/stewards/cern/" in read("/stewards/?q=europeen+CONSEIL").links()
    nobody = read("/stewards/?q=nobody+at+all")
    assert nobody.status == 200
    assert "No steward has “nobody at all” in its name." in nobody.text
    assert read("/stewards/?q=%3Cscript%3E").markup.count("<script>") == 0


@pytest.mark.usefixtures("small_catalogue")
@pytest.mark.parametrize(
    ("query", "status"), [("page=2", 404), ("page=0", 400), ("page=1000000000", 400), ("x=1", 400)]
)
def test_a_page_of_stewards_that_is_not_there_says_so(query: str, status: int, read: Read) -> None:
    assert read(f"/stewards/?{query}").status == status


@pytest.mark.usefixtures("small_catalogue")
def test_a_steward_has_a_page_with_what_it_runs(read: Read) -> None:
    page = read("/stewards/cern/")
    assert "It runs 2 listed infrastructures" in page.text
    assert {"/infrastructures/zenodo/", "/infrastructures/inveniordm/", "https://ror.org/01ggx4157"} <= set(
        page.links()
    )
    assert any("ids=inveniordm,zenodo" in link for link in page.links())
    assert read("/stewards/nobody/").status == 404


@pytest.mark.usefixtures("small_catalogue")
def test_what_is_withdrawn_is_on_no_list_of_a_steward(read: Read) -> None:
    set_listing(Infrastructure.objects.get(infrastructure_id="zenodo"), "withdrawn", by=CURATOR, reason="gone")
    assert "/infrastructures/zenodo/" not in read("/stewards/cern/").links()


@pytest.mark.usefixtures("rich")
def test_the_inclusion_policy_counts_each_rule_as_the_flags_say(read: Read) -> None:
    page = read("/about/inclusion/")
    assert "Listed is not endorsed." in page.text
    assert "13 infrastructures are listed" in page.text
    book = term_book()
    flags = [flag for row in Infrastructure.objects.all() for flag in flags_of(row.profile, book)]
    for rule in RULES:
        row = page.tree.xpath(f"//tr[th/text()='{rule.label}']")[0]
        cells = [cell.text_content().split()[0] for cell in row.xpath("td[@class='num']")]
        for verdict, cell in zip(("yes", "no", "unknown"), cells, strict=True):
            assert int(cell) == sum(flag.code == rule.code and flag.verdict == verdict for flag in flags)


def test_coverage_agrees_with_a_plain_count_over_the_profiles(rich: Infrastructure) -> None:
    proof = [{"url": "https://archive.example.org/", "label": ""}]
    claims = {
        "open_api": RawClaim(status="available", evidence=proof, checked_on="2020-01-01"),
        "staff_paid": RawClaim({"terms": ["unknown"]}),
        "hosting": RawClaim(status="unknown"),
    }
    book, today = term_book(), timezone.now().date()
    append_claims(rich, [checked_claim(field(code), raw, book) for code, raw in claims.items()], by=CURATOR)
    every = list(Infrastructure.objects.all())
    found = {one.definition.code: one for one in count(tallies(), today, book).fields}
    assert found["staff_paid"].known == found["hosting"].known == 0
    assert (found["open_api"].known, found["open_api"].stale, found["open_api"].checked) == (1, 1, 0)
    assert "annual_revenue" not in found
    for code, counts in found.items():
        entries = [row.profile[code] for row in every if code in row.profile and code not in {"staff_paid", "hosting"}]
        known = [entry for entry in entries if entry["value"] is not None or entry["status"] != "unknown"]
        assert (counts.known, counts.infrastructures) == (len(known), len(every)), code
        assert counts.with_evidence == sum(bool(entry["evidence"]) for entry in known), code
        limit = field(code).max_age_days
        assert counts.stale == sum(limit is not None and age_in_days(entry, today) > limit for entry in known), code


def test_coverage_follows_each_change(rich: Infrastructure, read: Read) -> None:
    def known(code: str) -> int:
        return next(
            one.known
            for one in count(tallies(), timezone.now().date(), term_book()).fields
            if code == one.definition.code
        )

    before = known("mission")
    assert "about 13 infrastructures" in read("/about/coverage/").text
    append_claims(rich, [checked_claim(field("mission"), RawClaim(status="unknown"), term_book())], by=CURATOR)
    assert known("mission") == before - 1
    set_listing(rich, "withdrawn", by=CURATOR, reason="gone")
    assert known("mission") == before - 1
    assert "about 12 infrastructures" in read("/about/coverage/").text


@pytest.mark.usefixtures("small_catalogue")
def test_coverage_says_where_and_what_is_listed_and_leads_there(read: Read) -> None:
    page = read("/about/coverage/")
    assert page.status == 200
    assert "/infrastructures/?country=CH" in page.links()
    assert "/infrastructures/?categories=preprint_service" in page.links()
    assert "/infrastructures/?open_api=unknown" in page.links()
    table = page.tree.xpath("//table[caption[@id='by-country']]/tbody/tr")
    assert sum(int(row.xpath("td")[0].text) for row in table) == 12


@pytest.mark.django_db
def test_an_empty_catalogue_has_pages_too(read: Read) -> None:
    for path in ("/stewards/", "/about/inclusion/", "/about/coverage/", "/suggested/"):
        assert read(path).status == 200, path


def test_suggestions_are_listed_once_their_sender_is_confirmed(rich: Infrastructure, read: Read) -> None:
    Proposal.objects.create(kind="suggestion", state="submitted", name="Confirmed Tool", submitted_at=timezone.now())
    Proposal.objects.create(kind="suggestion", state="unconfirmed", name="Robot Tool")
    Proposal.objects.create(kind="suggestion", state="draft", name="Draft Tool")
    Proposal.objects.create(kind="correction", state="submitted", name="A correction", infrastructure=rich)
    set_listing(rich, "suggested", by=CURATOR)
    set_listing(
        Infrastructure.objects.get(infrastructure_id="dryad"), "declined", by=CURATOR, reason="Serves one project."
    )
    page = read("/suggested/")
    assert "2 suggestions wait for a decision; 1 was declined" in page.text
    assert "Confirmed Tool" in page.text
    assert "waiting for a curator" in page.text
    assert "Example Archive" in page.text
    assert "Serves one project." in page.text
    for hidden in ("Robot Tool", "Draft Tool", "A correction"):
        assert hidden not in page.text
