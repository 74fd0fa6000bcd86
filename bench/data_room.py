"""How quickly the data room answers with a million awards, over HTTP from a second process, and what exports take."""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.catalogue import ROOT, asker, memory, served
from bench.million import AWARDS, INFRASTRUCTURES, SEED, generate

# Tables of the database, and the index of words, which `infracommons release` makes with a release.
_PREPARE = """
import os
from pathlib import Path
from infracommons.config.database import prepare
prepare([])
from infracommons.insights.award_index import ensure_index
from infracommons.insights.release import Releases
ensure_index(Releases(Path(os.environ["INFRACOMMONS_RELEASES"])).current(), is_kept=True)
"""
ROUNDS = 20  # of every page, after its first visit
FIRST_VISIT_MS, LATER_P95_MS = 2_000, 300
MOST_EXPORT_GROWTH_MB = 300
_PAGES = (
    "/funding/", "/funding/awards/", "/funding/awards/?page=2", "/funding/awards/?sort=largest",
    "/funding/awards/?q=archive+climate", "/funding/infrastructures/", "/funding/infrastructures/made-00001/",
    "/funding/funders/", "/funding/funders/org:made-00001/", "/funding/recipients/",
    "/funding/organisations/org:made-00001/", "/funding/what-for/", "/funding/where/", "/funding/years/",
    "/funding/risk/", "/funding/reliance/", "/funding/records/", "/funding/exclusions/", "/funding/downloads/",
    "/funding/charts/", "/policies/",
)  # fmt: skip
# Filters that no page was asked with before: what a reader who narrows waits for.
_NARROWED = (
    "/funding/?region=europe", "/funding/awards/?support_type=direct", "/funding/funders/?year_from=2015&rule=full",
    "/funding/years/?prices=2020", "/funding/infrastructures/?category=repository_service",
    "/funding/risk/?year_from=2012&rule=full", "/funding/risk/?region=europe", "/funding/what-for/?year_from=2014",
    "/funding/where/?decision=any", "/funding/infrastructures/?prices=2021", "/funding/?funder_country=US",
    "/funding/charts/matrix/?year_from=2015", "/funding/awards/?q=open+data&year_from=2010",
)  # fmt: skip
_EXPORTS = ("csv", "jsonl", "parquet", "xlsx")


def measure_data_room(folder: Path) -> dict[str, Any]:
    """Return milliseconds of every page, how many are over the limits, and seconds and memory of every export."""
    releases = (folder / f"{AWARDS}-{INFRASTRUCTURES}-{SEED}").resolve()
    if not (releases / "current").exists():
        generate(releases)
    environment = os.environ | {
        "INFRACOMMONS_RELEASES": str(releases),
        "DATABASE_URL": f"sqlite:///{folder.resolve() / 'data_room.sqlite3'}",
    }
    subprocess.run([sys.executable, "-c", _PREPARE], cwd=ROOT, env=environment, check=True)
    began = time.perf_counter()
    with served(environment) as (host, process):
        start = round(time.perf_counter() - began, 1)
        pages = _pages(host)
        print(json.dumps(pages, indent=1), file=sys.stderr)
        firsts = {path: taken[0] for path, taken in pages.items()}
        later = {path: _p95(taken[1:]) for path, taken in pages.items()}
        return {
            "awards": AWARDS,
            "seconds_to_start": start,
            "pages": len(pages),
            "slowest_first_visit_ms": max(firsts.values()),
            "first_visits_over_2_s": _over(firsts, FIRST_VISIT_MS),
            "slowest_p95_ms": max(later.values()),
            "p95_over_300_ms": _over(later, LATER_P95_MS),
            "memory_mb": memory(process),
            "exports": {form: _export(host, process, f"/funding/awards.{form}?decision=any") for form in _EXPORTS},
        }


def _over(taken: dict[str, float], limit: float) -> dict[str, float]:
    return {path: each for path, each in taken.items() if each > limit}


def _pages(host: str) -> dict[str, list[float]]:
    """Return the milliseconds of the first and of the later visits of every page."""
    from infracommons.exhibits.registry import exhibit_kinds  # noqa: PLC0415 - loads every kind

    ask = asker(host)
    paths = [*_PAGES, *(f"/funding/charts/{name}/" for name in exhibit_kinds()), *_NARROWED]
    return {path: [_milliseconds(ask, path) for _ in range(1 + ROUNDS)] for path in paths}


def _milliseconds(ask: Any, path: str) -> float:  # noqa: ANN401 - a function of a path
    began = time.perf_counter()
    ask(path)
    return round((time.perf_counter() - began) * 1000, 1)


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(0.95 * len(taken))]


def _export(host: str, process: int, path: str) -> dict[str, float]:
    """Take a file away; return its seconds, its size and by how much the server's memory grew at most."""
    before, began = memory(process), time.perf_counter()
    with _watched(process) as peak:
        size = _taken_away(host, path)
    seconds = round(time.perf_counter() - began, 1)
    return {"seconds": seconds, "megabytes": round(size / 2**20, 1), "memory_growth_mb": round(peak[0] - before, 1)}


def _taken_away(host: str, path: str) -> int:
    connection = http.client.HTTPConnection(host, timeout=600)
    connection.request("GET", path)
    answer = connection.getresponse()
    if answer.status != http.client.OK:
        message = f"{path} answered {answer.status}"
        raise RuntimeError(message)
    size = 0
    while piece := answer.read(1 << 20):
        size += len(piece)
    connection.close()
    return size


@contextmanager
def _watched(process: int) -> Iterator[list[float]]:
    """Give the most memory that the process had, in megabytes, as long as the block runs."""
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            peak[0] = max(peak[0], memory(process))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()
