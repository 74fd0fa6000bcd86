"""Any filters: the headline is the sum of the file, its count the rows in every format, and what is left out says why.

A thousand sets of filters, drawn from what two releases hold: the golden one, and a generated one in which every corner
is met (several infrastructures, no amount, no year, no rate, no price level, all regions).
"""

import csv
import importlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.insights.plain import ZERO, Row, Tables
from tests.insights.plain_awards import matched

from infracommons.insights.award_filters import REGION_CODES, AwardFilters
from infracommons.insights.award_index import matching
from infracommons.insights.awards import Total, award_total
from infracommons.insights.counted import NOT_COUNTED, every_row
from infracommons.insights.formats import FORMATS
from infracommons.insights.release import Release
from infracommons.insights.totals import by_funder, by_year
from infracommons.vocabulary.prices import PRICE_LEVELS
from infracommons.vocabulary.tables import AMOUNT_STATUS, DECISIONS, PUBLISHED, RULES, SUPPORT_TYPES

ROOT = Path(__file__).parents[2]
MOST_ROWS_OF_A_BOOK = 25  # a spreadsheet takes long to write and read: larger ones have their own test
Cells = list[tuple[str, str, str]]  # award_id, counted_usd ("" where it does not count), why it does not


@dataclass(frozen=True)
class Held:
    """A release and its tables as rows."""

    release: Release
    tables: Tables

    def values(self, table: str, column: str) -> list[str]:
        return sorted({row[column] for row in self.tables[table] if row[column] is not None})


def held(release: Release) -> Held:
    return Held(release, {table.name: pq.read_table(release.path(table.name)).to_pylist() for table in PUBLISHED})


@pytest.fixture(scope="session")
def releases(release: Release, tmp_path_factory: pytest.TempPathFactory) -> list[Held]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT)
        generate: Callable[..., Path] = importlib.import_module("bench.million").generate
    return [held(release), held(Release(generate(tmp_path_factory.mktemp("made"), 300, 12, seed=5)))]


def some(values: list[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw none of the values three times in four: filters that narrow each other too much find nothing."""
    few = st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True).map(tuple)
    return st.integers(0, 3).flatmap(lambda dice: few if dice == 0 else st.just(()))


def filters_over(one: Held) -> st.SearchStrategy[AwardFilters]:
    categories = sorted({code for row in one.tables["infrastructure"] for code in row["category_codes"]})
    years = st.sampled_from([None, None, None, 1989, 2005, 2012, 2019, 2025])
    return st.builds(
        AwardFilters,
        q=st.sampled_from(["", "", "", "", "open", "data edition", "research -open", "%"]),
        infrastructure=some(one.values("support", "infrastructure_id"), 4),
        funder=some([*one.values("award", "funder_organisation_id"), "unknown"], 4),
        recipient=some([*one.values("award", "recipient_organisation_id")[:20], "unknown"], 4),
        region=some([*REGION_CODES]),
        funder_country=some([*one.values("organisation", "country_code"), "unknown"], 4),
        country=some([*one.values("award", "recipient_country_code"), "unknown"], 4),
        category=some(categories),
        year_from=years,
        year_to=years,
        undated=st.sampled_from(["", "", "", "", "", "yes"]),
        source=some(one.values("award", "source")),
        decision=st.sampled_from([*DECISIONS, "any", *["supports"] * 4]),
        support_type=some([*SUPPORT_TYPES]),
        amount_status=some([*AMOUNT_STATUS]),
        counted=st.sampled_from(["", "", "", "", "yes", "no"]),
        rule=st.sampled_from(RULES),
        prices=st.sampled_from([None, None, *PRICE_LEVELS]),
        sort=st.sampled_from(["", "largest", "title"]),
    )


@settings(
    max_examples=1000, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(data=st.data())
def test_the_headline_is_the_sum_of_the_file_and_what_is_left_out_says_why(
    releases: list[Held], data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(releases).map(Chosen)).held
    filters = data.draw(filters_over(one))
    found = matching(one.release, filters.q).ids
    expected = matched(one.tables, filters, None if found is None else set(found))
    cells = sorted(map(cells_of, expected))
    total = award_total(one.release, filters)

    schema, batches = every_row(one.release, filters)
    rows = list(batches)  # asked for once: the formats write what a download streams
    for form in FORMATS:
        if form != "xlsx" or total.awards <= MOST_ROWS_OF_A_BOOK:
            assert read(schema, rows, form) == cells, form
    assert_adds_up(total, expected)
    for groups in (by_year(one.release, filters), by_funder(one.release, filters)):
        assert sum(row["awards"] for row in groups) == total.awards
        assert sum(row["counted_usd"] for row in groups) == total.counted_usd


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("prices", [None, 2020])
def test_a_spreadsheet_of_everything_has_the_same_rows(releases: list[Held], rule: str, prices: int | None) -> None:
    filters = AwardFilters(decision="any", rule=rule, prices=prices)
    for one in releases:
        schema, batches = every_row(one.release, filters)
        assert read(schema, batches, "xlsx") == sorted(map(cells_of, matched(one.tables, filters)))


def test_every_reason_and_every_corner_is_met(releases: list[Held]) -> None:
    made = releases[1].tables
    rows = matched(made, AwardFilters(decision="any", rule="single_only", prices=2020))
    assert {row["not_counted_because"] for row in rows} == {None, *NOT_COUNTED}
    assert {row["region"] for row in made["organisation"]} == {None, *REGION_CODES.values()} - {"unknown"}
    assert len({row["currency"] for row in made["award"]}) > len(AMOUNT_STATUS)
    assert any(row["award_year"] is None for row in made["award"])
    assert max(Counter(row["award_id"] for row in made["support"] if row["decision"] == "supports").values()) > 2


class Chosen:
    """A release that an example is about; its rows would fill the screen where the example is told."""

    def __init__(self, one: Held) -> None:
        self.held = one

    def __repr__(self) -> str:
        return self.held.release.release_id


def assert_adds_up(total: Total, expected: list[Row]) -> None:
    reasons = Counter(row["not_counted_because"] for row in expected)
    assert total.counted_usd == sum((row["counted_usd"] or ZERO for row in expected), ZERO)
    assert (total.awards, total.counted) == (len(expected), reasons.pop(None, 0))
    assert reasons == Counter({name: getattr(total, name) for name in NOT_COUNTED})
    assert total.not_counted == sum(getattr(total, name) for name in NOT_COUNTED)


def read(schema: pa.Schema, batches: Iterable[pa.RecordBatch], form: str) -> Cells:
    """Write the download in a format, and read it back as one that takes it would."""
    content = b"".join(FORMATS[form].bytes_of(schema, batches, about={"release_id": "one", "query": "any"}))
    return sorted(map(cells_of, READERS[form](content)))


def cells_of(row: Row) -> tuple[str, str, str]:
    usd = row["counted_usd"]
    return row["award_id"], "" if usd in (None, "") else f"{Decimal(str(usd)):.2f}", row["not_counted_because"] or ""


def from_book(content: bytes) -> list[Row]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheet: Any = book.get_sheet_by_index(0).to_python()
    heading, *rows = sheet
    return [dict(zip(heading, row, strict=True)) for row in rows]


READERS: dict[str, Callable[[bytes], list[Any]]] = {
    "csv": lambda content: list(csv.DictReader(io.StringIO(content.decode(), newline=""))),
    "jsonl": lambda content: [json.loads(line, parse_float=Decimal) for line in content.decode().splitlines()],
    "parquet": lambda content: pq.read_table(pa.BufferReader(content)).to_pylist(),
    "xlsx": from_book,
}
