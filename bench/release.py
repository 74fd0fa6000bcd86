"""How long a whole release takes, how much memory, and how time grows with the input."""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

PART = 10  # one record of so many makes the small input


def measure_release(raw: Path) -> dict[str, float]:
    """Return seconds, peak memory in megabytes, and growth: time for the whole over ten times the time for a tenth.

    Growth of 1 is a straight line; the fixed costs (start, registry) make it less.
    """
    with tempfile.TemporaryDirectory() as folder:
        whole = _release(raw, Path(folder) / "whole")
        tenth = _release(_a_tenth(raw, Path(folder) / "raw"), Path(folder) / "tenth")
    return {
        "records": whole["records"],
        "seconds": whole["seconds"],
        "peak_mb": whole["peak_mb"],
        "seconds_of_a_tenth": tenth["seconds"],
        "records_of_a_tenth": tenth["records"],
        "growth": round(whole["seconds"] / tenth["seconds"] / (whole["records"] / tenth["records"]), 2),
    }


def _release(raw: Path, out: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "infracommons", "release", "--raw", str(raw), "--out", str(out), "--json"]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout  # noqa: S101 - asked for a line above
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        sys.exit(f"the release failed with status {status}")
    records = json.loads(said.splitlines()[-1])["records_in"]
    return {"records": records, "seconds": round(seconds, 1), "peak_mb": round(usage.ru_maxrss / 1024)}


def _a_tenth(raw: Path, small: Path) -> Path:
    """Keep every tenth record of the large sources; the registries and small files stay whole."""
    shutil.copytree(raw, small)
    for path in (small / "nsf").glob("*.zip"):
        _thin_zip(path)
    for path in (small / "ukri_gtr").iterdir():
        _thin_zip(path) if path.suffix == ".zip" else _thin_lines(path, header=0)
    for path in (small / "donations").iterdir():
        _thin_lines(path, header=1)
    for source in ("ioi_awards", "cdmrp", "oss_funding"):
        for path in (small / source).iterdir():
            _thin_lines(path, header=int(source != "ioi_awards"))
    return small


def _thin_zip(path: Path) -> None:
    path.chmod(0o644)
    thinned = path.with_suffix(".part")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(thinned, "w", zipfile.ZIP_DEFLATED) as part:
        for member in [m for m in whole.infolist() if not m.is_dir()][::PART]:
            part.writestr(member, whole.read(member))
    thinned.replace(path)


def _thin_lines(path: Path, *, header: int) -> None:
    """Keep some lines; a quoted record over several lines may break, which the release books like any other."""
    path.chmod(0o644)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as stream:
        lines = stream.readlines()
    with opener(path, "wb") as stream:
        stream.writelines(lines[:header] + lines[header::PART])
