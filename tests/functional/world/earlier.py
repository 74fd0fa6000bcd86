"""An earlier release beside the golden one, so that there is something to compare: an award less, an amount less."""

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

EARLIER = "20200101T000000Z-0e0e0e0e"


def with_an_earlier(golden: Path, releases: Path) -> Path:
    """Copy the golden folder of releases to `releases`, write an earlier release there, and return the folder."""
    shutil.copytree(golden, releases, symlinks=True)
    folder = releases / EARLIER
    shutil.copytree((golden / "current").resolve(), folder, copy_function=shutil.copyfile)
    counted = sorted({row["award_id"] for row in pq.read_table(folder / "attribution.parquet").to_pylist()})
    gone, less = counted[0], counted[1]
    for name in ("award", "support", "attribution"):
        path = folder / f"{name}.parquet"
        rows = pq.read_table(path)
        kept = [_less(row) if row["award_id"] == less else row for row in rows.to_pylist() if row["award_id"] != gone]
        pq.write_table(pa.Table.from_pylist(kept, rows.schema), path)
    told = json.loads((folder / "release.json").read_bytes())
    told |= {"release": EARLIER, "made_at": "2020-01-01T00:00:00+00:00", "inputs": told["inputs"][1:]}
    for table in told["tables"]:
        if table["name"] in ("award", "support", "attribution"):
            table["sha256"] = "0" * 64
    (folder / "release.json").write_text(json.dumps(told))
    return releases


def _less(row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with half of its amounts."""
    amounts = {name: value for name, value in row.items() if isinstance(value, Decimal) and name != "fx_rate"}
    return row | {name: (value / 2).quantize(Decimal("0.01")) for name, value in amounts.items()}
