"""The Research Organization Registry: both schemas, whole dumps, and what a withdrawn record leads to."""

import json
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from infracommons.pipeline.source import all_sources
from infracommons.pipeline.sources import ror
from infracommons.pipeline.stages.normalise import normalise

REAL = Path(__file__).parents[4] / "shared" / "data" / "registry" / "ror_51k.jsonl.gz"


@pytest.mark.real_data
def test_every_real_organisation_of_both_schemas_is_read(tmp_path: Path) -> None:
    if not REAL.exists():
        pytest.skip(f"no real data at {REAL}")
    (tmp_path / "raw" / "ror").mkdir(parents=True)
    (tmp_path / "raw" / "ror" / REAL.name).symlink_to(REAL)
    result = normalise([all_sources()["ror"]], tmp_path / "raw", tmp_path)
    assert result.exclusions == []
    rows = pq.read_table(result.files["organisation"][0])
    assert rows.num_rows == pc.count_distinct(rows["ror_id"]).as_py() == 51_370
    statuses = {one["values"]: one["counts"] for one in rows["status"].value_counts().to_pylist()}
    assert statuses == {"active": 48_746, "withdrawn": 1_374, "inactive": 1_250}
    assert rows["country_code"].null_count == 0
    undated = pc.sum(pc.equal(rows["modified_on"], ror._UNDATED)).as_py()
    assert undated == 15_380  # those of schema 1


def test_every_question_of_the_harvest_is_asked_once_and_the_largest_country_is_split() -> None:
    asked = ror._filters()
    assert len(asked) == len(set(asked)) > 250
    assert "country.country_code:US" not in asked
    assert "country.country_code:US,types:education" in asked


def test_a_related_organisation_is_told_by_either_schemas_word() -> None:
    for word in ("Parent", "parent"):
        record = json.loads(json.dumps({"relationships": [{"type": word, "id": "https://ror.org/0parent00"}]}))
        assert ror._related(record, "parent") == "https://ror.org/0parent00"
