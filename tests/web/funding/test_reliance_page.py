"""The page of reliance without scripts: the network, a way to the page without one, and what that page says."""

from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.test import Client

Rows = dict[str, list[dict[str, Any]]]
NAMES = {"zenodo": "Zenodo", "orcid": "ORCID", "box": "Box", "crate": "Crate", "shelf": "Shelf"}
EDGES = (("zenodo", "orcid"), ("box", "orcid"), ("crate", "orcid"), ("shelf", "zenodo"))


@pytest.fixture
def network(many: Callable[..., Rows]) -> Rows:
    """Three awards to Zenodo, on which one other relies; it and two others rely on ORCID."""
    rows = many(3)
    (zenodo,) = rows["infrastructure"]
    rows["infrastructure"] = [zenodo | {"infrastructure_id": slug, "name": name} for slug, name in NAMES.items()]
    rows["characteristic"] = [
        {
            "infrastructure_id": one,
            "field": "integrations",
            "value": other,
            "label": NAMES[other],
            "other_infrastructure_id": other,
            "link": f"https://example.org/{one}/docs",
            "said_by": "curator",
        }
        for one, other in EDGES
    ]
    return rows


def read(site: Client, address: str) -> Any:
    response = site.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return lxml.html.fromstring(response.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_a_reader_goes_from_the_network_to_what_would_be_touched_without_one(
    shown_rows: Callable[[Rows], Client], network: Rows
) -> None:
    site = shown_rows(network)
    document = read(site, "/funding/reliance/?rule=full")
    assert [figure.get("id") for figure in document.iter("figure")] == [
        "exhibit-reliance", "exhibit-reliance-risk", "exhibit-reliance-without",
    ]  # fmt: skip
    assert "ORCID is relied on most: by 3 others" in words(document)
    assert document.get_element_by_id("exhibit-reliance").find(".//svg") is not None
    (choice,) = document.xpath("//a[text()='Without ORCID']/@href")
    assert choice == "/funding/reliance/?infrastructure=orcid&rule=full"

    chosen = read(site, choice)
    without = chosen.get_element_by_id("exhibit-reliance-without")
    assert "Without ORCID, 4 infrastructures would be touched" in words(without)
    assert "3 rely on it directly and 1 through others." in words(without)
    assert [words(row) for row in without.xpath(".//tbody/tr/th")] == ["Box", "Crate", "Zenodo", "Shelf"]
    assert without.xpath(".//tbody//a/@href")[0] == "https://example.org/box/docs"


def test_the_menu_leads_to_the_page_and_marks_it(shown_rows: Callable[[Rows], Client], network: Rows) -> None:
    document = read(shown_rows(network), "/funding/reliance/")
    assert document.xpath("//nav[@aria-label='Funding']//a[@aria-current='true']/text()") == ["Reliance"]


def test_a_release_without_integrations_offers_no_choice_and_says_why(
    shown_rows: Callable[[Rows], Client], many: Callable[..., Rows]
) -> None:
    document = read(shown_rows(many(1)), "/funding/reliance/")
    assert "No integration is known yet" in words(document)
    assert "See what would be touched" not in words(document)


def test_a_release_of_real_definitions_shows_its_network(site: Client) -> None:
    document = read(site, "/funding/reliance/?infrastructure=orcid")
    assert "Without ORCID," in words(document.get_element_by_id("exhibit-reliance-without"))
