"""OAI-PMH 2.0: every verb, every error, selective harvesting, deleted records, and tokens that keep everything."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from lxml import etree
from tests.web.catalogue.exchange.conftest import CANARIES

from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import change_slug, create_infrastructure, set_listing
from infracommons.web.catalogue.exchange.oai import answers, tokens
from infracommons.web.catalogue.exchange.oai.dublin_core import DC, OAI_DC
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind

pytestmark = pytest.mark.django_db
BY = Author(AuthorKind.CURATOR, "a test")
NS = {"o": answers.OAI, "dc": DC, "oai_dc": OAI_DC}
LIST = "verb=ListRecords&metadataPrefix=oai_dc"
VERB_PARTS = {
    "Identify": (
        "repositoryName baseURL protocolVersion adminEmail earliestDatestamp deletedRecord granularity description"
    ).split(),
    "ListMetadataFormats": ["metadataFormat"],
    "ListSets": ["set"],
    "GetRecord": ["record"],
    "ListIdentifiers": ["header", "resumptionToken"],
    "ListRecords": ["record", "resumptionToken"],
}


def local(element: Any) -> str:
    return str(etree.QName(element).localname)


def ask(client: Client, query: str) -> Any:
    response = client.get(f"/oai?{query}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    return valid(etree.fromstring(response.content))


def valid(root: Any) -> Any:
    """Return the document after holding it to the order of elements that the protocol's schema prescribes."""
    assert root.tag == f"{{{answers.OAI}}}OAI-PMH"
    assert [local(one) for one in root[:2]] == ["responseDate", "request"]
    datetime.strptime(root[0].text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert root[1].text == "http://testserver/oai"
    assert len(root) == 3
    verb = local(root[2])
    if verb == "error":
        return root
    parts = [local(one) for one in root[2]]
    assert parts == sorted(parts, key=VERB_PARTS[verb].index)
    for record in root.iter(f"{{{answers.OAI}}}record"):
        is_deleted = record[0].get("status") == "deleted"
        assert [local(one) for one in record] == (["header"] if is_deleted else ["header", "metadata"])
        assert is_deleted or record[1][0].tag == f"{{{OAI_DC}}}dc"
    for header in root.iter(f"{{{answers.OAI}}}header"):
        assert [local(one) for one in header][:2] == ["identifier", "datestamp"]
        assert {local(one) for one in header[2:]} <= {"setSpec"}
    return root


def error(client: Client, query: str) -> str:
    root = ask(client, query)
    assert local(root[2]) == "error"
    assert root[2].text
    return str(root[2].get("code"))


def harvested(client: Client, query: str) -> tuple[list[str], list[int]]:
    """Return the identifiers of a whole list, page by page, and the sizes that its tokens told."""
    verb = query.partition("verb=")[2].partition("&")[0]
    found: list[str] = []
    sizes: list[int] = []
    while True:
        root = ask(client, query)
        found += [one.text or "" for one in root.iterfind(".//o:header/o:identifier", NS)]
        token = root.find(".//o:resumptionToken", NS)
        if token is None:
            return found, sizes
        sizes.append(int(token.get("completeListSize")))
        assert int(token.get("cursor")) <= len(found)
        if not token.text:
            return found, sizes
        assert token.get("expirationDate") > root[0].text
        query = f"verb={verb}&resumptionToken={token.text}"


def test_it_says_what_it_is(client: Client, rich: Infrastructure) -> None:
    told = {local(one): one.text for one in ask(client, "verb=Identify")[2]}
    assert (told["protocolVersion"], told["deletedRecord"]) == ("2.0", "persistent")
    assert told["baseURL"] == "http://testserver/oai"
    assert "@" in (told["adminEmail"] or "")
    assert told["earliestDatestamp"] <= f"{rich.created_at:%Y-%m-%dT%H:%M:%SZ}"
    assert told["granularity"] == "YYYY-MM-DDThh:mm:ssZ"


def test_formats_and_sets_are_listed(client: Client, rich: Infrastructure) -> None:
    formats = ask(client, "verb=ListMetadataFormats&identifier=oai:testserver:example-archive")
    assert formats.findtext(".//o:metadataPrefix", namespaces=NS) == "oai_dc"
    sets = [one.text for one in ask(client, "verb=ListSets").iterfind(".//o:setSpec", NS)]
    assert "repository_service" in sets
    assert len(set(sets)) == len(sets)
    assert rich.pk


def test_a_record_is_dublin_core_without_anything_private(client: Client, rich: Infrastructure) -> None:
    root = ask(client, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:example-archive")
    told = {local(one): one.text for one in root.iterfind(".//oai_dc:dc/*", NS)}
    assert told["title"] == rich.name
    assert told["publisher"] == "Example Foundation"
    assert told["description"] == "Keeps examples of everything."
    assert told["rights"] == "https://spdx.org/licenses/Apache-2.0"
    assert root.findtext(".//o:setSpec", namespaces=NS) == "repository_service"
    assert not any(canary in etree.tostring(root).decode() for canary in CANARIES)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Nothing", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&colour=blue", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=GetRecord&identifier=oai:testserver:example-archive", "badArgument"),
        (f"{LIST}&from=2020-01-01&from=2021-01-01", "badArgument"),
        (f"{LIST}&from=yesterday", "badArgument"),
        (f"{LIST}&from=2020-02-30", "badArgument"),
        (f"{LIST}&from=2020-01-01&until=2020-01-02T00:00:00Z", "badArgument"),
        (f"{LIST}&from=2021-01-01&until=2020-01-01", "badArgument"),
        (f"{LIST}&set=no set", "badArgument"),
        (f"{LIST}&resumptionToken=x", "badArgument"),
        ("verb=ListRecords&resumptionToken=made-up", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=GetRecord&metadataPrefix=marc&identifier=oai:testserver:example-archive", "cannotDisseminateFormat"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:no-such", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:elsewhere:example-archive", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=nonsense", "idDoesNotExist"),
        (f"{LIST}&until=2001-01-01", "noRecordsMatch"),
        (f"{LIST}&set=web_archiving", "noRecordsMatch"),
        (f"{LIST}&from=9999-12-31&until=9999-12-31", "noRecordsMatch"),
    ],
)
def test_each_error_has_its_code(client: Client, rich: Infrastructure, query: str, code: str) -> None:
    assert error(client, query) == code
    assert rich.pk


