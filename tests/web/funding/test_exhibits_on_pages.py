"""The pages that are built of exhibits: what they show, for whom, and that their numbers are those of the lists."""

from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.test import Client

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.release import Release
from infracommons.vocabulary.figures import counted, rounded
from infracommons.web.funding.chapters import CHAPTERS
from infracommons.web.funding.home import EXHIBITS
from infracommons.web.funding.menu import current, places

Rows = dict[str, list[dict[str, Any]]]


def page(site: Client, address: str) -> Any:
    response = site.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return lxml.html.fromstring(response.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def exhibits(document: Any) -> list[str]:
    return [figure.get("id").removeprefix("exhibit-") for figure in document.iter("figure")]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/funding/", EXHIBITS),
        ("/funding/what-for/", CHAPTERS["what-for"][2]),
        ("/funding/where/", CHAPTERS["where"][2]),
        ("/funding/risk/", CHAPTERS["risk"][2]),
        ("/funding/years/", ("years", "years-awards", "support-types-by-year")),
    ],
)
def test_a_page_shows_its_exhibits_each_with_drawing_table_and_files(
    site: Client, address: str, names: tuple[str, ...]
) -> None:
    document = page(site, address)
    assert exhibits(document) == list(names)
    for figure in document.iter("figure"):
        assert figure.find(".//svg") is not None or words(figure).startswith("No "), figure.get("id")
        assert figure.find(".//table") is not None
        assert figure.xpath(".//a[@download]/@href")


@pytest.mark.parametrize(
    "query", ["", "rule=full", "funder=ror:021nxhr62", "year_from=2019&prices=2015&rule=single_only"]
)
@pytest.mark.parametrize("path", ["/funding/", "/funding/what-for/", "/funding/where/", "/funding/recipients/"])
def test_every_page_says_the_total_of_the_awards_that_its_address_asks_for(
    site: Client, golden: Release, path: str, query: str
) -> None:
    document = page(site, f"{path}?{query}")
    asked = {
        "": AwardFilters(),
        "rule=full": AwardFilters(rule="full"),
        "funder=ror:021nxhr62": AwardFilters(funder=("ror:021nxhr62",)),
    }.get(query, AwardFilters(year_from=2019, prices=2015, rule="single_only"))
    total = award_total(golden, asked)
    answer = document.find(".//p[@class='answer']")
    assert words(answer).startswith(f"{rounded(total.counted_usd)} in {counted(total.counted, 'award')}")
    opened = page(site, answer.find("a").get("href"))
    assert words(opened.find(".//p[@class='answer']")).startswith(rounded(total.counted_usd))


def test_a_page_without_a_match_says_so_and_draws_nothing_of_awards(site: Client) -> None:
    for address in ("/funding/", "/funding/what-for/", "/funding/where/", "/funding/years/"):
        document = page(site, f"{address}?year_from=2199")
        assert "No award matches" in words(document), address
        assert all("bar-line" in svg.get("class", "") for svg in document.iter("svg") if not _of_the_catalogue(svg))


def _of_the_catalogue(svg: Any) -> bool:
    """Tell whether a drawing is of infrastructures, whatever awards are asked for."""
    return "Infrastructures are based in" in (svg.getparent().get("aria-label") or "")


def test_an_infrastructure_leads_to_the_catalogue_and_its_steward(site: Client, golden: Release) -> None:
    (row,) = golden.query(
        "SELECT infrastructure_id, steward_organisation_id FROM infrastructure JOIN organisation "
        "ON organisation_id = steward_organisation_id ORDER BY infrastructure_id LIMIT 1"
    )
    links = page(site, f"/funding/infrastructures/{row['infrastructure_id']}/").xpath("//main//a/@href")
    assert f"/infrastructures/{row['infrastructure_id']}/" in links
    assert f"/funding/organisations/{row['steward_organisation_id']}/" in links


