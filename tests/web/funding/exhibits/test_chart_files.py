import csv
import io
import json
from decimal import Decimal
from typing import Any

import lxml.html
import pyarrow.parquet as pq
import pytest
from django.test import Client
from lxml import etree
from python_calamine import CalamineWorkbook

from infracommons.exhibits.registry import exhibit, exhibit_kinds
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.release import Release
from infracommons.web.funding.exhibits.addresses import TABLE_FORMS

QUERY = "?rule=full&decision=any"
ASKED = AwardFilters(rule="full", decision="any")


def content(site: Client, address: str) -> bytes:
    response = site.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def test_every_format_has_the_rows_of_the_page_and_says_release_and_query(site: Client, golden: Release) -> None:
    for name in exhibit_kinds():
        shown = exhibit(golden, name, ASKED)
        files = {form: content(site, f"/funding/charts/{name}.{form}{QUERY}") for form in TABLE_FORMS}
        lines = list(csv.DictReader(io.StringIO(files["csv"].decode(), newline="")))
        rows = [json.loads(line) for line in files["jsonl"].splitlines()]
        told = json.loads(files["json"])
        table = pq.read_table(io.BytesIO(files["parquet"]))
        book = CalamineWorkbook.from_filelike(io.BytesIO(files["xlsx"]))
        sheet, about = (book.get_sheet_by_index(number).to_python() for number in (0, -1 + len(book.sheet_names)))
        found = {len(lines), len(rows), len(told["rows"]), table.num_rows, len(sheet) - 1}
        assert found == {len(shown.rows)}, name
        names = [column.name for column in shown.columns]
        assert names == sheet[0] == table.column_names
        assert all(row["release_id"] == golden.release_id and "rule=full" in row["query"] for row in (*lines, *rows))
        said = (pq.read_metadata(io.BytesIO(files["parquet"])).metadata or {})[b"query"].decode()
        assert "rule=full" in said
        assert ["release_id", golden.release_id] in about
        assert (told["title"], told["sentence"]) == (shown.title, shown.sentence)
        assert told["made"]["release"] == golden.release_id
        assert "rule=full" in told["made"]["query"]


@pytest.mark.parametrize("rule", ["full", "equal_split", "documented_share", "single_only"])
def test_the_years_file_adds_up_to_the_total(site: Client, golden: Release, rule: str) -> None:
    lines = csv.DictReader(io.StringIO(content(site, f"/funding/charts/years.csv?rule={rule}").decode(), newline=""))
    total = award_total(golden, AwardFilters(rule=rule))
    assert sum(Decimal(line["counted_usd"]) for line in lines) == total.counted_usd


def test_pictures_and_specification_say_where_they_are_from(site: Client, golden: Release) -> None:
    address = (
        f"http://testserver/funding/charts/years/{QUERY.replace('rule=full&decision=any', 'decision=any&rule=full')}"
    )
    svg = etree.fromstring(content(site, f"/funding/charts/years.svg{QUERY}"))
    assert svg.findtext("{http://www.w3.org/2000/svg}metadata") == f"Release {golden.release_id}, {address}"
    assert f"{golden.release_id}, {address}".encode() in content(site, f"/funding/charts/years.png{QUERY}")
    spec = json.loads(content(site, f"/funding/charts/years.vl.json{QUERY}"))
    assert spec["usermeta"]["address"] == address
    assert spec["data"]["values"]


def test_a_picture_may_be_shown_on_other_sites(site: Client) -> None:
    for form in ("svg", "png"):
        response = site.get(f"/funding/charts/years.{form}")
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response["Content-Disposition"].startswith("inline")


def test_every_file_that_a_page_offers_is_there(site: Client) -> None:
    document: Any = lxml.html.fromstring(site.get("/funding/charts/years/").content.decode())
    files = document.xpath("//figure//div[@class='take']//li/a/@href")
    assert len(files) == 8
    for file in files:
        assert content(site, file)


def test_where_nothing_is_drawn_there_is_no_picture_but_a_table(site: Client) -> None:
    document: Any = lxml.html.fromstring(site.get("/funding/charts/years/?year_from=2199").content.decode())
    assert len(document.xpath("//figure//div[@class='take']//li/a")) == 5
    refused = site.get("/funding/charts/years.png?year_from=2199")
    assert refused.status_code == 404
    assert "nothing to draw" in refused.content.decode()
    assert content(site, "/funding/charts/years.csv?year_from=2199").startswith(b'"award_year"')
