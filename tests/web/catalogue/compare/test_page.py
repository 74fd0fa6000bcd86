import re
from xml.etree import ElementTree as ET

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.web.catalogue.compare.conftest import read
from tests.web.catalogue.conftest import claim

from infracommons.web.catalogue.fields.claim_input import RawClaim
from infracommons.web.catalogue.models import Infrastructure

pytestmark = pytest.mark.usefixtures("rich")
THREE = "?ids=example-archive,arxiv,zenodo"


def table(page: str) -> ET.Element:
    """Return the table of a page; HTML that is not well formed fails here."""
    found = re.search(r"<table.*?</table>", page, re.DOTALL)
    assert found is not None
    return ET.fromstring(found[0].replace("&nbsp;", " "))  # noqa: S314 - our own page


def test_without_ids_the_page_helps_to_begin(client: Client) -> None:
    page = read(client, "")

    assert "Put up to 12 infrastructures beside each other." in page
    assert 'href="/compare?ids=arxiv,biorxiv"' in page
    assert 'name="ids" value="zenodo"' in page
    assert "<table" not in page


def test_ticked_boxes_become_one_list_in_the_address(client: Client) -> None:
    response = client.get("/compare?ids=arxiv&ids=zenodo&add=")

    assert response.headers["Location"] == "/compare?ids=arxiv,zenodo"


def test_one_alone_is_shown_and_asks_for_another(client: Client) -> None:
    page = read(client, "?ids=arxiv")

    assert "Add another infrastructure to see how they differ." in page
    assert "Compare arXiv with others" in page


def test_the_table_says_what_it_is_to_those_who_do_not_see_it(client: Client) -> None:
    page = read(client, THREE)
    found = table(page)

    caption = found.find("caption")
    assert caption is not None
    assert caption.get("id") == "compared"
    assert 'tabindex="0"' in page
    assert 'role="region"' in page
    assert 'aria-labelledby="compared"' in page
    heads = [head.get("scope") for head in found.findall("thead/tr/th")]
    assert heads == ["col"] * 4
    for row in found.findall("tbody/tr"):
        first = row[0]
        assert first.get("scope") in {"row", "rowgroup"}
        assert len(row) == 4 or row[1].get("colspan") == "3"


def test_columns_are_taken_out_and_moved_by_links_that_keep_the_rest(client: Client) -> None:
    found = table(read(client, f"{THREE}&differences=1"))
    controls = found.findall("tbody/tr")[0]
    links = [["".join(link.itertext()).split() for link in cell.findall("a")] for cell in controls[1:]]
    addresses = [link.get("href") for link in controls.iter("a")]

    assert links[0] == [["Remove", "Example", "Archive"], ["Move", "Example", "Archive", "right"]]
    assert links[1] == [["Remove", "arXiv"], ["Move", "arXiv", "left"], ["Move", "arXiv", "right"]]
    assert links[2] == [["Remove", "Zenodo"], ["Move", "Zenodo", "left"]]
    assert addresses[0] == "/compare?ids=arxiv,zenodo&differences=1"
    assert addresses[1] == addresses[3] == "/compare?ids=arxiv,example-archive,zenodo&differences=1"
    assert len(set(addresses)) == 5


def test_the_number_of_rows_that_differ_is_the_number_of_rows_so_marked(client: Client) -> None:
    page = read(client, THREE)
    said = re.search(r'class="big">(\d+) of (\d+) rows differ', page)

    assert said is not None
    assert page.count('class="differs"') == int(said[1])
    rows = [row for row in table(page).findall("tbody/tr") if row[0].get("scope") == "row"]
    assert len(rows) - 1 == int(said[2])  # one row holds the links that change columns


def test_where_no_row_is_left_the_page_says_why(client: Client) -> None:
    page = read(client, "?ids=arxiv,zenodo&sections=awards&hide_empty=1")

    assert "every row of these sections is unknown for all of them." in page
    assert 'href="/compare?ids=arxiv,zenodo"' in page


def test_a_past_day_is_said_and_leads_back(client: Client) -> None:
    page = read(client, f"{THREE}&as_of=2020-02-03")

    assert "As the claims were at the end of 3 February 2020 (UTC)" in page
    assert page.count("not in the catalogue yet on that day") == 3
    assert '<a href="/compare?ids=example-archive,arxiv,zenodo">Show today</a>' in page
    assert 'href="/infrastructures/arxiv/?as_of=2020-02-03"' in page


def test_what_claims_say_is_text_and_never_markup(client: Client, rich: Infrastructure) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    claim(rich, "code_of_conduct", RawClaim({"statement": hostile}, "available", note=hostile))
    claim(rich, "name", RawClaim("<b>Bold</b> & Sons"))
    page = read(client, THREE)

    assert hostile not in page
    assert "<b>Bold</b>" not in page
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Sons" in page
    table(page)


def test_reading_a_comparison_changes_nothing_of_the_reader(client: Client) -> None:
    response = client.get(f"/compare{THREE}")

    assert not response.cookies
    assert Session.objects.count() == 0


def test_search_engines_are_asked_to_stay_out(client: Client) -> None:
    response = client.get(f"/compare{THREE}")

    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


def test_nothing_is_written_that_the_policy_of_the_site_forbids(client: Client) -> None:
    page = read(client, THREE)

    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)


def test_a_bad_part_of_the_address_is_named_and_the_rest_is_one_click_away(client: Client) -> None:
    page = read(client, f"{THREE}&as_of=soon&sections=technical,odd", 400)

    assert "soon" in page
    assert "odd" in page
    assert 'href="/compare?ids=example-archive,arxiv,zenodo&amp;sections=technical"' in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_comparison_can_only_be_read(client: Client, method: str) -> None:
    assert getattr(client, method)("/compare?ids=arxiv").status_code == 405


def test_the_form_for_adding_keeps_everything_else(client: Client) -> None:
    page = read(client, "?ids=arxiv,zenodo&sections=technical,community&differences=1&as_of=2026-01-01")
    form = re.search(r'<form class="compare-add".*?</form>', page, re.DOTALL)

    assert form is not None
    assert dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0])) == {
        "ids": "arxiv,zenodo",
        "sections": "technical,community",
        "differences": "1",
        "as_of": "2026-01-01",
    }
