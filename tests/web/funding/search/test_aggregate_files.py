import csv
import io
import json
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from django.test import Client

from infracommons.insights.aggregates import SIDES, aggregate
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release


def body(site: Client, address: str) -> bytes:
    response = site.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a stream


@pytest.mark.parametrize("by", SIDES)
def test_every_form_has_the_rows_of_the_answer_with_its_query_and_release(
    site: Client, golden: Release, by: str
) -> None:
    rows = aggregate(golden, AwardFilters(rule="full", decision="any"), by).rows
    address = f"/funding/aggregates/{by}.%s?rule=full&decision=any"
    in_csv = list(csv.DictReader(io.StringIO(body(site, address % "csv").decode())))
    assert [Decimal(row["counted_usd"]) for row in in_csv] == [row["counted_usd"] for row in rows] != []
    in_jsonl = [json.loads(line) for line in body(site, address % "jsonl").splitlines()]
    in_parquet = pq.read_table(io.BytesIO(body(site, address % "parquet"))).to_pylist()
    for found in (in_csv, in_jsonl, in_parquet):
        assert [row["value"] for row in found] == [row["value"] for row in rows]
        assert {row["release_id"] for row in found} == {golden.release_id}
        assert {row["query"] for row in found} == {"http://testserver/funding/awards/?decision=any&rule=full"}


@pytest.mark.parametrize("name", ["colour.csv", "year.pdf"])
def test_what_there_is_not_is_not_found(site: Client, name: str) -> None:
    assert site.get(f"/funding/aggregates/{name}").status_code == 404


def test_a_filter_that_cannot_be_read_is_refused(site: Client) -> None:
    assert site.get("/funding/aggregates/year.csv?year_from=soon").status_code == 400
