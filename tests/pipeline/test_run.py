"""Makes whole releases from the golden files of all sources: what must hold of any release."""

import csv
import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from infracommons.pipeline.run import Job, make_release
from infracommons.vocabulary.inputs import DECISION
from infracommons.vocabulary.tables import PUBLISHED

DEFINITIONS = Path(__file__).parents[2] / "definitions"
OWN = "identifier,funder_name,recipient_name,title,start_date,end_date,amount,currency,source_url,licence"


def _rows(release: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(release / f"{table}.parquet").to_pylist()
    return rows


def _own(raw: Path, *lines: str, name: str = "ours.csv") -> Path:
    folder = raw / "award_table"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join([OWN, *lines]) + "\n")
    return raw


def _make(raw: Path, releases: Path, **options: Any) -> Path:
    return make_release(Job(raw, releases, DEFINITIONS, **options))


ZENODO = "1,Fund A,CERN,Zenodo as a repository for all research data,2020-01-03,2021-01-02,100.00,USD,,"


def test_every_input_record_has_one_fate(golden_release: Path) -> None:
    release = golden_release / "current"
    counts = json.loads((release / "release.json").read_bytes())["counts"]
    in_awards = [row["record_id"] for row in _rows(release, "award_record")]
    left_out = [r["record_id"] for r in _rows(release, "exclusion") if r["stage"] in ("normalise", "match")]
    assert len(set(in_awards)) == len(in_awards)
    assert not set(in_awards) & set(left_out)
    assert counts["records_in"] == counts["canonical"] + counts["duplicate"] + counts["instalment"] + counts["excluded"]
    assert counts["canonical"] + counts["duplicate"] + counts["instalment"] == len(in_awards)
    assert min(counts[role] for role in ("canonical", "duplicate", "instalment", "excluded")) > 0


def test_every_award_is_in_a_total_or_says_why_not(golden_release: Path) -> None:
    release = golden_release / "current"
    counted = {row["award_id"] for row in _rows(release, "attribution")}
    excused = {row["record_id"] for row in _rows(release, "exclusion")}
    for record in _rows(release, "award_record"):
        assert record["award_id"] in counted or record["record_id"] in excused


def test_totals_by_rule_are_the_sums_of_the_rows(golden_release: Path) -> None:
    release = golden_release / "current"
    totals = json.loads((release / "release.json").read_bytes())["totals_usd"]
    for rule in ("full", "equal_split", "documented_share", "single_only"):
        rows = [row["amount_usd"] for row in _rows(release, "attribution") if row["rule"] == rule]
        assert Decimal(totals[rule]) == sum(rows)
    assert Decimal(totals["equal_split"]) == Decimal(totals["unique_awards"])


def test_a_mention_is_where_it_says(golden_release: Path) -> None:
    release = golden_release / "current"
    records = {row["record_id"]: row for row in _rows(release, "award_record")}
    mentions = _rows(release, "mention")
    assert mentions
    for mention in mentions:
        text = records[mention["record_id"]][mention["field"]]
        assert text[mention["start"] : mention["end"]] == mention["text"]


def test_no_investigator_reaches_the_published_tables(golden_release: Path) -> None:
    columns = {column.name for table in PUBLISHED for column in table.columns}
    assert not {"people", "investigator_keys"} & columns
    for table in PUBLISHED:
        assert "investigator_keys" not in pq.read_schema(golden_release / "current" / f"{table.name}.parquet").names


def test_a_second_run_on_the_same_input_gives_the_same_bytes(
    golden_raw: Path, golden_release: Path, tmp_path: Path
) -> None:
    again = _make(golden_raw, tmp_path)
    for table in PUBLISHED:
        name = f"{table.name}.parquet"
        assert (again / name).read_bytes() == (golden_release / "current" / name).read_bytes(), name


def test_an_award_keeps_its_id_when_a_richer_duplicate_joins_it(tmp_path: Path) -> None:
    raw, releases = _own(tmp_path / "raw", ZENODO), tmp_path / "releases"
    (first,) = _rows(_make(raw, releases), "award")
    _own(raw, ZENODO.replace("1,", "1,", 1), name="a_second_copy.csv")
    release = _make(raw, releases)
    (award,) = _rows(release, "award")
    assert award["award_id"] == first["award_id"]
    assert sorted(row["role"] for row in _rows(release, "award_record")) == ["canonical", "duplicate"]


def test_an_amount_is_converted_at_the_dated_rate_that_stands_on_the_row(tmp_path: Path) -> None:
    raw = _own(tmp_path / "raw", ZENODO.replace("USD", "GBP"))
    (raw / "ecb_rates").mkdir()
    (raw / "ecb_rates" / "rates.csv").write_text("Date,USD,GBP,\n2020-01-03,1.1147,0.85115,\n")
    (award,) = _rows(_make(raw, tmp_path / "releases"), "award")
    assert award["amount_status"] == "known"
    assert award["amount_usd"] == (award["amount"] * award["fx_rate"]).quantize(Decimal("0.01")) == Decimal("130.96")


