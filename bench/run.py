"""Runs every benchmark on the real data beside the project and writes `work/bench.json`; figures are of one run."""

import json
import sys
from pathlib import Path

from bench.judging import measure_judging
from bench.matching import measure_matching
from bench.real_data import SHARED, raw_folder
from bench.release import measure_release

OUT = Path("work/bench.json")


def main() -> None:
    """Measure, print and write."""
    if not SHARED.exists():
        sys.exit(f"{SHARED} is not here: the benchmarks run on real award data")
    OUT.parent.mkdir(exist_ok=True)
    raw = raw_folder(OUT.parent / "bench" / "raw")
    figures = {"matching": measure_matching(raw), "judging": measure_judging(), "release": measure_release(raw)}
    OUT.write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
