"""Every example of the help page finds what it says, each checked by what it means and not by how it is read."""

from collections.abc import Callable
from typing import Any

import lxml.html
import pyarrow.parquet as pq
import pytest
from django.test import Client

from infracommons.insights.award_index import matching
from infracommons.insights.release import Release
from infracommons.vocabulary.folding import folded, words
from infracommons.web.funding.search.examples import AWARD_HELP

Row = dict[str, Any]
ALL = {one.q: one for group in AWARD_HELP for one in group.examples}


def has(row: Row, *sought: str) -> bool:
    return any(word in row["words"] for word in sought)


def text(row: Row, name: str) -> str:
    return f" {folded(row[name] or '')} "


WHAT_THEY_MEAN: dict[str, Callable[[Row], bool]] = {
    "open infrastructure": lambda row: has(row, "open", "opens") and has(row, "infrastructure", "infrastructures"),
    '"open science"': lambda row: " open science " in row["everything"],
    "preprints -arxiv": lambda row: has(row, "preprints", "preprint") and not has(row, "arxiv", "arxivs"),
    'open -"open science"': lambda row: has(row, "open", "opens") and " open science " not in row["everything"],
    "zenodo OR dspace": lambda row: has(row, "zenodo", "zenodos", "dspace", "dspaces"),
    "data zenodo OR dspace": lambda row: has(row, "data", "datas") and has(row, "zenodo", "dspace"),
    "repositor*": lambda row: any(word.startswith("repositor") for word in row["words"]),
    "library": lambda row: has(row, "library", "libraries"),
    "EDITION": lambda row: has(row, "edition", "editions"),
    "title:open": lambda row: " open " in text(row, "title"),
    "description:preprints": lambda row: any(
        f" {word} " in text(row, "description") for word in ("preprint", "preprints")
    ),
    "funder:foundation": lambda row: " foundation" in text(row, "funder_name"),
    'recipient:"university of"': lambda row: " university of " in text(row, "recipient_name"),
    "programme:software": lambda row: " software " in text(row, "programme"),
    "infrastructure:zenodo": lambda row: "zenodo" in row["infrastructures"],
    "number:360G*": lambda row: any((number or "").startswith("360G") for number in row["numbers"]),
    "-title:open": lambda row: " open " not in text(row, "title"),
    "country:GB": lambda row: row["recipient_country_code"] == "GB",
    'country:"United States"': lambda row: row["recipient_country_code"] == "US",
    "funder_country:GB": lambda row: row["funder_country"] == "GB",
    "source:nsf": lambda row: row["source"] == "nsf",
    "currency:EUR": lambda row: row["currency"] == "EUR",
    "type:direct": lambda row: "direct" in row["types"],
    "year:2015..2020": lambda row: 2015 <= (row["award_year"] or 0) <= 2020,
    "year:>=2018": lambda row: (row["award_year"] or 0) >= 2018,
    "amount:>1000000": lambda row: (row["amount"] or 0) > 1_000_000,
    "usd:10000..50000": lambda row: 10_000 <= (row["amount_usd"] or 0) <= 50_000,
    "usd:>=1,000,000": lambda row: (row["amount_usd"] or 0) >= 1_000_000,
    "amount:unknown": lambda row: row["amount"] is None,
    "recipient:unknown": lambda row: not row["recipient_name"],
}


@pytest.fixture(scope="session")
def awards(golden_release: Any) -> list[Row]:
    release = Release((golden_release / "current").resolve())
    tables = {name: pq.read_table(release.path(name)).to_pylist() for name in ("award", "award_record", "support")}
    named = {row["infrastructure_id"]: row for row in pq.read_table(release.path("infrastructure")).to_pylist()}
    countries = {
        row["organisation_id"]: row["country_code"] for row in pq.read_table(release.path("organisation")).to_pylist()
    }
    rows = []
    for award in tables["award"]:
        own = [row for row in tables["support"] if row["award_id"] == award["award_id"]]
        numbers = [row["award_number"] for row in tables["award_record"] if row["award_id"] == award["award_id"]]
        names = [name for one in own for i in (named[one["infrastructure_id"]],) for name in (i["name"], *i["aliases"])]
        columns = ("title", "description", "recipient_name", "funder_name", "programme")
        said = [*(award[column] or "" for column in columns), " ".join(names), " ".join(filter(None, numbers))]
        rows.append(
            award
            | {
                "everything": "".join(f" {folded(one)} " for one in said),
                "words": {word for one in said for word in words(one)},
                "infrastructures": {one["infrastructure_id"] for one in own},
                "types": {one["support_type"] for one in own},
                "numbers": numbers,
                "funder_country": countries.get(award["funder_organisation_id"]),
            }
        )
    return rows


def test_every_example_is_checked() -> None:
    assert WHAT_THEY_MEAN.keys() == ALL.keys()


@pytest.mark.parametrize("q", ALL)
def test_an_example_finds_what_it_says(q: str, golden: Release, awards: list[Row]) -> None:
    found = matching(golden, q)
    assert found.issues == ()
    expected = {row["award_id"] for row in awards if WHAT_THEY_MEAN[q](row)}
    assert set(found.ids or ()) == expected
    assert 0 < len(expected) < len(awards)


def test_every_example_of_the_page_leads_to_as_many_awards_as_it_says(site: Client) -> None:
    page = site.get("/funding/awards/help/")
    assert page.status_code == 200
    document: Any = lxml.html.fromstring(page.content.decode())
    rows = document.findall(".//tbody/tr")
    assert len(rows) == len(ALL)
    for row in rows:
        link = row.find("th/a")
        assert link is not None
        opened: Any = lxml.html.fromstring(site.get(str(link.get("href"))).content.decode())
        assert len(opened.findall(".//tbody/tr")) == int(row.findall("td")[-1].text_content())
        assert "was not used" not in opened.text_content()
