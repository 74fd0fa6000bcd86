import csv
import hashlib
import io
import json
from decimal import Decimal
from typing import Any

import lxml.html
import pyarrow.parquet as pq
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from infracommons.insights.formats import FORMATS
from infracommons.insights.release import Release


def content(site: Client, address: str) -> bytes:
    response = site.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def csv_rows(site: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(site, address).decode(), newline="")))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?rule=full",
        "?infrastructure=zenodo&rule=documented_share",
        "?decision=any&country=US",
        "?q=open&sort=title",
    ],
)
def test_the_total_of_the_page_is_the_sum_of_the_file_behind_its_download(site: Client, query: str) -> None:
    document: Any = lxml.html.fromstring(site.get("/funding/awards/" + query).content.decode())
    (headline,) = document.xpath("//a[@class='big']/@title")
    (href,) = document.xpath("//div[@class='take']//a[text()='CSV']/@href")
    rows = csv_rows(site, href)
    assert headline == f"USD {sum(Decimal(row['counted_usd'] or 0) for row in rows):,.2f}"
    shown = [th.find("a").get("href") for th in document.iterfind(".//tbody//th")]
    assert shown == [f"/funding/awards/{row['award_id']}/" for row in rows]
    assert {row["counted_rule"] for row in rows} <= {"full" if "full" in query else rows[0]["counted_rule"]}


def test_every_format_has_the_same_rows(site: Client) -> None:
    ids = [row["award_id"] for row in csv_rows(site, "/funding/awards.csv?decision=any")]
    assert ids
    lines = content(site, "/funding/awards.jsonl?decision=any").splitlines()
    assert [json.loads(line)["award_id"] for line in lines] == ids
    table = pq.read_table(io.BytesIO(content(site, "/funding/awards.parquet?decision=any")))
    assert table.column("award_id").to_pylist() == ids
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(site, "/funding/awards.xlsx?decision=any")))
    assert [row[0] for row in book.get_sheet_by_index(0).to_python()[1:]] == ids


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "stem",
    [
        "/funding/awards",
        "/funding/records",
        "/funding/exclusions",
        "/funding/totals/funder",
        "/funding/totals/year",
        "/funding/downloads/support",
    ],
)
def test_a_file_says_its_type_and_names_itself(site: Client, golden: Release, stem: str, form: str) -> None:
    response = site.get(f"{stem}.{form}")
    assert response["Content-Type"] == FORMATS[form].media_type
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert disposition.endswith(f'.{form}"')
    assert golden.release_id in disposition or stem == "/funding/downloads/support"
    assert b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_the_totals_file_of_a_page_has_the_pages_rows(site: Client) -> None:
    document: Any = lxml.html.fromstring(site.get("/funding/funders/?rule=full").content.decode())
    shown = [(tr.findtext(".//th/a"), tr.findall("td")[0].text_content()) for tr in document.iterfind(".//tbody/tr")]
    rows = csv_rows(site, "/funding/totals/funder.csv?rule=full")
    assert shown == [(row["name"], f"{Decimal(row['counted_usd']):,.2f}") for row in rows]


def test_a_whole_table_as_parquet_is_the_releases_own_file(site: Client, golden: Release) -> None:
    described: dict[str, Any] = json.loads(content(site, "/funding/downloads/datapackage.json"))
    for resource in described["resources"]:
        sent = content(site, f"/funding/downloads/{resource['path']}")
        assert "sha256:" + hashlib.sha256(sent).hexdigest() == resource["hash"]
        assert sent == (golden.folder / resource["path"]).read_bytes()


def test_no_path_leads_out_of_the_release(site: Client) -> None:
    for address in (
        "/funding/downloads/../release.json",
        "/funding/downloads/..%2Frelease.json",
        "/funding/downloads/release.json",
    ):
        assert site.get(address).status_code == 404
