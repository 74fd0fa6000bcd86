import json
import re
from collections.abc import Callable
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import lxml.html
import pytest
from django.test import Client

from infracommons import web
from infracommons.exhibits.registry import exhibit, exhibit_kinds
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release
from infracommons.vocabulary.figures import counted, figure

Rows = dict[str, list[dict[str, Any]]]
STATIC = Path(web.__file__).parent
YEARS = "/funding/charts/years/"


def page(site: Client, address: str, status: int = 200) -> Any:
    response = site.get(address)
    assert response.status_code == status, (address, response.status_code)
    return lxml.html.fromstring(response.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_the_list_names_every_chart_and_keeps_the_filters(site: Client) -> None:
    document = page(site, "/funding/charts/?rule=full&year_from=2010")
    hrefs = document.xpath("//ul[@class='chart-list']//a/@href")
    assert hrefs == [f"/funding/charts/{name}/?year_from=2010&rule=full" for name in exhibit_kinds()]


def test_every_chart_has_a_page_that_says_its_finding(site: Client, golden: Release) -> None:
    for name in exhibit_kinds():
        shown = exhibit(golden, name, AwardFilters())
        document = page(site, f"/funding/charts/{name}/")
        (figure_,) = document.iter("figure")
        (heading,) = document.iter("h1")
        assert words(heading) == " ".join(shown.title.split()), name
        assert figure_.get("aria-labelledby") == heading.get("id")
        assert words(figure_.find("p")) == " ".join(shown.sentence.split())
        drawings = document.xpath("//div[@class='drawing']//div[@role='img']")
        assert [one.find("svg") is not None for one in drawings] == [True, True] * shown.is_drawn
        assert all(shown.title in one.get("aria-label") for one in drawings)
        assert len(document.xpath("//figure//tbody/tr")) == min(len(shown.rows), 50)
        _is_well_made(document)
        said = site_fragment(site, f"/funding/charts/{name}/sentence/")
        assert words(said) == " ".join(f"{shown.title}. {shown.sentence}".split())


def _is_well_made(document: Any) -> None:
    levels = [int(h.tag[1]) for h in document.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), "an id stands once"
    for element in document.iter():
        assert not [key for key in element.attrib if key == "style" or key.startswith("on")]


def site_fragment(site: Client, address: str) -> Any:
    return lxml.html.fragment_fromstring(site.get(address).content.decode())


def test_the_table_has_every_figure_exactly_and_leads_to_the_awards_of_each_row(site: Client, golden: Release) -> None:
    shown = exhibit(golden, "years", AwardFilters(rule="full"))
    document = page(site, f"{YEARS}?rule=full")
    lines = document.xpath("//figure//tbody/tr")
    for row, line in zip(shown.rows, lines, strict=True):
        cells = [words(cell) for cell in line]
        assert cells[0] == ("unknown" if row["award_year"] is None else str(row["award_year"]))
        assert cells[1] == figure(row["counted_usd"])
        (link,) = line.iter("a")
        listed = page(site, link.get("href"))
        assert counted(row["awards"], "award") in words(listed) or row["awards"] == row["counted"]
    names = [words(link) for link in document.xpath("//figure//tbody//a")]
    assert len(names) == len(set(names)), "links of the table differ in their names"


def test_a_rounded_amount_shows_the_exact_one(site: Client, golden: Release) -> None:
    document = page(site, YEARS)
    shown = exhibit(golden, "years", AwardFilters())
    most = max(row["counted_usd"] for row in shown.rows)
    titles = document.xpath("//figure/p[1]/span/@title")
    assert f"USD {most:,.2f}" in titles


def test_a_long_table_stands_on_pages_of_fifty_and_elsewhere_says_how_many_there_are(
    shown_rows: Callable[[Rows], Client], many: Callable[[int], Rows]
) -> None:
    site = shown_rows(many(120))
    first = page(site, "/funding/charts/funders/")
    assert len(first.xpath("//figure//tbody/tr")) == 50
    assert "Rows 1 to 50 of 120" in words(first.find(".//caption"))
    third = page(site, "/funding/charts/funders/?page=3")
    assert len(third.xpath("//figure//tbody/tr")) == 20
    assert "no page 4" in words(page(site, "/funding/charts/funders/?page=4", 404))
    home = page(site, "/funding/")
    tables = [words(caption) for caption in home.iter("caption")]
    assert [caption for caption in tables if "The first 50 of 120 rows" in caption]
    assert "/funding/charts/funders/" in home.xpath("//a/@href")


def test_how_it_is_made_names_release_rule_rows_left_out_and_query(site: Client, golden: Release) -> None:
    shown = exhibit(golden, "years", AwardFilters(decision="any", rule="single_only"))
    document = page(site, f"{YEARS}?decision=any&rule=single_only")
    (panel,) = document.xpath("//details[@class='how']")
    said = words(panel)
    assert golden.release_id in said
    assert "Counted by single only" in said
    assert "decision=any&rule=single_only" in said
    assert shown.made.left_out
    for part in shown.made.left_out:
        assert f"{counted(part.number, 'award')}: {part.words}" in said
    for href in panel.xpath(".//a/@href"):
        assert site.get(href).status_code == 200
    share = 1 - shown.made.counted / shown.made.awards
    (bar,) = panel.iter("rect")
    assert float(bar.get("width")) == pytest.approx(100 * share, abs=0.06)


def test_nothing_found_is_said_and_the_way_back_offered(site: Client) -> None:
    document = page(site, f"{YEARS}?year_from=2199")
    assert "nothing to show with these filters" in words(document)
    assert not document.xpath("//figure//svg")
    assert "Leave out from year: 2199" in words(document)


@pytest.mark.parametrize("address", ["nothing/", "nothing.csv", "years.doc", "nothing/embed/", "nothing/sentence/"])
def test_what_is_not_there_is_answered_with_what_is(site: Client, address: str) -> None:
    document = page(site, f"/funding/charts/{address}", 404)
    assert "; there are " in words(document)


@pytest.mark.parametrize("address", ["years/?year_from=x", "years.csv?rule=half", "years/embed/?theme=pink", "?nope=1"])
def test_what_cannot_be_read_is_named(site: Client, address: str) -> None:
    document = page(site, f"/funding/charts/{address}", 400)
    ((name, value),) = parse_qsl(urlsplit(address).query)
    assert name in words(document)
    assert value in words(document)


def test_an_answer_is_known_by_its_release_and_address(site: Client) -> None:
    for address in (YEARS, "/funding/charts/years.csv", "/funding/charts/years/embed/", "/funding/charts/"):
        response = site.get(address)
        assert site.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_other_sites_find_picture_and_embed_in_the_head(site: Client) -> None:
    document = page(site, f"{YEARS}?rule=full")
    (picture,) = document.xpath("//meta[@property='og:image']/@content")
    assert site.get(picture).content.startswith(b"\x89PNG")
    (described,) = document.xpath("//link[@type='application/json+oembed']/@href")
    assert json.loads(site.get(described).content)["type"] == "rich"


def test_only_the_embed_may_be_framed_by_other_sites(site: Client) -> None:
    embed = site.get(f"{YEARS}embed/?rule=full&theme=dark")
    assert "frame-ancestors *" in embed["Content-Security-Policy"]
    assert "X-Frame-Options" not in embed.headers
    document: Any = lxml.html.fromstring(embed.content.decode())
    assert document.get("class") == "embed-dark"
    assert not list(document.iter("header"))
    assert f"{YEARS}?rule=full" in document.xpath("//a/@href")
    for other in (YEARS, "/funding/charts/years.svg", "/funding/charts/years/sentence/", "/funding/charts/"):
        response = site.get(other)
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"


def test_the_snippet_on_the_page_shows_the_embed_with_the_same_filters(site: Client) -> None:
    document = page(site, f"{YEARS}?rule=full")
    (snippet,) = document.xpath("//textarea")
    frame: Any = lxml.html.fragment_fromstring(snippet.text)
    assert frame.tag == "iframe"
    assert urlsplit(frame.get("src")).netloc == "testserver"
    assert frame.get("title")
    embedded = site.get(frame.get("src"))
    svg = re.search(r"<svg.*?</svg>", embedded.content.decode(), re.DOTALL)
    assert svg
    assert svg[0] in unescape(site.get(f"{YEARS}?rule=full").content.decode())


def test_the_fixed_themes_of_the_embed_have_the_colours_of_the_pages() -> None:
    own = (STATIC / "funding/static/funding/embed.css").read_text("utf-8")
    shared = (STATIC / "shared/static/shared/style.css").read_text("utf-8")
    roots = re.findall(r":root \{(.*?)\}", shared, re.DOTALL)
    for theme, root in zip(("light", "dark"), roots, strict=False):
        (said,) = re.findall(rf"\.embed-{theme} \{{(.*?)\}}", own, re.DOTALL)
        colours = r"--([a-z-]+): (#[0-9a-f]+);"
        assert re.findall(colours, said) == re.findall(colours, root)
