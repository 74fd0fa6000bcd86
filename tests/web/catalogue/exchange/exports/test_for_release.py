"""The way back: the next release reads what the catalogue says of the listed infrastructures."""

from pathlib import Path

import pytest

from infracommons.pipeline.raw import Document
from infracommons.pipeline.source import Fact
from infracommons.pipeline.sources import characteristics
from infracommons.pipeline.sources.catalogue import SOURCE
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import create_infrastructure, set_listing
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.exports import export_for_release
from infracommons.web.catalogue.exchange.facts import exported_fields
from infracommons.web.catalogue.fields.claim_input import ClaimInput, RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
BY = Author(AuthorKind.CURATOR, "a test")


def read(path: Path) -> dict[str, dict[str, object]]:
    document = Document(path.name, path, lambda: path.open("rb"))
    assert SOURCE.recognise(document)
    facts = [SOURCE.normalise(native) for _, native in SOURCE.parse(document)]
    return {str(fact.values["infrastructure_id"]): fact.values for fact in facts if isinstance(fact, Fact)}


def test_a_release_reads_every_listed_infrastructure(rich: Infrastructure, tmp_path: Path) -> None:
    done = export_for_release(tmp_path)
    entries = read(done.infrastructures)

    assert done.infrastructure_count == len(entries) == Infrastructure.objects.filter(listing="listed").count() == 13
    told = entries[rich.infrastructure_id]
    assert (told["name"], told["homepage"]) == ("Example Archive", "https://archive.example.org/")
    assert (told["summary"], told["steward_name"]) == ("Keeps examples of everything.", "Example Foundation")
    assert (told["country_code"], told["launched_year"]) == ("FR", 2011)
    assert told["category_codes"] == ["repository_service"]
    assert (told["code_repository"], told["licence"]) == ("https://git.example.org/archive", "Apache-2.0")


def test_only_what_is_listed_goes_into_a_release(rich: Infrastructure, tmp_path: Path) -> None:
    set_listing(rich, "withdrawn", by=BY, reason="It was merged.")
    create_infrastructure([ClaimInput("name", "Suggested Thing")], by=BY, listing="suggested")
    done = export_for_release(tmp_path)
    assert {"example-archive", "suggested-thing"} & read(done.infrastructures).keys() == set()
    assert not {row["infrastructure_id"] for row in told(done.characteristics)} & {"example-archive", "suggested-thing"}


def test_an_earlier_file_is_never_overwritten(rich: Infrastructure, tmp_path: Path) -> None:
    first = export_for_release(tmp_path).infrastructures
    content = first.read_bytes()
    second = export_for_release(tmp_path).infrastructures
    assert first != second
    assert first.read_bytes() == content
    assert rich.pk


def test_a_release_reads_what_can_be_counted_and_nothing_private(rich: Infrastructure, tmp_path: Path) -> None:
    done = export_for_release(tmp_path)
    rows = told(done.characteristics)
    assert len(rows) == done.characteristic_count
    own = [row for row in rows if row["infrastructure_id"] == rich.infrastructure_id]
    said = {(row["field"], row["value"]): row for row in own}
    assert said["country", "FR"]["label"] == "France"
    assert said["launched", "2011"]["said_by"] in {"curator", "steward"}
    assert said["code_repository", "available"]["link"] == "https://git.example.org/archive"
    public = {definition.code for definition in exported_fields()}
    assert {str(row["field"]) for row in rows} <= public


def test_an_integration_goes_out_with_the_evidence_that_names_it(rich: Infrastructure, tmp_path: Path) -> None:
    links = [
        {"url": "https://archive.example.org/first", "label": "crossref"},
        {"url": "https://archive.example.org/deposits", "label": "zenodo"},
    ]
    claim = RawClaim({"terms": ["Crossref", "Zenodo", "arXiv"]}, evidence=links)
    append_claims(rich, [checked_claim(field("integrations"), claim, term_book())], by=BY)
    own = [
        row
        for row in told(export_for_release(tmp_path).characteristics)
        if (row["infrastructure_id"], row["field"]) == (rich.infrastructure_id, "integrations")
    ]
    assert {row["other_infrastructure_id"]: row["link"] for row in own} == {
        "crossref": "https://archive.example.org/first",
        "zenodo": "https://archive.example.org/deposits",
        "arxiv": None,  # a link that is labelled with another one says nothing of it
    }


def test_a_text_of_integrations_names_those_that_are_listed(rich: Infrastructure, tmp_path: Path) -> None:
    text = (
        "Crossref (metadata), The arXiv and Zenodo\nScholarly Thing; Example Archive. Crossref-like tools, Plain words"
    )
    create_infrastructure(
        [ClaimInput("name", "Scholarly Thing (ST)"), ClaimInput("aliases", ["Ambiguous"])], by=BY, listing="listed"
    )
    link = [{"url": "https://archive.example.org/works-with", "label": "List"}]
    claim = RawClaim({"terms": ["DataCite"], "other": text}, evidence=link)
    append_claims(rich, [checked_claim(field("integrations"), claim, term_book())], by=BY)
    own = [
        row
        for row in told(export_for_release(tmp_path).characteristics)
        if (row["infrastructure_id"], row["field"]) == (rich.infrastructure_id, "integrations")
    ]
    assert [row["other_infrastructure_id"] for row in own] == [
        "datacite", "crossref", "arxiv", "zenodo", "scholarly-thing-st",
    ]  # fmt: skip
    assert {row["link"] for row in own} == {"https://archive.example.org/works-with"}
    assert own[-1]["label"] == "Scholarly Thing (ST)"
    assert own[1]["value"] == "crossref"


def test_a_text_on_needs_goes_out_as_the_themes_that_its_words_state(rich: Infrastructure, tmp_path: Path) -> None:
    def needs(text: str) -> dict[str, str]:
        append_claims(rich, [checked_claim(field("funding_needs"), RawClaim(text), term_book())], by=BY)
        rows = told(export_for_release(tmp_path).characteristics)
        mine = [row for row in rows if row["infrastructure_id"] == rich.infrastructure_id]
        return {str(row["value"]): str(row["label"]) for row in mine if row["field"] == "funding_needs"}

    assert needs("<p>We want to <b>hire</b> two people and to buy servers.</p>") == {
        "staff": "Staff",
        "hosting_and_capacity": "Hosting and capacity",
    }
    assert needs("<p>Whatever you can give.</p>") == {"no_term_stated": "text that states none of the terms"}


def test_themes_that_people_choose_go_out_as_their_choice(rich: Infrastructure, tmp_path: Path) -> None:
    claim = RawClaim({"terms": ["Staff", "Research and development"]})
    append_claims(rich, [checked_claim(field("need_themes"), claim, term_book())], by=BY)
    rows = told(export_for_release(tmp_path).characteristics)
    assert {row["value"] for row in rows if row["field"] == "need_themes"} == {"staff", "research_and_development"}


def told(path: Path) -> list[dict[str, object]]:
    document = Document(path.name, path, lambda: path.open("rb"))
    assert characteristics.SOURCE.recognise(document)
    assert not SOURCE.recognise(document)
    facts = [characteristics.SOURCE.normalise(native) for _, native in characteristics.SOURCE.parse(document)]
    return [fact.values for fact in facts if isinstance(fact, Fact)]
