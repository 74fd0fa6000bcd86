import csv
import hashlib
import io
import itertools
import json
from collections import Counter
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


SAMPLE = [
    f"?{'&'.join(part for part in parts if part)}"
    for parts in itertools.islice(
        itertools.product(
            ("", "region=us", "category=repository_software&decision=any", "q=open", "infrastructure=zenodo"),
            ("", "prices=2015", "counted=no", "year_from=2012&year_to=2021"),
            ("rule=full", "rule=single_only"),
        ),
        40,
    )
]


@pytest.mark.parametrize("query", SAMPLE)
def test_the_count_on_the_page_is_the_rows_of_each_download(site: Client, query: str) -> None:
    query = query.removesuffix("?")
    page = site.get("/funding/awards/" + query)
    total = page.context["summary"].total
    document: Any = lxml.html.fromstring(page.content.decode())
    hrefs = {a.text: a.get("href") for a in document.xpath("//div[@class='take']//a")}
    rows = csv_rows(site, hrefs["CSV"])
    assert len(rows) == total.awards == len(content(site, hrefs["JSON Lines"]).splitlines())
    assert pq.read_metadata(io.BytesIO(content(site, hrefs["Parquet"]))).num_rows == total.awards
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(site, hrefs["XLSX"])))
    assert len(book.get_sheet_by_index(0).to_python()) == 1 + total.awards
    reasons = Counter(row["not_counted_because"] for row in rows if row["not_counted_because"])
    assert sum(reasons.values()) == total.not_counted == sum(not row["counted_usd"] for row in rows)
    assert len(reasons) == len(page.context["summary"].not_counted), "each reason stands on the page"


@pytest.mark.parametrize(
    "stem", ["/funding/awards", "/funding/totals/funder", "/funding/records", "/funding/exclusions"]
)
def test_release_and_query_are_in_every_format(site: Client, golden: Release, stem: str) -> None:
    def asked(form: str) -> str:
        return f"{stem}.{form}" + ("?region=us" if stem.startswith(("/funding/awards", "/funding/totals")) else "")

    told = {"release_id": golden.release_id, "query": f"http://testserver{asked('csv')}"}
    rows = csv_rows(site, asked("csv"))
    assert rows
    assert {(row["release_id"], row["query"]) for row in rows} == {(told["release_id"], told["query"])}
    line = json.loads(content(site, asked("jsonl")).splitlines()[0])
    assert (line["release_id"], line["query"]) == (golden.release_id, f"http://testserver{asked('jsonl')}")
    metadata = pq.read_metadata(io.BytesIO(content(site, asked("parquet")))).metadata
    assert metadata[b"release_id"].decode() == golden.release_id
    assert metadata[b"query"].decode() == f"http://testserver{asked('parquet')}"
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(site, asked("xlsx"))))
    about: dict[Any, Any] = dict(book.get_sheet_by_name("About").to_python()[1:])  # type: ignore[arg-type]
    assert about["release_id"] == golden.release_id
    assert about["query"] == f"http://testserver{asked('xlsx')}"
    assert {"licences_of_the_sources", "release_made_at"} <= about.keys()