def test_no_amount_is_a_status_and_an_exclusion_never_a_zero(tmp_path: Path) -> None:
    release = _make(_own(tmp_path / "raw", ZENODO.replace("100.00,USD", ",")), tmp_path / "releases")
    (award,) = _rows(release, "award")
    assert (award["amount_usd"], award["amount_status"]) == (None, "unknown")
    assert [(r["stage"], r["reason_code"]) for r in _rows(release, "exclusion")] == [("convert", "no_amount")]


def _decided(tmp_path: Path, *decisions: list[str], award: str = ZENODO) -> Path:
    """Make a release of one award with people's decisions beside it."""
    definitions = tmp_path / "definitions"
    shutil.copytree(DEFINITIONS, definitions)
    with (definitions / "corrections" / "ours.csv").open("w", newline="") as lines:
        csv.writer(lines).writerows([DECISION.schema.names[:8], *decisions])
    return make_release(Job(_own(tmp_path / "raw", award), tmp_path / "releases", definitions))


def _decision(number: str, kind: str, value: str, day: str) -> list[str]:
    return [number, kind, "award_table:1", "", "zenodo", value, f"reason {number}", day]


def test_a_person_wins_over_the_model_whose_word_stays_beside(tmp_path: Path) -> None:
    (support,) = _rows(_decided(tmp_path, _decision("d1", "support", "rejected", "2026-01-05")), "support")
    assert (support["decision"], support["decided_by"], support["reason"]) == ("rejected", "person", "reason d1")
    assert support["probability"] is not None
    assert support["model_decision"] == "supports"
    assert support["model_reason"]


def test_the_later_of_two_decisions_counts_whatever_their_numbers(tmp_path: Path) -> None:
    later = _decision("10", "support", "rejected", "2026-05-01")
    (support,) = _rows(_decided(tmp_path, later, _decision("9", "support", "supports", "2020-01-01")), "support")
    assert support["decision"] == "rejected"


def test_a_persons_kind_and_share_count(tmp_path: Path) -> None:
    kind, share = _decision("1", "support_type", "adopt", ""), _decision("2", "share", "25.50", "")
    release = _decided(tmp_path, kind, share)
    (support,) = _rows(release, "support")
    assert (support["support_type"], support["activity"]) == ("adopt", None)
    assert (support["share_usd"], support["share_basis"]) == (Decimal("25.50"), "documented")
    counted = {row["rule"]: row["amount_usd"] for row in _rows(release, "attribution")}
    assert (counted["documented_share"], counted["full"]) == (Decimal("25.50"), Decimal(100))


@pytest.mark.parametrize(
    ("award", "said"), [(ZENODO, "which has 100.00"), (ZENODO.replace("100.00,USD", ","), "no amount")]
)
def test_a_share_that_is_no_part_of_the_award_is_not_used_and_said(tmp_path: Path, award: str, said: str) -> None:
    release = _decided(tmp_path, _decision("s1", "share", "999.00", "2026-01-05"), award=award)
    assert [row["share_basis"] for row in _rows(release, "support")] in (["single"], ["not_known"])
    (warning,) = json.loads((release / "release.json").read_bytes())["warnings"]
    assert "decision s1" in warning
    assert said in warning


def test_a_release_of_nothing_is_a_release(tmp_path: Path) -> None:
    release = _make(tmp_path / "raw", tmp_path / "releases")
    assert json.loads((release / "release.json").read_bytes())["counts"]["records_in"] == 0


def _command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "infracommons", *map(str, arguments)]


@contextmanager
def _small_files(size: int) -> Iterator[None]:
    """Let no file grow beyond the size, as on a disk that is full; the limit is inherited by what is started."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [500, 5_000, 30_000])
def test_a_disk_that_fills_leaves_the_release_before_whole_and_says_so(
    tmp_path: Path, golden_raw: Path, size: int
) -> None:
    releases = tmp_path / "releases"
    before = _make(_own(tmp_path / "raw", ZENODO), releases)
    with _small_files(size):
        arguments = ("release", "--raw", golden_raw, "--out", releases, "--definitions", DEFINITIONS)
        done = subprocess.run(_command(*arguments), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "nothing was published" in done.stderr.splitlines()[-1]
    assert (releases / "current").resolve() == before
    assert {p.name for p in releases.iterdir()} == {".lock", "current", before.name}


def test_the_command_prints_one_json_object_last(tmp_path: Path) -> None:
    raw = _own(tmp_path / "raw", ZENODO)
    arguments = ("release", "--raw", raw, "--out", tmp_path / "out", "--definitions", DEFINITIONS, "--json")
    done = subprocess.run(_command(*arguments), capture_output=True, text=True, check=True)
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["records_in"] == said["canonical"] == said["awards"] == said["supports"] == 1
    assert {"release", "path", "duplicate", "instalment", "excluded", "seconds"} <= said.keys()
    assert (Path(said["path"]) / "release.json").exists()


def test_unusable_definitions_end_with_status_2_and_one_line(tmp_path: Path) -> None:
    raw = _own(tmp_path / "raw", ZENODO)
    done = subprocess.run(
        _command("release", "--raw", raw, "--out", tmp_path / "out", "--definitions", tmp_path),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert f"{tmp_path / 'catalogue'}: no definitions here" in done.stderr
