"""Files of a search hold what the page shows: the same infrastructures in the same order, all of them."""

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.web.catalogue.exchange.conftest import CANARIES

from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.search.filters import SearchFilters, read_filters
from infracommons.web.catalogue.search.index import catalogue_index
from infracommons.web.catalogue.search.search import search

pytestmark = pytest.mark.django_db
SEARCHES = ("", "q=preprints", "country=US&sort=-name", "categories=repository_service&q=research", "q=zzzzqqqq")


def sent(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


@pytest.mark.parametrize("query", SEARCHES)
def test_every_form_has_all_matches_in_the_order_of_the_page(client: Client, rich: Infrastructure, query: str) -> None:
    expected = list(search(read_filters(query, catalogue_index()).filters).ids)
    assert rich.pk

    rows = csv.DictReader(io.StringIO(sent(client, f"/infrastructures.csv?{query}").decode()))
    assert [row["infrastructure_id"] for row in rows] == expected
    lines = sent(client, f"/infrastructures.jsonl?{query}").splitlines()
    assert [json.loads(line)["infrastructure_id"] for line in lines] == expected
    table = pq.read_table(pa.BufferReader(sent(client, f"/infrastructures.parquet?{query}")))
    assert table["infrastructure_id"].to_pylist() == expected
    book = CalamineWorkbook.from_filelike(io.BytesIO(sent(client, f"/infrastructures.xlsx?{query}")))
    assert [row[0] for row in book.get_sheet_by_name("infrastructure").to_python()[1:]] == expected


def test_query_day_and_licence_are_inside_where_there_is_a_place(client: Client, rich: Infrastructure) -> None:
    told = pq.read_schema(pa.BufferReader(sent(client, "/infrastructures.parquet?q=examples"))).metadata
    assert told[b"search"] == b"http://testserver/infrastructures/?q=examples"
    assert b"CC0-1.0" in told[b"licence"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(sent(client, "/infrastructures.xlsx?q=examples")))
    about = {str(row[0]): str(row[1]) for row in book.get_sheet_by_name("about").to_python()}
    assert about["search"] == "http://testserver/infrastructures/?q=examples"
    assert about["made"]
    assert rich.pk


def test_a_page_number_does_not_cut_the_file(client: Client, rich: Infrastructure) -> None:
    assert sent(client, "/infrastructures.jsonl?page=7") == sent(client, "/infrastructures.jsonl")
    assert rich.pk


@pytest.mark.parametrize("query", ["colour=blue", "categories=no_such", "q=" + "x" * 10_000, "page=0", "page=-1"])
def test_a_filter_that_there_is_not_is_a_400_that_names_it(client: Client, rich: Infrastructure, query: str) -> None:
    response = client.get(f"/infrastructures.csv?{query}")
    assert response.status_code == 400
    assert query.partition("=")[0] in response.content.decode()
    assert rich.pk


def test_a_form_that_there_is_not_is_a_404(client: Client, rich: Infrastructure) -> None:
    assert client.get("/infrastructures.doc").status_code == 404
    assert rich.pk


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_nothing_private_is_in_a_search_file(client: Client, rich: Infrastructure, form: str) -> None:
    content = sent(client, f"/infrastructures.{form}").decode()
    assert not any(canary in content for canary in CANARIES)
    assert SearchFilters().order == "name"
    assert rich.pk
