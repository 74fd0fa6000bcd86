"""360Giving: JSON, spreadsheet and CSV of the same grants give the same rows."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from infracommons.pipeline.raw import documents
from infracommons.pipeline.source import all_sources
from infracommons.pipeline.spreadsheet import xlsx_rows
from infracommons.pipeline.stages.normalise import normalise

REAL = Path(__file__).parents[4] / "shared" / "data" / "grants" / "threesixty"
SOURCE = all_sources()["threesixtygiving"]
OF_THE_FILE = ("raw_file", "raw_sha256")


def rows(path: Path, work: Path) -> list[dict[str, Any]]:
    (work / "raw" / SOURCE.name).mkdir(parents=True)
    (work / "raw" / SOURCE.name / path.name).symlink_to(path)
    result = normalise([SOURCE], work / "raw", work)
    assert result.exclusions == []
    read = pq.read_table(result.files["record"][0]).drop_columns(list(OF_THE_FILE)).to_pylist()
    return sorted(read, key=lambda row: str(row["record_id"]))


@pytest.mark.real_data
@pytest.mark.parametrize(("name", "grants"), [("a001p00000zgyHZAAY", 783), ("a003W000001B7PzQAK", 475)])
def test_a_real_publishers_files_agree_in_all_three_shapes(name: str, grants: int, tmp_path: Path) -> None:
    if not REAL.exists():
        pytest.skip(f"no real data at {REAL}")
    sheet = tmp_path / "grants.csv"
    (document,) = documents(REAL / f"{name}.xlsx")
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(row for _, _, row in xlsx_rows(document))
    from_xlsx = rows(REAL / f"{name}.xlsx", tmp_path / "xlsx")
    assert len(from_xlsx) == grants
    assert rows(REAL / f"{name}.json.gz", tmp_path / "json") == from_xlsx
    assert rows(sheet, tmp_path / "csv") == from_xlsx


@pytest.mark.real_data
@pytest.mark.parametrize("name", ["registry_2021.json.gz", "schema/360-giving-schema.json"])
def test_the_registry_and_the_schema_are_no_grants(name: str) -> None:
    if not REAL.exists():
        pytest.skip(f"no real data at {REAL}")
    (document,) = documents(REAL / name)
    assert not SOURCE.recognise(document)


def test_a_row_that_is_not_whole_is_set_aside_with_its_place(tmp_path: Path) -> None:
    raw = tmp_path / "raw" / SOURCE.name
    raw.mkdir(parents=True)
    text = "Identifier,Title,Funding Org:Identifier,Funding Org:Name\nEX-1,Open,EX,Example\nEX-2,Open\n"
    (raw / "grants.csv").write_text(text, encoding="utf-8")
    result = normalise([SOURCE], tmp_path / "raw", tmp_path)
    (excluded,) = result.exclusions
    assert excluded["reason_code"] == "malformed_record"
    assert "row 3" in excluded["detail"]
    assert "the row has 2 fields, the header 4" in excluded["detail"]


def test_a_package_cut_in_the_middle_keeps_the_grants_before(tmp_path: Path) -> None:
    grants = [{"id": f"EX-{n}", "title": "Open", "fundingOrganization": [{"id": "EX", "name": "E"}]} for n in range(9)]
    raw = tmp_path / "raw" / SOURCE.name
    raw.mkdir(parents=True)
    content = json.dumps({"grants": grants}).encode()
    (raw / "grants.json.gz").write_bytes(gzip.compress(content[: content.index(b"EX-7")]))
    result = normalise([SOURCE], tmp_path / "raw", tmp_path)
    kept = pq.read_metadata(result.files["record"][0]).num_rows
    (excluded,) = result.exclusions
    assert (kept, excluded["reason_code"]) == (7, "damaged_file")
    assert "unreadable after record 7" in excluded["detail"]
