"""README, licences and dictionary say of a release what is so of it."""

import csv
import json
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from infracommons.insights.releases import StoredRelease
from infracommons.vocabulary.tables import RULES


def test_the_readme_adds_up_as_the_release_does(packed: Path, stored: StoredRelease) -> None:
    text = (packed / "README.md").read_text(encoding="utf-8")
    counts = stored.manifest["counts"]
    parts = (f"{counts[part]:,} {part}" for part in ("canonical", "duplicate", "instalment", "excluded"))
    assert f"{counts['records_in']:,} records in = {' + '.join(parts)}" in text
    reasons = Counter((r["stage"], r["reason_code"]) for r in pq.read_table(stored.path("exclusion")).to_pylist())
    for (stage, reason), number in reasons.items():
        assert f"| {stage} | {reason} | {number:,} |" in text
    for rule in RULES:
        assert f"USD {stored.manifest['totals_usd'][rule]}" in text
    for warning in stored.manifest["warnings"]:
        assert warning in text
    assert "Unknown is never zero" in text


def test_the_readme_names_every_file(packed: Path) -> None:
    text = (packed / "README.md").read_text(encoding="utf-8")
    for path in packed.iterdir():
        named = path.name if path.suffix not in (".csv", ".parquet") else path.stem
        assert path.name == "README.md" or f"`{path.name}`" in text or f"`{named}`" in text, path.name


def test_every_source_is_named_with_its_licence(packed: Path, stored: StoredRelease) -> None:
    for name in ("README.md", "LICENSE.md"):
        text = (packed / name).read_text(encoding="utf-8")
        for told in stored.manifest["sources"]:
            assert f"| {told['source']} | {told['publisher']} | {told['licence']} |" in text


def test_the_dictionary_has_every_column_of_every_file(packed: Path, stored: StoredRelease) -> None:
    with (packed / "data_dictionary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    text = (packed / "data_dictionary.md").read_text(encoding="utf-8")
    told = {(row["table"], row["column"]) for row in rows}
    names = [table["name"] for table in stored.manifest["tables"]]
    there = {(name, column) for name in names for column in pq.read_schema(stored.path(name)).names}
    assert told == there
    assert all(row["meaning"] for row in rows)
    for table, column in there:
        assert f"| `{column}` |" in text.split(f"## {table}\n")[1]


def test_descriptions_agree_on_the_checksum_of_each_table(packed: Path) -> None:
    frictionless = json.loads((packed / "datapackage.json").read_bytes())
    croissant = json.loads((packed / "croissant.json").read_bytes())
    first = {r["path"]: r["hash"].removeprefix("sha256:") for r in frictionless["resources"]}
    second = {f["contentUrl"]: f["sha256"] for f in croissant["distribution"]}
    lines = (packed / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: checksum for checksum, name in (line.split("  ") for line in lines)}
    assert first.items() <= sums.items()
    assert second.items() <= sums.items()
