"""How quickly the catalogue answers with 10,000 infrastructures, asked over HTTP from a second process."""

import gzip
import hashlib
import http.client
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
INFRASTRUCTURES, SEED = 10_000, 20_261
TIMED, SOAKED = 400, 10_000
_GENERATE = """
import sys
from infracommons.config.database import prepare
prepare([])
from bench.catalogue_data import generate
generate(int(sys.argv[1]), int(sys.argv[2]))
"""
_WORDS = "open archive data repository preprint journal software identifier metadata library standard".split()
_FACETS: dict[str, tuple[str, ...]] = {
    "categories": ("repository_service", "repository_software", "publishing_system", "index_or_directory"),
    "code_repository": ("available", "in_progress", "unknown"),
    "country": ("US", "DE", "FR", "GB"),
    "maintenance_status": ("actively_maintained", "minimally_maintained"),
    "open_api": ("available", "considering"),
}


def measure_catalogue(folder: Path) -> dict[str, Any]:
    """Return the 95th percentiles in milliseconds, and the server's memory before and after many requests."""
    folder.mkdir(parents=True, exist_ok=True)
    database = folder.resolve() / f"{_key()}.sqlite3"
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "PYTHONPATH": f"{ROOT}"}
    _generate(database, environment)
    with served(environment) as (host, process):
        ask = asker(host)
        slugs = _slugs(ask)
        dice = random.Random(SEED)  # noqa: S311 - a draw of addresses, no secret
        kinds: dict[str, Callable[[], str]] = {
            "search_with_three_facets": lambda: _search(dice),
            "profile": lambda: f"/infrastructures/{dice.choice(slugs)}/",
            "compare_of_eight": lambda: f"/compare?ids={','.join(dice.sample(slugs, 8))}",
        }
        for make in kinds.values():
            ask(make())  # the first request of a kind loads templates and the index
        times = {f"{name}_p95_ms": _p95(ask, make) for name, make in kinds.items()}
        print(json.dumps(times), file=sys.stderr)
        before = memory(process)
        for number in range(SOAKED):
            ask(list(kinds.values())[number % len(kinds)]())
        return times | {"memory_before_mb": before, "memory_after_10000_requests_mb": memory(process)}


def _key() -> str:
    """Return a name for what is generated: by this code, from these definitions, into these tables."""
    files = [ROOT / "bench" / "catalogue_data.py", *sorted((ROOT / "definitions").rglob("*.yaml"))]
    files += sorted((ROOT / "src" / "infracommons" / "web" / "catalogue" / "migrations").glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _generate(database: Path, environment: dict[str, str]) -> None:
    if database.exists():
        return
    partial = database.with_suffix(".part")
    partial.unlink(missing_ok=True)
    command = [sys.executable, "-c", _GENERATE, str(INFRASTRUCTURES), str(SEED)]
    subprocess.run(command, cwd=ROOT, env=environment | {"DATABASE_URL": f"sqlite:///{partial}"}, check=True)
    partial.replace(database)


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Serve the site; give where it is and the process that serves it."""
    code = "from infracommons.config.serve import serve; serve(port=0)"
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://([\d.:]+)", said)
            if found is None:
                message = "the server did not start"
                raise RuntimeError(message)
            yield found[1], process.pid
        finally:
            process.terminate()


def asker(host: str) -> Callable[[str], bytes]:
    """Return a function that gets a path over one connection; what is not there raises RuntimeError."""
    connection = http.client.HTTPConnection(host, timeout=60)

    def ask(path: str) -> bytes:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            message = f"{path} answered {answer.status}"
            raise RuntimeError(message)
        return body

    return ask


def _slugs(ask: Callable[[str], bytes]) -> list[str]:
    sitemap = ask("/sitemap.xml")
    text = (gzip.decompress(sitemap) if sitemap[:2] == b"\x1f\x8b" else sitemap).decode()
    return re.findall(r"/infrastructures/([a-z0-9-]+)/<", text)


def _search(dice: random.Random) -> str:
    chosen = dice.sample(sorted(_FACETS), 3)
    facets = "&".join(f"{facet}={dice.choice(_FACETS[facet])}" for facet in chosen)
    return f"/infrastructures/?q={dice.choice(_WORDS)}&{facets}"


def _p95(ask: Callable[[str], bytes], make: Callable[[], str]) -> float:
    taken = []
    for _ in range(TIMED):
        address = make()
        began = time.perf_counter()
        ask(address)
        taken.append((time.perf_counter() - began) * 1000)
    return round(sorted(taken)[int(0.95 * len(taken))], 1)


def memory(process: int) -> float:
    """Return the megabytes that a process has in memory."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return round(int(found[1]) / 1024, 1) if found else 0.0
