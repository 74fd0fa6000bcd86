"""The pages of the policies: every filter of the address holds, nothing is dropped, bad input is named."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from django.test import Client

from infracommons.web.catalogue.claims.seed import seed_terms
from infracommons.web.shared.policies import policies_in_use

pytestmark = pytest.mark.django_db
HELD = "/policies/?in_force_on=2026-11-21"


def page(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, address
    return lxml.html.fromstring(response.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def listed(document: Any) -> list[str]:
    return [a.get("href").strip("/").split("/")[1] for a in document.xpath("//main//table/tbody/tr/th/a")]


def test_every_policy_is_listed_and_its_page_opens(client: Client) -> None:
    codes = listed(page(client, "/policies/"))
    assert sorted(codes) == sorted(policies_in_use().instruments)
    for code in codes:
        document = page(client, f"/policies/{code}/")
        assert words(document.find(".//h1")) == policies_in_use().instruments[code].title


def test_every_link_of_the_pages_leads_somewhere(client: Client) -> None:
    seen: set[str] = set()
    for address in ("/policies/", "/policies/requirements/", "/policies/changes/", "/policies/plan-s-2018/"):
        document = page(client, address)
        for a in document.xpath("//main//a | //nav[@aria-label='Policies']//a"):
            href = a.get("href")
            if href.startswith("#"):
                assert document.get_element_by_id(href[1:]) is not None
            elif href.startswith("/policies/"):
                seen.add(href)
    assert len(seen) > 60
    for href in seen:
        assert client.get(href).status_code == 200, href


def test_the_drawing_stands_beside_its_table_and_says_what_it_shows(client: Client) -> None:
    document = page(client, "/policies/")
    drawing = document.xpath("//div[@class='timeline']")[0]
    assert drawing.get("role") == "img"
    assert len(drawing.xpath(".//*[local-name()='svg']")) == 2
    assert not document.xpath("//main//*[@style]")


def test_filters_narrow_what_is_listed_and_stand_as_chips(client: Client) -> None:
    document = page(client, "/policies/?region=europe&region=asia&requirement=open_licence")
    instruments = policies_in_use().instruments
    found = [instruments[code] for code in listed(document)]
    assert found
    for one in found:
        assert one.region in {"europe", "asia"}
        assert any("open_licence" in clause.requirements for clause in one.clauses)
    chips = document.xpath("//div[@class='chips']//a")
    assert [words(chip.find("span")) for chip in chips[:-1]] == [
        "Region: Europe",
        "Region: Asia",
        "Requirement: Open licence",
    ]
    assert words(chips[-1]) == "Remove all"
    assert parse_qs(urlsplit(chips[0].get("href")).query) == {"region": ["asia"], "requirement": ["open_licence"]}


def test_what_may_hold_on_a_day_is_told_and_not_dropped(client: Client) -> None:
    document = page(client, HELD)
    certain = set(listed(document))
    may = {a.get("href").strip("/").split("/")[1] for a in document.xpath("//main//details[not(@class)]//a")}
    assert "argentina-ley-26899" in may
    assert "nih-public-access-2024" in certain
    assert "nih-public-access-2008" not in certain | may
    assert not certain & may


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("kind=oath", "kind", "oath"),
        ("region=EUROPE", "region", "EUROPE"),
        ("category=no_such", "category", "no_such"),
        ("in_force_on=2026-13-01", "in_force_on", "2026-13-01"),
        ("in_force_on=yesterday", "in_force_on", "yesterday"),
        ("in_force_on=2020-01-01&in_force_on=2021-01-01", "in_force_on", "2021-01-01"),
        ("q=x", "q", "x"),
        ("region=%00", "region", ""),
    ],
)
@pytest.mark.parametrize("path", ["", "requirements/", "changes/", "policies.csv", "clauses.xlsx", "changes.atom"])
def test_what_cannot_be_read_is_named_and_the_rest_is_kept(
    client: Client, path: str, query: str, field: str, value: str
) -> None:
    asked = query if "region" in query else f"region=asia&{query}"
    response = client.get(f"/policies/{path}?{asked}")
    assert response.status_code == 400
    document: Any = lxml.html.fromstring(response.content.decode())
    row = document.xpath("//tbody/tr")[0]
    assert words(row.find("th")) == field
    assert value in words(row)
    if "region" not in query:
        assert "region=asia" in document.xpath("//a[@class='button']")[0].get("href")


def test_an_unfilled_form_leads_to_the_tidy_address(client: Client) -> None:
    response = client.get("/policies/?region=asia&requirement=&category=&in_force_on=")
    assert response.status_code == 302
    assert response["Location"] == "/policies/?region=asia"


@pytest.mark.parametrize("path", ["/policies/nope/", "/policies/nope.json", "/policies/requirements/nope/"])
def test_what_is_not_there_is_said_to_be_missing(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "“nope”" in response.content.decode()


def test_no_match_offers_what_does(client: Client) -> None:
    document = page(client, "/policies/?region=africa&kind=law")
    offered = [a.get("href") for a in document.xpath("//div[@class='notice']//a")]
    assert offered == ["/policies/?kind=law", "/policies/?region=africa", "/policies/"]


def test_the_matrix_has_a_word_in_every_cell_and_agrees_with_the_pages(client: Client) -> None:
    document = page(client, "/policies/requirements/")
    heads = [a.get("href").strip("/").split("/")[-1] for a in document.xpath("//thead//a")]
    assert heads == list(policies_in_use().requirements)
    table = {
        row.xpath("th/a")[0].get("href").strip("/").split("/")[1]: [words(cell) for cell in row.xpath("td")]
        for row in document.xpath("//tbody/tr")
    }
    assert {word for row in table.values() for word in row} == {"must", "should", "may", "not said"}
    code = "open_licence"
    place = heads.index(code)
    one = page(client, f"/policies/requirements/{code}/")
    said = {a.get("href").strip("/").split("/")[1] for a in one.xpath("//table//th/a")}
    assert said == {policy for policy, row in table.items() if row[place] != "not said"}
    assert words(one.find(".//h1")).endswith(f"{len(said)} of {len(table)} policies speak of it")


def test_a_page_says_unknown_days_in_words_and_which_source_was_compared_when(client: Client) -> None:
    document = page(client, "/policies/south-africa-draft-2022/")
    facts = dict(zip(map(words, document.xpath("//dl[1]/dt")), map(words, document.xpath("//dl[1]/dd")), strict=True))
    assert facts["Adopted"] == facts["In force"] == "unknown"
    assert facts["Today"] == "whether it holds is unknown"
    sources = [words(item) for item in page(client, "/policies/plan-s-2018/").xpath("//ul[@class='sources']/li")]
    assert all("compared with our words" in source for source in sources)


def test_affected_categories_lead_to_the_search_of_the_catalogue(client: Client) -> None:
    document = page(client, "/policies/plan-s-2018/")
    links = [a.get("href") for a in document.xpath("//a[contains(@href, '?categories=')]")]
    wanted = policies_in_use().instruments["plan-s-2018"].categories
    assert links == [f"/infrastructures/?categories={code}" for code in wanted]
    seed_terms()
    assert [client.get(link).status_code for link in links] == [200] * len(links)


def test_a_reader_who_has_the_page_is_told_so(client: Client) -> None:
    first = client.get("/policies/")
    again = client.get("/policies/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert client.get("/policies/?region=asia", headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.post("/policies/").status_code == 405
