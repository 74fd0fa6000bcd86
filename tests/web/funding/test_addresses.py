"""What an address may ask for, and what happens when it cannot be read."""

from typing import Any

import lxml.html
import pytest
from django.test import Client

LISTS = [
    "/funding/awards/",
    "/funding/infrastructures/",
    "/funding/funders/",
    "/funding/years/",
    "/funding/infrastructures/arxiv/",
    "/funding/awards.csv",
    "/funding/totals/year.csv",
]


@pytest.mark.parametrize("address", LISTS)
def test_a_bad_filter_is_400_names_it_and_keeps_the_rest(site: Client, address: str) -> None:
    response = site.get(address + "?year_from=abc&q=open&nonsense=1&rule=full")
    assert response.status_code == 400
    document: Any = lxml.html.fromstring(response.content.decode())
    cells = [[cell.text_content() for cell in row] for row in document.iterfind(".//tbody/tr")]
    assert cells[0] == ["year_from", "abc", "a year from 1800 to 2200"]
    assert cells[1][:2] == ["nonsense", "1"]
    kept = document.xpath("//a[@class='button']/@href")[0]
    assert kept == f"{address}?q=open&rule=full"
    assert site.get(kept).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/funding/exclusions/?stage=none",
        "/funding/records/?role=all",
        "/funding/awards/?infrastructure=nowhere",
        "/funding/records/?page=x",
    ],
)
def test_a_value_that_does_not_exist_is_400(site: Client, address: str) -> None:
    assert site.get(address).status_code == 400


def test_a_bad_value_is_shown_as_text(site: Client) -> None:
    content = site.get("/funding/awards/?year_from=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in content


def test_what_a_form_leaves_empty_is_taken_out_of_the_address(site: Client) -> None:
    response = site.get("/funding/awards/?q=&infrastructure=zenodo&year_from=&decision=supports&rule=equal_split&sort=")
    assert (response.status_code, response["Location"]) == (302, "/funding/awards/?infrastructure=zenodo")


def test_a_chip_takes_away_one_filter_and_leaves_the_others(site: Client) -> None:
    document: Any = lxml.html.fromstring(
        site.get("/funding/awards/?q=open&infrastructure=zenodo&infrastructure=arxiv&rule=full").content.decode()
    )
    chips = document.xpath("//div[@class='chips']//a[not(@class)]/@href")
    assert chips == [
        "/funding/awards/?infrastructure=zenodo&infrastructure=arxiv&rule=full",
        "/funding/awards/?q=open&infrastructure=arxiv&rule=full",
        "/funding/awards/?q=open&infrastructure=zenodo&rule=full",
    ]


def test_a_chip_says_its_filter_in_words(site: Client) -> None:
    address = (
        "/funding/awards/?undated=yes&decision=any&funder=unknown&support_type=direct&amount_status=not_convertible"
    )
    document: Any = lxml.html.fromstring(site.get(address).content.decode())
    chips = [span.text_content() for span in document.xpath("//div[@class='chips']//a/span[1]")]
    assert chips == [
        "Funder: unknown",
        "Year: unknown",
        "Decision: Any decision",
        "Kind of support: Direct",
        "Amount: Not convertible",
    ]


def test_the_form_keeps_every_filter_of_the_address(site: Client) -> None:
    """Sent as it stands, the form leads to the address it was shown at."""
    address = (
        "/funding/awards/?q=open&infrastructure=zenodo&infrastructure=arxiv&country=US&year_from=2001&year_to=2030&source=nsf"
        "&decision=any&support_type=adjacent&amount_status=known&counted=yes&rule=full&sort=title"
    )
    document: Any = lxml.html.fromstring(site.get(address).content.decode())
    (form,) = (form for form in document.forms if "year_from" in form.fields)
    response = site.get(form.action, form.form_values())
    assert response.status_code == 302
    sent, shown = (set(part.partition("?")[2].split("&")) for part in (response["Location"], address))
    assert sent == shown


def test_only_reading_is_allowed(site: Client) -> None:
    assert site.post("/funding/awards/").status_code == 405
    assert site.head("/funding/awards/").status_code == 200
