"""The API on awards against the insights and the site: the same rows, the same totals, nothing dropped unsaid."""

import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from django.core.cache import cache
from django.test import Client
from pydantic import BaseModel
from pytest_django import Settings

from infracommons.insights.aggregates import SIDES, aggregate
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.insights.counted import every_row
from infracommons.insights.release import Release
from infracommons.vocabulary.tables import AWARD, AWARD_RECORD, EXCLUSION, MENTION, RULES, SUPPORT, Table
from infracommons.web.funding.api import shapes
from infracommons.web.funding.api.asked import PAGE
from infracommons.web.funding.api.filter_schemas import award_filter_schemas
from infracommons.web.funding.api.rows import AWARD_COLUMNS
from infracommons.web.shared.published import releases

pytestmark = pytest.mark.django_db
Json = dict[str, Any]
Ask = Callable[..., Json]
FILTERS: list[dict[str, Any]] = [
    {},
    {"decision": "any", "rule": "full", "sort": "largest"},
    {"q": "open OR zenodo", "decision": "any"},
    {"country": ["US", "GB"], "year_from": 2015, "decision": "any", "rule": "single_only"},
    {"q": "year:>=2019 -title:open", "prices": 2015, "counted": "yes"},
]


@pytest.fixture(autouse=True)
def _no_limit(settings: Settings) -> None:
    settings.INFRACOMMONS_API_PER_MINUTE = 0
    cache.clear()


@pytest.fixture
def ask(site: Client) -> Ask:
    def asked(address: str, query: Any = None, *, status: int = 200) -> Json:
        response = site.get(f"/api/v1/{address}", query or {})
        assert response.status_code == status, response.content
        body: Json = response.json()
        return body

    return asked


@pytest.fixture
def walk(site: Client) -> Callable[..., Iterator[Json]]:
    def pages(address: str, query: Any) -> Iterator[Json]:
        response = site.get(f"/api/v1/{address}", query)
        while True:
            page = response.json()
            yield page
            if page["links"]["next"] is None:
                return
            assert response.headers["Link"] == f'<{page["links"]["next"]}>; rel="next"'
            response = site.get(page["links"]["next"])

    return pages


def filters_of(query: dict[str, Any]) -> AwardFilters:
    values: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in query.items()}
    return AwardFilters(**values)


@pytest.mark.parametrize("query", FILTERS, ids=str)
def test_all_pages_have_the_rows_of_the_download_in_its_order(
    query: dict[str, Any], walk: Callable[..., Iterator[Json]], golden: Release
) -> None:
    schema, batches = every_row(golden, filters_of(query))
    rows = pa.Table.from_batches(batches, schema).to_pylist()
    pages = list(walk("awards", query | {"limit": 3}))
    told = [one for page in pages for one in page["data"]]
    assert [one["award_id"] for one in told] == [row["award_id"] for row in rows] != []
    for one, row in zip(told, rows, strict=True):
        assert one["counted_usd"] == (None if row["counted_usd"] is None else str(row["counted_usd"]))
        assert one["amount"] == (None if row["amount"] is None else str(row["amount"]))
        assert "; ".join(pair["infrastructure_id"] for pair in one["infrastructures"]) == row["infrastructure_ids"]
    total = award_total(golden, filters_of(query))
    for page in pages:
        assert page["meta"]["total"] == page["meta"]["awards"] == total.awards
        assert page["meta"]["counted_usd"] == str(total.counted_usd)
        assert page["meta"]["release"] == golden.release_id
    assert sum(Decimal(one["counted_usd"] or 0) for one in told) == total.counted_usd


@pytest.mark.parametrize("name", ["awards", "supports"])
@pytest.mark.parametrize("query", FILTERS[:4], ids=str)
def test_a_stream_has_the_rows_of_all_pages(
    name: str, query: dict[str, Any], site: Client, walk: Callable[..., Iterator[Json]]
) -> None:
    query = {key: value for key, value in query.items() if name == "awards" or key != "sort"}
    response = site.get(f"/api/v1/{name}.ndjson", query)
    assert response.headers["Content-Type"] == "application/x-ndjson"
    lines = b"".join(response.streaming_content).splitlines()  # type: ignore[attr-defined]  # a stream
    assert [json.loads(line) for line in lines] == [one for page in walk(name, query) for one in page["data"]] != []


