"""Every record of the real files is read: the counts, and what is set aside, are those a reader of the files finds."""

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from infracommons.pipeline.harvest import AUTO, harvest_from
from infracommons.pipeline.source import all_sources
from infracommons.pipeline.stages.normalise import normalise

DATA = Path(__file__).parents[4] / "shared" / "data"
# Source, files, records in, and those set aside by reason.
FILES = [
    ("ioi_awards", "grants/ioi_scrapers/arcadia*", 451, {}),
    ("ioi_awards", "grants/ioi_scrapers/dorrisduke*", 1537, {"bad_date": 3}),  # years 1
    ("ioi_awards", "grants/ioi_scrapers/helmsley*", 2717, {}),
    ("ioi_awards", "grants/ioi_scrapers/jsmf*", 590, {}),
    ("ioi_awards", "grants/ioi_scrapers/kress*", 166, {}),
    ("ioi_awards", "grants/ioi_scrapers/simons*", 45, {}),
    ("czi", "grants/ioi_scrapers/czi_grants.json.gz", 4178, {}),
    ("knight", "grants/ioi_scrapers/knight_grants.json.gz", 100, {}),
    ("donations", "grants/donations/knight*", 3863, {"bad_date": 7}),  # years 17 and 218
    ("donations", "grants/donations/nathan*", 6482, {"bad_amount": 21}),  # money given back
    ("donations", "grants/donations/open-phil*", 46, {}),
    ("donations", "grants/donations/sloan*", 1740, {}),
    ("donations", "grants/donations/templeton*", 940, {}),
    ("oss_funding", "grants/oss_funding.csv.gz", 5071, {}),
    ("nserc", "grants/native_samples/nserc_awards.csv", 5, {}),
    ("nwo", "grants/native_samples/nwo_projects.json", 5, {}),
    ("cdmrp", "grants/native_samples/cdmrp/*", 4303, {}),
]


@pytest.mark.parametrize(("name", "pattern", "records", "excluded"), FILES)
def test_every_record_of_a_real_file_is_read_or_set_aside_for_a_known_reason(
    name: str, pattern: str, records: int, excluded: dict[str, int], tmp_path: Path
) -> None:
    files = sorted(DATA.glob(pattern))
    if not files:
        pytest.skip(f"no real data at {DATA / pattern}")
    raw = tmp_path / "raw" / name
    raw.mkdir(parents=True)
    for file in files:
        (raw / file.name).symlink_to(file)
    result = normalise([all_sources()[name]], tmp_path / "raw", tmp_path)
    assert result.records_in[name] == records
    assert Counter(row["reason_code"] for row in result.exclusions) == excluded


def test_the_banks_whole_history_of_rates_is_read(tmp_path: Path) -> None:
    file = DATA / "registry" / "ecb_rates.csv"
    if not file.exists():
        pytest.skip(f"no real data at {file}")
    (tmp_path / "raw" / "ecb_rates").mkdir(parents=True)
    (tmp_path / "raw" / "ecb_rates" / "eurofxref-hist.csv").symlink_to(file)
    result = normalise([all_sources()["ecb_rates"]], tmp_path / "raw", tmp_path)
    assert result.exclusions == []
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    stated = sum(field not in {"", "N/A"} for line in lines for field in line.split(",")[1:])
    assert sum(pq.read_metadata(rates).num_rows for rates in result.files["rate"]) == stated > 200_000


# What each source takes of the real data, as its publisher gave it: path below the data, and the records in it.
HARVESTS = [
    ("nsf", "grants/nsf_2020.zip", 13_300),
    ("ukri_gtr", "grants/ukri", 46_733),
    ("threesixtygiving", "grants/threesixty", 2_516),
    ("ioi_awards", "grants/ioi_scrapers", 5_506),
    ("czi", "grants/ioi_scrapers/czi_grants.json.gz", 4_178),
    ("knight", "grants/ioi_scrapers/knight_grants.json.gz", 100),
    ("oss_funding", "grants/oss_funding.csv.gz", 5_071),
    ("nih_reporter", "grants/native_samples/nih_reporter_v2_project_sample.json", 1),
    ("nserc", "grants/native_samples/nserc_awards.csv", 5),
    ("nwo", "grants/native_samples/nwo_projects.json", 5),
    ("cdmrp", "grants/native_samples/cdmrp", 4_303),
    ("ror", "registry/ror_51k.jsonl.gz", 51_370),
]


@pytest.mark.parametrize(("name", "path", "records"), HARVESTS)
def test_each_source_takes_its_real_files_as_they_are(name: str, path: str, records: int, tmp_path: Path) -> None:
    if not (DATA / path).exists():
        pytest.skip(f"no real data at {DATA / path}")
    report = harvest_from(name, DATA / path, tmp_path)
    assert (report.records, {file.source for file in report.stored}) == (records, {name})
    assert not any(file.broken for file in report.stored)


def test_auto_finds_the_source_of_every_real_file_that_holds_awards(tmp_path: Path) -> None:
    if not (DATA / "grants").exists():
        pytest.skip(f"no real data at {DATA / 'grants'}")
    report = harvest_from(AUTO, DATA / "grants", tmp_path)
    # A sample that no source is for, a registry of files, and the schemas of the format.
    assert sorted(one.file for one in report.skipped) == [
        "native_samples/kaken_opensearch_sample_a.xml",
        "threesixty/registry_2021.json.gz",
        "threesixty/schema/360-giving-package-schema.json",
        "threesixty/schema/360-giving-schema.json",
        "threesixty/schema/codelists",
    ]
    assert report.records > 60_000
    assert len({file.source for file in report.stored}) == 12
