import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from infracommons.pipeline.evaluate.duplicates import evaluate
from infracommons.vocabulary.problems import UnusableInputError

SHARED = Path(__file__).parents[4] / "shared" / "data"
LABELS = ("same_award_transfer", "joint_or_linked_award_diff_org")


def line(identifier: str, host: str, start: str, end: str, value: str, person: str) -> dict[str, Any]:
    return {
        "id": identifier, "ref": "not read", "title": "Molecules in motion", "status": "Closed",
        "category": "Research Grant", "abstract": "How molecules move.", "start": start, "end": end, "value": value,
        "ftype": "INCOME_ACTUAL", "funder": "BBSRC", "funder_id": "F", "lead_org": host, "lead_org_id": host,
        "postcode": "", "pi_ids": [person], "orgs": [], "outputs": {},
    }  # fmt: skip


@pytest.fixture
def records(tmp_path: Path) -> Path:
    lines = [
        line("A", "Old University", "2010-01-01", "2010-12-31", "300000", "P1"),
        line("B", "New University", "2011-01-01", "2012-12-31", "200000", "P1"),
        line("C", "Partner University", "2010-01-01", "2012-12-31", "250000", "P2"),
    ]
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(one) for one in lines).encode()))
    return path


def pairs(folder: Path, *rows: str, header: str = "id_a,id_b,label") -> Path:
    path = folder / "pairs.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_labelled_pairs_are_scored_on_the_release_s_own_deduplication(records: Path, tmp_path: Path) -> None:
    gold = pairs(tmp_path, f"A,B,{LABELS[0]}", f"C,A,{LABELS[1]}", f"B,C,{LABELS[0]}")
    expected = {"n": 3, "precision": 1.0, "recall": 0.5, "f1": 0.6667, "pairs_not_in_records": 0}
    assert evaluate(gold, records) == expected


def test_a_pair_whose_record_is_not_there_is_counted_as_missing_and_as_two_awards(
    records: Path, tmp_path: Path
) -> None:
    figures = evaluate(pairs(tmp_path, f"A,GONE,{LABELS[0]}", f"GONE,LOST,{LABELS[0]}"), records)
    assert (figures["recall"], figures["pairs_not_in_records"]) == (0.0, 2)


def test_a_label_that_is_not_known_is_refused_with_its_row(records: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="row 3: label: 'maybe'"):
        evaluate(pairs(tmp_path, f"A,B,{LABELS[0]}", "A,C,maybe"), records)


def test_a_file_without_the_columns_is_refused_by_their_names(records: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="no column label"):
        evaluate(pairs(tmp_path, "A,B", header="id_a,id_b"), records)


def test_a_row_that_is_cut_short_is_refused(records: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="the row has 2 fields"):
        evaluate(pairs(tmp_path, "A,B"), records)


def test_records_of_no_source_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "records.jsonl"
    other.write_text('{"weather": "fine"}\n', encoding="utf-8")
    with pytest.raises(UnusableInputError, match="not in the format of any source"):
        evaluate(pairs(tmp_path, f"A,B,{LABELS[0]}"), other)


@pytest.mark.real_data
def test_awards_that_moved_are_told_from_partners_awards_on_the_labelled_pairs() -> None:
    gold, every = SHARED / "gold" / "duplicates.csv", SHARED / "grants" / "ukri" / "gtr_core.jsonl.gz"
    if not gold.exists() or not every.exists():
        pytest.skip(f"{SHARED} has no labelled pairs or no records")
    figures = evaluate(gold, every)
    assert figures["f1"] >= 0.95
    assert figures["pairs_not_in_records"] == 0