def test_every_pair_of_the_release_is_a_support(walk: Callable[..., Iterator[Json]], golden: Release) -> None:
    rows = golden.query("SELECT award_id, infrastructure_id, decision FROM support")
    told = [one for page in walk("supports", {"decision": "any", "limit": 20}) for one in page["data"]]
    assert {(one["award_id"], one["infrastructure_id"], one["decision"]) for one in told} == {
        (row["award_id"], row["infrastructure_id"], row["decision"]) for row in rows
    }
    assert len(told) == len(rows)


def test_an_award_comes_with_everything_that_stands_behind_it(ask: Ask, golden: Release) -> None:
    for row in golden.query("SELECT award_id FROM award"):
        own = {"id": row["award_id"]}
        data = ask(f"awards/{row['award_id']}")["data"]
        records = golden.query("SELECT record_id FROM award_record WHERE award_id = $id", own)
        assert {one["record_id"] for one in data["records"]} == {one["record_id"] for one in records}
        ids = {one["record_id"] for one in records}
        mentions = [one["mention_id"] for record in data["records"] for one in record["mentions"]]
        every = golden.query("SELECT mention_id, record_id FROM mention")
        assert sorted(mentions) == sorted(one["mention_id"] for one in every if one["record_id"] in ids)
        attributed = golden.query("SELECT * FROM attribution WHERE award_id = $id", own)
        assert {
            (one["infrastructure_id"], rule, usd) for one in data["supports"] for rule, usd in one["attributed"].items()
        } == {(one["infrastructure_id"], one["rule"], str(one["amount_usd"])) for one in attributed}


@pytest.mark.parametrize("by", SIDES)
def test_groups_are_those_of_the_insight(by: str, ask: Ask, golden: Release) -> None:
    body = ask("aggregates", {"group_by": by, "decision": "any", "rule": "full"})
    found = aggregate(golden, AwardFilters(decision="any", rule="full"), by)
    assert [(one["value"], one["awards"], one["counted_usd"]) for one in body["data"]] == [
        (row["value"], row["awards"], str(row["counted_usd"])) for row in found.rows
    ]
    assert body["meta"]["is_exclusive"] is not SIDES[by].is_overlapping
    if body["meta"]["is_exclusive"]:
        assert sum(Decimal(one["counted_usd"]) for one in body["data"]) == Decimal(body["meta"]["counted_usd"])


@pytest.mark.parametrize("side", ["funder", "recipient"])
def test_each_organisation_of_a_list_opens_with_its_total_under_every_rule(
    side: str, ask: Ask, walk: Callable[..., Iterator[Json]], golden: Release
) -> None:
    told = [one for page in walk(f"{side}s", {"limit": 5}) for one in page["data"]]
    assert len(told) == len(aggregate(golden, AwardFilters(), side).rows) > 3
    for one in told:
        if one["organisation_id"] == "unknown":
            assert one["links"] == {}
            continue
        data = ask(f"{side}s/{one['organisation_id']}")["data"]
        assert [total["rule"] for total in data["by_rule"]] == list(RULES)
        split = next(total for total in data["by_rule"] if total["rule"] == "equal_split")
        assert (split["awards"], split["counted_usd"]) == (one["awards"], one["counted_usd"])
        assert data["name"] == one["name"]


def test_select_shows_these_columns_only(ask: Ask) -> None:
    for row in ask("awards", {"select": "title,counted_usd"})["data"]:
        assert set(row) == {"award_id", "title", "counted_usd", "matches", "links"}
    assert set(ask("awards")["data"][0]) == {*AWARD_COLUMNS, "matches", "links"}


def test_matches_say_where_words_stand(ask: Ask) -> None:
    rows = ask("awards", {"q": "zenodo", "decision": "any"})["data"]
    assert all("zenodo" in match["marked"][0].lower() for row in rows for match in row["matches"])
    assert all(row["matches"] for row in rows)
    assert not any(row["matches"] for row in ask("awards")["data"])


