"""Every number of a report is the site's: read from the HTML and asked again of the insights."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import html as reader
from tests.reports.conftest import SITE

from infracommons.exhibits.registry import exhibit
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.headline import headline
from infracommons.insights.query_string import parse
from infracommons.insights.release import Release
from infracommons.reports.document import Document
from infracommons.reports.writers import html


@pytest.fixture(scope="module")
def page(state: Document) -> Any:
    return reader.fromstring(html.write(state, SITE)["state_of_open_infrastructure.html"])


def _filters(path: str) -> AwardFilters:
    return parse(AwardFilters, urlsplit(path).query).asked


def _told(value: Any) -> str:
    if value is None:
        return "unknown"
    return value.isoformat() if isinstance(value, date) else str(value)


def _asked(release: Release, query: str, filters: AwardFilters) -> dict[str, Any]:
    """Return the answer to a query by another way than the report's."""
    if query == "total":
        total = award_total(release, filters)
        return asdict(total) | {"not_counted": total.not_counted}
    if query == "headline":
        return headline(release, filters)
    if query == "release":
        return dict(release.manifest["counts"]) | {
            "sources": len([told for told in release.manifest["sources"] if told["gives"] == "record"])
        }
    names = [row["infrastructure_id"] for row in release.query("SELECT infrastructure_id FROM infrastructure")]
    supported = {row["infrastructure_id"] for row in release.query("SELECT * FROM support WHERE decision = 'supports'")}
    return {
        "infrastructures": len(names),
        "supported": len(supported & set(names)),
        "without_support": len(set(names) - supported),
    }


def test_every_number_in_the_text_is_what_the_insights_say(page: Any, release: Release) -> None:
    checked = 0
    for link in page.iter("a"):
        if "data-query" not in link.attrib:
            continue
        query, field = link.get("data-query").split(".")
        answer = _asked(release, query, _filters(link.get("data-path")))
        if field in answer:
            assert link.get("data-value") == _told(answer[field])
            checked += 1
        assert link.get("href") == f"{SITE}{link.get('data-path')}"
        assert release.release_id in link.get("title")
        assert link.get("data-value") in link.get("title")
    assert checked >= 20


def _exhibits(page: Any) -> Iterator[tuple[str, AwardFilters, list[list[str]]]]:
    paths = {
        item.get("id"): item.find("a").get("href").removeprefix(SITE) for item in page.iter("li") if item.get("id")
    }
    for table in page.iter("table"):
        if name := table.get("data-exhibit"):
            rows = [[cell.get("data-value") for cell in row] for row in table.find("tbody")]
            yield name, _filters(paths[f"source-{table.get('data-source')}"]), rows


def test_every_cell_of_an_exhibit_is_the_exhibits(page: Any, release: Release) -> None:
    seen = set()
    for name, filters, rows in _exhibits(page):
        shown = exhibit(release, name, filters)
        expected = [[_told(row.get(column.name)) for column in shown.columns] for row in shown.rows[: len(rows)]]
        assert rows == expected, name
        seen.add(name)
    assert {"years", "rules", "funders", "infrastructures", "support-types", "concentration"} <= seen


def test_every_sentence_of_an_exhibit_is_its_own(page: Any, release: Release) -> None:
    words = page.text_content()
    for name, filters, _ in _exhibits(page):
        assert exhibit(release, name, filters).sentence in words


def test_dollars_in_tables_are_exact_to_the_cent(page: Any) -> None:
    total = Decimal(0)
    for name, _, rows in _exhibits(page):
        if name == "years":
            total = sum((Decimal(row[1]) for row in rows), Decimal(0))
    (said,) = {
        link.get("data-value")
        for link in page.iter("a")
        if link.get("data-query") == "total.counted_usd" and "?" not in link.get("data-path")
    }
    assert total == Decimal(said) > 0


def test_every_mark_leads_to_a_source_that_says_question_and_release(page: Any, release: Release) -> None:
    sources = {item.get("id"): item.text_content() for item in page.iter("li") if item.get("id")}
    marks = [link.get("href") for link in page.iter("a") if link.get("href", "").startswith("#source-")]
    assert len(marks) > 30
    for mark in marks:
        assert f"release {release.release_id}" in sources[mark[1:]]


def test_no_identifier_stands_twice(page: Any) -> None:
    ids = [element.get("id") for element in page.iter() if isinstance(element.tag, str) and element.get("id")]
    assert [name for name, times in Counter(ids).items() if times > 1] == []


def test_the_file_needs_no_network_and_no_script(state: Document) -> None:
    (whole,) = html.write(state, None).values()
    text = whole.decode()
    assert not re.search(r"<script|<link|<iframe|@import|url\((?!#)|src=", text)
    assert 'href="/' not in text
    assert text.count("<svg") == len(list(state.figures())) >= 15


def test_a_report_is_the_same_bytes_each_time(state: Document) -> None:
    assert html.write(state, SITE) == html.write(state, SITE)


def test_a_number_that_leads_nowhere_on_the_site_leads_to_its_source(state: Document) -> None:
    (whole,) = html.write(state, None).values()
    page = reader.fromstring(whole)
    hrefs = {link.get("href") for link in page.iter("a") if link.get("data-query")}
    assert hrefs
    assert all(str(href).startswith("#source-") for href in hrefs)
