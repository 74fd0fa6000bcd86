"""Releases made from the golden raw files, one after the other, with a record or a decision edited between them."""

import json
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from infracommons.insights.releases import StoredRelease, read_release
from infracommons.pipeline.run import Job, make_release

ROOT = Path(__file__).parents[2]
_AMOUNT = '"Amount": 400000, "Initiative": ["Science"], "EXTERNAL: Grant Description for Website": "to improve Jupyter'
_ADDED = (
    "Foundation of Nowhere,own-20,Zenodo as a repository for all research data,100.00,USD,2020-01-03,2021-01-02,,"
    "CERN,CH,,,,,,,,\n"
)


@dataclass(frozen=True)
class Edited:
    """A folder with three releases: the golden one; one amount changed; then one award in, one out, one decision."""

    folder: Path
    golden: StoredRelease
    amount: StoredRelease
    more: StoredRelease


@cache
def edited_releases(golden_raw: Path, golden_release: Path, out: Path) -> Edited:
    """Make them below `out`; the golden release is there already, and is copied."""
    folder, raw = out / "edited_releases", out / "edited_raw"
    golden = (golden_release / "current").resolve()
    shutil.copytree(golden, folder / golden.name)
    (folder / "current").symlink_to(golden.name)
    shutil.copytree(golden_raw, raw)
    _replace(raw / "czi" / "czi_grants.json", _AMOUNT, _AMOUNT.replace("400000", "450000"))
    amount = make_release(Job(raw, folder, ROOT / "definitions"))
    _replace(
        raw / "award_table" / "our_awards.csv",
        "Foundation of Nowhere,own-2,,",
        f"{_ADDED}Foundation of Nowhere,own-2,,",
    )
    _without_line(raw / "ioi_awards" / "arcadia_grants.jsonl", "ArcadiaFund-9001")
    _decide(raw / "curation" / "curation_2026-07-01.jsonl")
    more = make_release(Job(raw, folder, ROOT / "definitions"))
    return Edited(folder, read_release(folder / golden.name), read_release(amount), read_release(more))


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def _without_line(path: Path, with_text: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if with_text not in line]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), encoding="utf-8")


def _decide(path: Path) -> None:
    decision = {
        "decision_id": "d-100",
        "kind": "support",
        "record_id": "czi:recGolden02",
        "infrastructure_id": "biorxiv",
        "value": "supports",
        "reason": "Looked at the award's own page.",
        "decided_on": "2026-07-02",
    }
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(decision) + "\n")
