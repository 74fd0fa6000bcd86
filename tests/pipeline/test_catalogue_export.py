"""What the catalogue hands over takes the place of what the definitions say."""

import json
from pathlib import Path

import pyarrow.parquet as pq

from infracommons.pipeline.run import Job, make_release

ROOT = Path(__file__).parents[2]
ENTRY = {"infrastructure_id": "arxiv", "aliases": [], "summary": "A server of preprints.", "category_codes": []}


def test_of_two_exports_the_newest_counts_whatever_their_order_and_the_steward_keeps_its_ror(
    golden_raw: Path, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    (raw / "catalogue").mkdir(parents=True)
    (raw / "nsf").symlink_to(golden_raw / "nsf")
    for name, moment in (("Old name", "2026-11-20T10:00:00+00:00"), ("New name", "2026-11-21T10:00:00+00:00")):
        steward = {"steward_name": "Cornell University", "steward_organisation_id": "https://ror.org/05bnh6r87"}
        line = json.dumps(ENTRY | steward | {"name": name, "exported_at": moment})
        # The older one comes last by file name, and by its text.
        (raw / "catalogue" / f"catalogue_{name[::-1]}.jsonl").write_text(line + "\n", encoding="utf-8")
    folder = make_release(Job(raw, tmp_path / "releases", ROOT / "definitions"))
    rows = pq.read_table(folder / "infrastructure.parquet").to_pylist()
    arxiv = next(row for row in rows if row["infrastructure_id"] == "arxiv")
    assert arxiv["name"] == "New name"
    assert arxiv["steward_organisation_id"] == "ror:05bnh6r87"