@pytest.fixture
def family(many: Callable[..., Rows]) -> Rows:
    """Three awards: a ministry gives one, its agency another, and the agency receives the third."""
    rows = many(3)
    for award, funder, recipient in zip(
        rows["award"], ("org:ministry", "org:agency", "org:2"), ("org:1", "org:1", "org:agency"), strict=True
    ):
        award |= {"funder_organisation_id": funder, "funder_name": funder, "recipient_organisation_id": recipient}
    rows["organisation"] += [
        {"organisation_id": "org:ministry", "name": "Ministry", "is_us_federal": False},
        {"organisation_id": "org:agency", "name": "Agency", "parent_id": "org:ministry", "is_us_federal": False},
    ]
    rows["infrastructure"][0]["steward_organisation_id"] = "org:agency"
    return rows


def test_an_organisation_is_funder_recipient_and_steward_with_its_parts_or_alone(
    family: Rows, shown_rows: Callable[[Rows], Client]
) -> None:
    site = shown_rows(family)
    together = page(site, "/funding/organisations/org:ministry/")
    said = words(together.find(".//p[@class='answer']"))
    assert said.startswith(
        "It gives USD 20.00 in 2 awards, receives USD 10.00 in 1 award, and runs 1 catalogued infrastructure"
    )
    assert "Counted with 1 organisation that is part of it." in words(together)
    assert exhibits(together) == ["infrastructures", "funders"]
    assert "Agency" in words(together.find(".//ul[@class='columns']"))
    opened = page(site, together.find(".//p[@class='answer']/a").get("href"))
    assert len(opened.xpath("//table[caption/@id='awards']/tbody/tr")) == 2
    (alone,) = (a.get("href") for a in together.iter("a") if words(a) == "Count it alone")
    said = words(page(site, alone).find(".//p[@class='answer']"))
    assert said.startswith("It gives USD 10.00 in 1 award, receives none, and runs none of the catalogue")
    agency = page(site, "/funding/organisations/org:agency/")
    assert "/funding/organisations/org:ministry/" in agency.xpath("//dl[@class='facts']//a/@href")
    assert "part of it." not in words(agency)


def test_an_organisation_keeps_the_filters_when_it_is_counted_alone(
    family: Rows, shown_rows: Callable[[Rows], Client]
) -> None:
    document = page(shown_rows(family), "/funding/organisations/org:ministry/?rule=full&year_from=2020")
    (alone,) = (a.get("href") for a in document.iter("a") if words(a) == "Count it alone")
    assert alone == "/funding/organisations/org:ministry/alone/?year_from=2020&rule=full"


def test_a_long_list_has_fifty_rows_a_page_and_says_of_how_many(
    shown_rows: Callable[[Rows], Client], many: Callable[..., Rows]
) -> None:
    rows = many(120)
    for number, award in enumerate(rows["award"]):
        award["recipient_organisation_id"] = f"org:{number}"
    rows["infrastructure"] += [
        {
            "infrastructure_id": f"no-{n:03}",
            "name": f"Shelf {n}",
            "aliases": [],
            "summary": "Keeps.",
            "category_codes": [],
        }
        for n in range(60)
    ]
    site = shown_rows(rows)
    for path, number in (("funders", 120), ("recipients", 120), ("infrastructures/without-awards", 60)):
        document = page(site, f"/funding/{path}/")
        assert len(document.findall(".//main//tbody/tr")) == 50, path
        assert f"Rows 1 to 50 of {number}" in words(document)
        assert document.xpath("//a[@rel='next']"), path


def test_a_chart_that_draws_some_rows_says_of_how_many(
    shown_rows: Callable[[Rows], Client], many: Callable[..., Rows]
) -> None:
    document = page(shown_rows(many(60)), "/funding/")
    funders = document.get_element_by_id("exhibit-funders")
    assert "The 20 largest of 60 funders are drawn." in words(funders)
    assert "All 60 rows" in words(funders)


def test_the_menu_has_pages_that_are_there_and_marks_where_the_reader_is(site: Client) -> None:
    assert {place.label for place in places()} >= {"Overview", "Awards", "Recipients", "What for", "Where"}
    for place in places():
        assert current(place.address) == place
    document = page(site, "/funding/recipients/")
    assert [words(a) for a in document.xpath("//nav[@aria-label='Funding']//a[@aria-current]")] == ["Recipients"]
    assert current("/funding/records/") is None
