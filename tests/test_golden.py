"""Every source's golden folder: raw files in the publisher's own shape in, contract rows and exclusions out.

`tests/golden/<source>/raw/` holds the files, `expected.json` what must come of them. After a change that is meant,
`INFRACOMMONS_WRITE_GOLDEN=1 pytest tests/test_golden.py` writes `expected.json` anew; read the difference before you
commit it.
"""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from infracommons.pipeline.raw import documents
from infracommons.pipeline.source import all_sources
from infracommons.pipeline.stages.normalise import CONTRACTS, normalise

GOLDEN = Path(__file__).parent / "golden"
WRITE = os.environ.get("INFRACOMMONS_WRITE_GOLDEN") == "1"
MOST = 25  # few enough to be read and to run on two engines


def result(name: str, work: Path) -> dict[str, Any]:
    """Return what the source's golden raw files give, as JSON holds it."""
    source = all_sources()[name]
    shutil.copytree(GOLDEN / name / "raw", work / "raw" / name)
    (work / "out").mkdir()
    normalised = normalise([source], work / "raw", work / "out")
    rows = [row for path in normalised.files.get(source.gives, []) for row in pq.read_table(path).to_pylist()]
    columns = [column.name for column in CONTRACTS[source.gives].columns]
    return {
        "rows": [{column: _plain(row[column]) for column in columns} for row in rows],
        "exclusions": [[row["record_id"], row["reason_code"]] for row in normalised.exclusions],
    }


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, bool, list)) else str(value)


@pytest.mark.parametrize("name", all_sources())
def test_a_sources_golden_files_give_the_expected_rows_and_exclusions(name: str, tmp_path: Path) -> None:
    assert (GOLDEN / name / "raw").is_dir(), f"source {name} needs tests/golden/{name}/raw with files in its shape"
    got = result(name, tmp_path)
    expected = GOLDEN / name / "expected.json"
    if WRITE:
        expected.write_text(json.dumps(got, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert got == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", all_sources())
def test_a_golden_folder_has_rows_and_few_enough_to_read(name: str) -> None:
    expected = json.loads((GOLDEN / name / "expected.json").read_text(encoding="utf-8"))
    assert expected["rows"]
    assert len(expected["rows"]) + len(expected["exclusions"]) <= MOST


@pytest.mark.parametrize("name", all_sources())
def test_a_golden_file_is_recognised_by_its_own_source_only(name: str) -> None:
    """`harvest` finds the source of a file by asking each; two that say yes would be a coin toss."""
    for path in sorted((GOLDEN / name / "raw").rglob("*")):
        for document in documents(path) if path.is_file() and "not_" not in path.name else ():
            takers = [source.name for source in all_sources().values() if source.recognise(document)]
            assert takers == [name], document.name
