from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from infracommons.pipeline.engines import open_engine
from infracommons.pipeline.stages.classify import SCHEMA, classify
from infracommons.vocabulary.definitions import Host, Infrastructure

PLACE = pa.struct(
    [("field", pa.string()), ("start", pa.int64()), ("end", pa.int64()), ("text", pa.string()), ("rule", pa.string())]
)
PAIRS = pa.schema(
    [
        *((name, pa.string()) for name in ("award_id", "infrastructure_id", "title", "description", "recipient_name")),
        *((name, pa.string()) for name in ("funder_name", "programme")),
        ("start_date", pa.date32()),
        ("award_year", pa.int64()),
        ("mentions", pa.list_(PLACE)),
    ]
)
ARXIV = Infrastructure(
    "arxiv",
    "arXiv",
    "",
    "",
    (),
    hosts=(Host("Cornell University", "current"), Host("Old Laboratory", "founder")),
    launched=1991,
)


def pair(award_id: str, recipient: str | None, description: str, started: date | None = None) -> dict[str, Any]:
    start = description.index("arXiv")
    place = {"field": "description", "start": start, "end": start + 5, "text": "arXiv", "rule": "arxiv"}
    of_award = {"title": None, "funder_name": "A fund", "programme": None, "start_date": started, "award_year": None}
    return of_award | {
        "award_id": award_id, "infrastructure_id": "arxiv", "description": description, "recipient_name": recipient,
        "mentions": [place],
    }  # fmt: skip


@pytest.fixture
def classified(tmp_path: Path) -> Any:
    engine = open_engine("duckdb", tmp_path)

    def run(*pairs: dict[str, Any]) -> dict[str, dict[str, Any]]:
        table = classify(engine, engine.table(pa.Table.from_pylist(list(pairs), PAIRS)), [ARXIV])
        rows = engine.collect(table)
        assert rows.schema.names == SCHEMA.names
        return {row["award_id"]: row for row in rows.to_pylist()}

    yield run
    engine.close()


def test_each_pair_gets_a_kind_and_a_reason(classified: Any) -> None:
    fishes = "We study fishes in lakes. Papers will be posted on arXiv."
    rows = classified(pair("a", "Cornell University", "arXiv operating grant"), pair("b", "Another College", fishes))
    assert (rows["a"]["support_type"], rows["a"]["activity"]) == ("direct", "operations")
    assert (rows["b"]["support_type"], rows["b"]["activity"]) == ("adjacent", None)
    assert all(row["support_reason"] for row in rows.values())


def test_the_start_date_decides_whether_a_founder_is_long_gone(classified: Any) -> None:
    text = "We look at screens in many colours. The team will improve the arXiv software. " + "More of the same. " * 20
    rows = classified(
        pair("early", "Old Laboratory", text, date(1993, 1, 1)), pair("late", "Old Laboratory", text, date(2024, 1, 1))
    )
    assert {name: row["support_type"] for name, row in rows.items()} == {"early": "direct", "late": "adjacent"}


def test_no_pairs_give_no_rows(classified: Any) -> None:
    assert classified() == {}
