"""Other people's validators accept the package: Frictionless, Croissant, coreutils."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from infracommons.insights.releases import StoredRelease

BIN = Path(sys.executable).parent
# What Croissant's own library reads of each table: how many records, and the columns of the first.
_READ = """
import json, sys, mlcroissant
dataset = mlcroissant.Dataset(sys.argv[1])
found = {}
for table in json.loads(sys.argv[2]):
    records = list(dataset.records(table))
    found[table] = [len(records), sorted(key.partition("/")[2] for key in records[0])]
print(json.dumps(found))
"""


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, timeout=120)


def test_frictionless_says_valid(packed: Path) -> None:
    done = run(BIN / "frictionless", "validate", packed / "datapackage.json", "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["valid"], report["errors"]) == (0, True, [])
    assert {task["name"]: task["errors"] for task in report["tasks"] if task["errors"]} == {}
    tables = {task["name"] for task in report["tasks"] if task["type"] == "table"}
    assert {"award", "support", "exclusion", "data_dictionary", "360giving-left-out"} <= tables


def test_frictionless_notices_a_changed_amount(packed: Path, tmp_path: Path) -> None:
    for path in packed.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    broken = (tmp_path / "attribution.csv").read_text().replace("equal_split", "guessed", 1)
    (tmp_path / "attribution.csv").write_text(broken)
    assert run(BIN / "frictionless", "validate", tmp_path / "datapackage.json", "--json").returncode == 1


def test_mlcroissant_says_valid(packed: Path) -> None:
    done = run(BIN / "mlcroissant", "validate", "--jsonld", packed / "croissant.json")
    assert (done.returncode, "Done." in done.stderr) == (0, True), done.stderr
    assert "WARNING" not in done.stderr.upper()


def test_croissants_library_reads_every_table(packed: Path, stored: StoredRelease) -> None:
    rows = {table["name"]: table["rows"] for table in stored.manifest["tables"] if table["rows"]}
    done = run(sys.executable, "-c", _READ, packed / "croissant.json", json.dumps(list(rows)))
    assert done.returncode == 0, done.stderr[-2000:]
    columns = {table.name: sorted(table.schema.names) for table in stored.tables}
    assert json.loads(done.stdout) == {name: [number, columns[name]] for name, number in rows.items()}


@pytest.mark.parametrize("spoilt", ["", "award.csv"])
def test_sha256sum_checks_every_other_file(packed: Path, tmp_path: Path, spoilt: str) -> None:
    for path in packed.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes() + (b" " if path.name == spoilt else b""))
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode == 0) == (spoilt == "")
    checked = {line.partition(":")[0] for line in done.stdout.splitlines()}
    assert checked == {path.name for path in packed.iterdir()} - {"SHA256SUMS"}