def test_an_error_in_the_arguments_does_not_repeat_them(client: Client) -> None:
    assert not ask(client, "verb=Identify&colour=blue")[1].attrib
    assert not ask(client, "verb=%00%3Cscript%3E")[1].attrib


def test_harvesting_page_by_page_gives_each_record_once(
    client: Client, rich: Infrastructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, sizes = harvested(client, LIST)
    assert (len(set(whole)), sizes) == (13, [])
    monkeypatch.setattr(answers, "PAGE", 4)
    for verb in ("ListRecords", "ListIdentifiers"):
        paged, sizes = harvested(client, f"verb={verb}&metadataPrefix=oai_dc")
        assert paged == whole
        assert sizes == [13, 13, 13, 13]
    assert rich.pk


def test_a_token_keeps_set_and_time_and_can_be_used_twice(
    client: Client, rich: Infrastructure, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = f"{rich.changed_at:%Y-%m-%d}"
    query = f"{LIST}&set=repository_service&from={day}&until={day}"
    whole, _ = harvested(client, query)
    assert 3 < len(whole) < 13
    monkeypatch.setattr(answers, "PAGE", 2)
    first = ask(client, query).findtext(".//o:resumptionToken", namespaces=NS)
    again = [ask(client, f"verb=ListRecords&resumptionToken={first}") for _ in range(2)]
    pages = [[one.text for one in root.iterfind(".//o:identifier", NS)] for root in again]
    assert pages[0] == pages[1] == whole[2:4]
    assert error(client, f"verb=ListIdentifiers&resumptionToken={first}") == "badResumptionToken"
    assert error(client, f"verb=ListRecords&resumptionToken={first[:-2]}xx") == "badResumptionToken"


def test_an_old_token_is_refused(client: Client, rich: Infrastructure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "PAGE", 4)
    token = ask(client, LIST).findtext(".//o:resumptionToken", namespaces=NS)
    monkeypatch.setattr(tokens, "HOURS", -1)
    assert error(client, f"verb=ListRecords&resumptionToken={token}") == "badResumptionToken"
    assert rich.pk


def test_only_what_changed_since_comes_and_both_ends_are_included(client: Client, rich: Infrastructure) -> None:
    moment = rich.changed_at.replace(microsecond=0) + timedelta(days=3)
    Infrastructure.objects.filter(pk=rich.pk).update(changed_at=moment + timedelta(microseconds=5))
    at = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    assert harvested(client, f"{LIST}&from={at}&until={at}")[0] == ["oai:testserver:example-archive"]
    day = f"{moment:%Y-%m-%d}"
    assert harvested(client, f"{LIST}&from={day}&until={day}")[0] == ["oai:testserver:example-archive"]
    before = f"{moment - timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"
    assert "oai:testserver:example-archive" not in harvested(client, f"{LIST}&until={before}")[0]


def test_what_is_withdrawn_stays_as_a_deleted_record(client: Client, rich: Infrastructure) -> None:
    set_listing(rich, "withdrawn", by=BY, reason="It was merged.")
    root = ask(client, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:example-archive")
    assert root.find(".//o:header", NS).get("status") == "deleted"
    assert "oai:testserver:example-archive" in harvested(client, LIST)[0]


def test_an_id_that_was_given_up_is_deleted_and_the_new_one_is_there(client: Client, rich: Infrastructure) -> None:
    change_slug(rich, "archive-of-examples", by=BY)
    found = harvested(client, LIST)[0]
    assert found.index("oai:testserver:example-archive") + 1 == found.index("oai:testserver:archive-of-examples")
    root = ask(client, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:example-archive")
    assert root.find(".//o:header", NS).get("status") == "deleted"


def test_what_is_only_suggested_is_no_record(client: Client, rich: Infrastructure) -> None:
    create_infrastructure([ClaimInput("name", "Suggested Thing")], by=BY, listing="suggested")
    assert (
        error(client, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:suggested-thing")
        == "idDoesNotExist"
    )
    assert rich.pk


def test_text_that_xml_cannot_hold_is_left_out(client: Client, rich: Infrastructure) -> None:
    append_claims(rich, [ClaimInput("name", "A\ufffe & <B>")], by=BY)
    root = ask(client, "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:example-archive")
    assert root.findtext(".//dc:title", namespaces=NS) == "A & <B>"


def test_a_request_may_be_posted_from_anywhere(rich: Infrastructure) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/oai", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"})
    assert len(valid(etree.fromstring(response.content))[2]) == 13
    assert strict.put("/oai").status_code == 405
    assert rich.pk


@pytest.mark.parametrize("slug", ["%00", "a%00b", "%ED%A0%80", "", "a b", "x" * 5000])
def test_an_identifier_that_nothing_can_have_names_no_record(client: Client, rich: Infrastructure, slug: str) -> None:
    query = f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:{slug}"
    assert error(client, query) == "idDoesNotExist"
    assert rich.pk
