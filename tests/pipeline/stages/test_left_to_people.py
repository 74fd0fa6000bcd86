"""What no machine settled is published, until a person decides it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from infracommons.methods.organisations import NameSeen, Organisation, Registry, own
from infracommons.pipeline.assemble import in_force
from infracommons.pipeline.engine import Engine
from infracommons.pipeline.engines import open_engine
from infracommons.pipeline.stages.deduplicate import deduplicated
from infracommons.pipeline.stages.identify import decided
from infracommons.pipeline.stages.left_to_people import left_to_people
from infracommons.vocabulary.inputs import DECISION, RECORD

Row = dict[str, Any]
EMBL = Organisation("https://ror.org/03mstc592", "European Molecular Biology Laboratory", country_code="DE")
REGISTRY = Registry([EMBL])
SEEN = own(NameSeen("European Molecular Biology Laboratory Hamburg", None, "DE"))
MET = {SEEN.organisation_id: SEEN}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine("duckdb", tmp_path)
    yield opened
    opened.close()


def _record(record_id: str, **values: Any) -> Row:
    source = record_id.split(":", 1)[0]
    return dict.fromkeys(RECORD.schema.names) | {
        "record_id": record_id, "source": source, "raw_file": "f", "raw_sha256": "0", "funder_name": "Sloan Foundation",
        "recipient_name": "Cornell University", "title": "arXiv", "award_year": 2020, "amount": Decimal(500),
        "currency": "USD",
    } | values  # fmt: skip


TWO = [
    _record("czi:1", start_date=date(2020, 1, 1), title="Physics preprints", description="A server of preprints."),
    _record("donations:9", start_date=date(2020, 9, 9), title="Maths", description="A journal of mathematics."),
]


def _decision(kind: str, **values: Any) -> Row:
    return dict.fromkeys(DECISION.schema.names) | {"decision_id": "d-1", "kind": kind, "reason": "seen"} | values


def _left(engine: Engine, decisions: list[Row], met: dict[str, Any]) -> list[Row]:
    table = engine.table(pa.Table.from_pylist(TWO, RECORD.schema))
    found = deduplicated(engine, table, [d for d in decisions if d["record_id"]])
    return left_to_people(engine, found.near, found.membership, decisions, met, REGISTRY)


def test_two_awards_that_may_be_one_are_left_with_their_records_and_the_reason(engine: Engine) -> None:
    (row,) = _left(engine, [], {})
    assert row["kind"] == "same_award"
    assert row["subject_id"] < row["other_id"]
    assert {row["subject_record_id"], row["other_record_id"]} == {"czi:1", "donations:9"}
    assert "same funder, recipient, year and amount" in row["reason"]


@pytest.mark.parametrize("kind", ["same_award", "different_award"])
def test_a_pair_that_a_person_decided_is_left_no_more(engine: Engine, kind: str) -> None:
    said = _decision(kind, record_id="donations:9", other_record_id="czi:1", decided_on=date(2026, 1, 1))
    assert _left(engine, [said], {}) == []


def test_a_name_is_left_with_the_organisations_that_it_may_mean(engine: Engine) -> None:
    row = next(row for row in _left(engine, [], MET) if row["kind"] == "same_organisation")
    assert (row["subject_id"], row["other_id"], row["other_name"]) == (SEEN.organisation_id, "ror:03mstc592", EMBL.name)
    assert 0.5 <= row["score"] < 1
    assert row["reason"].endswith("the same country")


def test_a_name_that_a_person_decided_is_left_no_more(engine: Engine) -> None:
    said = _decision("same_organisation", organisation_id=SEEN.organisation_id, value="none")
    assert [row["kind"] for row in _left(engine, [said], MET)] == ["same_award"]


def test_an_organisation_that_the_registry_lacks_is_told_and_its_decision_waits() -> None:
    said = [
        _decision("same_organisation", organisation_id=SEEN.organisation_id, value="ror:03mstc592"),
        _decision("same_organisation", organisation_id="org:other", value="ror:0aaaaaaa9", decision_id="d-2"),
        _decision("same_organisation", organisation_id="org:none", value="none", decision_id="d-3"),
    ]
    registry, waiting = decided(REGISTRY, said)
    assert registry.identify(NameSeen(SEEN.name, None, "DE")).ror_id == EMBL.ror_id
    (line,) = waiting
    assert line.startswith("decision d-2: value: 'ror:0aaaaaaa9'")


def test_of_several_exports_the_newest_line_of_a_decision_counts() -> None:
    def line(number: int, hour: int, kind: str = "support") -> Row:
        return _decision(kind, decision_id=f"desk-{number}", exported_at=f"2026-01-01T{hour:02}:00:00+00:00")

    held, gone, back = line(1, 1), line(2, 1), line(3, 1)
    later = [line(1, 2), line(2, 2, "withdrawn"), line(3, 2, "withdrawn")]
    again = line(3, 3)
    by_hand = [_decision("support", decision_id="d-1"), _decision("support", decision_id="d-2")]
    gone_by_hand = _decision("withdrawn", decision_id="d-2")
    found = in_force([again, held, gone, back, *later, *by_hand, gone_by_hand])
    assert [(row["decision_id"], row["exported_at"]) for row in found] == [
        ("d-1", None), ("desk-1", later[0]["exported_at"]), ("desk-3", again["exported_at"]),
    ]  # fmt: skip