@pytest.mark.parametrize(
    ("address", "query", "parameter"),
    [
        ("awards", {"year_from": "soon"}, "year_from"),
        ("awards", {"infrastructure": "not-here"}, "infrastructure"),
        ("awards", {"funder": ""}, "funder"),
        ("awards", {"select": "colour"}, "select"),
        ("awards", {"cursor": "made.up"}, "cursor"),
        ("awards", {"limit": "1000"}, "limit"),
        ("awards", {"q": "a\nb"}, "q"),
        ("awards", {"unheard_of": "1", "strict": "true"}, "unheard_of"),
        ("awards", {"q": "colour:red", "strict": "true"}, "q"),
        ("supports", {"rule": "mine"}, "rule"),
        ("aggregates", {"group_by": "colour"}, "group_by"),
        ("awards.ndjson", {"limit": "5"}, "limit"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(address: str, query: dict[str, str], parameter: str, ask: Ask) -> None:
    body = ask(address, query, status=400)
    assert parameter in [one["parameter"] for one in body["problems"]]


@pytest.mark.parametrize(
    ("address", "query", "value"),
    [
        ("awards", {"unheard_of": "kept"}, "kept"),
        ("awards", {"q": "colour:red open"}, "colour:red"),
        ("aggregates", {"sort": "title"}, "title"),
        ("awards", {"page": "2"}, "2"),
        ("releases", {"q": "x"}, "x"),
    ],
)
def test_what_is_not_used_is_reported(address: str, query: dict[str, str], value: str, ask: Ask) -> None:
    assert [one["value"] for one in ask(address, query)["meta"]["problems"]] == [value]


@pytest.mark.parametrize("address", ["awards/award-nothing", "funders/ror:00nothing0", "recipients/unknown"])
def test_what_there_is_not_is_not_found(address: str, ask: Ask) -> None:
    assert ask(address, status=404)["status"] == 404


def test_a_cursor_of_another_release_is_refused(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    following = ask("awards", {"decision": "any", "limit": 2})["links"]["next"]
    monkeypatch.setitem(vars(releases().current()), "release_id", "another")
    body = ask(following.split("/api/v1/")[1], status=400)
    assert "not current any more" in body["problems"][0]["message"]


def test_the_tag_of_an_answer_is_the_release_and_the_address(site: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = site.get("/api/v1/awards", {"limit": 1})
    assert site.get("/api/v1/awards", {"limit": 2})["ETag"] != first["ETag"]
    again = site.get("/api/v1/awards", {"limit": 1}, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    monkeypatch.setitem(vars(releases().current()), "release_id", "another")
    assert site.get("/api/v1/awards", {"limit": 1})["ETag"] != first["ETag"]


def test_releases_are_told_with_the_current_one(ask: Ask, golden: Release) -> None:
    rows = ask("releases")["data"]
    assert [(row["release"], row["is_current"]) for row in rows] == [(golden.release_id, True)]
    assert rows[0]["totals_usd"] == golden.manifest["totals_usd"]


def test_without_a_release_the_catalogue_still_answers(show: Callable[[Path], Client], tmp_path: Path) -> None:
    site = show(tmp_path)
    response = site.get("/api/v1/awards")
    assert (response.status_code, response.headers["Content-Type"]) == (503, "application/problem+json")
    assert site.get("/api/v1/fields").status_code == 200
    assert site.get("/api/").status_code == 200


def test_every_filter_of_the_site_is_in_the_document() -> None:
    told = [one["name"] for one in award_filter_schemas(is_ordered=True)]
    assert told == [f.name for f in fields(AwardFilters) if f.name != PAGE]


@pytest.mark.parametrize(
    ("shape", "table", "also"),
    [
        (shapes.AwardColumns, AWARD, set()),
        (shapes.Record, AWARD_RECORD, {"mentions"}),
        (shapes.Mention, MENTION, set()),
        (shapes.SupportColumns, SUPPORT, set()),
        (shapes.Exclusion, EXCLUSION, set()),
    ],
)
def test_shapes_have_the_columns_of_the_tables(shape: type[BaseModel], table: Table, also: set[str]) -> None:
    assert set(shape.model_fields) == {column.name for column in table.columns} | also
