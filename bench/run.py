"""Runs the benchmarks, or those that are named, and writes `work/bench.json`; figures are of one run."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.catalogue import measure_catalogue
from bench.data_room import measure_data_room
from bench.decisions import measure_decisions
from bench.equal_shares import measure_equal_shares
from bench.judging import measure_judging
from bench.matching import measure_matching
from bench.real_data import SHARED, raw_folder
from bench.release import measure_release
from bench.rounds import measure_rounds

OUT = Path("work/bench.json")
FOLDER = OUT.parent / "bench"
MEASURES: dict[str, Callable[[], dict[str, Any]]] = {
    "catalogue": lambda: measure_catalogue(FOLDER / "catalogue"),
    "data_room": lambda: measure_data_room(FOLDER / "data_room"),
    "matching": lambda: measure_matching(raw_folder(FOLDER / "raw")),
    "judging": measure_judging,
    "decisions": measure_decisions,
    "equal_shares": measure_equal_shares,
    "release": lambda: measure_release(raw_folder(FOLDER / "raw")),
    "rounds": measure_rounds,
}
NEEDS_REAL_DATA = {"matching", "judging", "release"}


def main() -> None:
    """Measure, print and write."""
    names = sys.argv[1:] or list(MEASURES)
    if unknown := set(names) - MEASURES.keys():
        sys.exit(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
    if NEEDS_REAL_DATA & set(names) and not SHARED.exists():
        sys.exit(f"{SHARED} is not here: these run on real award data; `catalogue` and `data_room` do not")
    FOLDER.mkdir(parents=True, exist_ok=True)
    figures = {name: MEASURES[name]() for name in names}
    OUT.write_text(json.dumps(figures, indent=2) + "\n")
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
