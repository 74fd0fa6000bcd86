import csv
import hashlib
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from infracommons.insights.data_package import export_release, parquet_package
from infracommons.insights.formats import FORMATS
from infracommons.insights.package import contents
from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.tables import PUBLISHED


@pytest.fixture(scope="module")
def exported(golden_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("export") / "new"
    files = export_release(golden_release / "current", out, list(FORMATS))
    assert sorted(files) == sorted(out.iterdir()), "what is written is what is told, and nothing is left beside"
    return out


@pytest.fixture(scope="module")
def package(exported: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    return described


def test_every_table_is_there_in_every_format_with_its_size_and_checksum(
    exported: Path, package: dict[str, Any]
) -> None:
    paths = {r["path"] for r in package["resources"]}
    assert paths >= {f"{t.name}.{f}" for t in PUBLISHED for f in FORMATS}
    described = {"datapackage.json", "croissant.json", "ro-crate-metadata.json", "SHA256SUMS"}
    assert paths | described == {path.name for path in exported.iterdir()}
    for resource in package["resources"]:
        content = (exported / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


def test_a_schema_names_the_columns_of_its_file_and_the_key_of_its_contract(
    exported: Path, package: dict[str, Any]
) -> None:
    for table in PUBLISHED:
        (resource,) = (r for r in package["resources"] if r["path"] == f"{table.name}.csv")
        with (exported / resource["path"]).open(encoding="utf-8", newline="") as file:
            heading = next(csv.reader(file))
        assert [field["name"] for field in resource["schema"]["fields"]] == heading == table.schema.names
        assert resource["schema"]["primaryKey"] == list(table.key)
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_every_foreign_key_of_the_package_holds_in_its_files(exported: Path, package: dict[str, Any]) -> None:
    def values(table: str, column: str) -> set[str]:
        with (exported / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return {row[column] for row in csv.DictReader(file)} - {""}

    keys = [
        (r["name"], key["fields"], key["reference"]["resource"] or r["name"], key["reference"]["fields"])
        for r in package["resources"]
        if "schema" in r
        for key in r["schema"].get("foreignKeys", ())
    ]
    assert ("support", "award_id", "award", "award_id") in keys
    assert ("organisation", "parent_id", "organisation", "organisation_id") in keys
    for table, column, target, target_column in keys:
        assert values(table, column) <= values(target, target_column), (table, column)


def test_names_of_resources_are_unique_and_allowed(package: dict[str, Any]) -> None:
    names = [resource["name"] for resource in package["resources"]]
    assert len(set(names)) == len(names)
    assert {table.name for table in PUBLISHED} <= set(names)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-") for name in names)


def test_the_package_names_its_release_its_sources_and_their_licences(
    golden_release: Path, package: dict[str, Any]
) -> None:
    manifest = json.loads((golden_release / "current" / "release.json").read_bytes())
    assert package["id"] == package["version"] == manifest["release"]
    assert len(package["sources"]) == len(manifest["sources"])
    said = {licence.get("title") or licence["name"] for licence in package["licenses"]}
    assert said == {source["licence"] for source in manifest["sources"]}
    assert all("name" in licence or "path" in licence for licence in package["licenses"])
    assert all(place["path"].startswith("http") for place in package["sources"] if "path" in place)


def test_amounts_of_money_are_the_same_to_the_cent_in_csv_and_parquet(exported: Path) -> None:
    with (exported / "award.csv").open(encoding="utf-8", newline="") as file:
        from_csv = [Decimal(row["amount"]) if row["amount"] else None for row in csv.DictReader(file)]
    assert from_csv == pq.read_table(exported / "award.parquet").column("amount").to_pylist()


def test_a_package_of_parquet_alone_points_at_the_releases_own_files(golden_release: Path, exported: Path) -> None:
    folder = golden_release / "current"
    described = json.loads(parquet_package(folder))
    assert [r["name"] for r in described["resources"]] == [table.name for table in PUBLISHED]
    for resource in described["resources"]:
        assert resource["hash"] == "sha256:" + hashlib.sha256((folder / resource["path"]).read_bytes()).hexdigest()
        assert (exported / resource["path"]).read_bytes() == (folder / resource["path"]).read_bytes()


def test_the_same_format_twice_is_written_once(golden_release: Path, tmp_path: Path) -> None:
    files = export_release(golden_release / "current", tmp_path / "out", ["jsonl", "jsonl"])
    assert sum(path.suffix == ".jsonl" for path in files) == len(PUBLISHED)


def test_an_unknown_format_is_refused_before_anything_is_written(golden_release: Path, tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match="'ods': not a format; there are csv, jsonl, parquet, xlsx"):
        export_release(golden_release / "current", tmp_path / "out", ["csv", "ods"])
    assert not (tmp_path / "out").exists()
    with pytest.raises(UnusableInputError, match="'ods': not a format"):
        export_release(golden_release / "current", tmp_path / "out.zip", ["ods"])
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_ends_with_zip_is_one_file_with_the_same_files_in_it(
    golden_release: Path, exported: Path, tmp_path: Path
) -> None:
    (path,) = export_release(golden_release / "current", tmp_path / "all.zip", list(FORMATS))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        files = {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}
    same = {path.name: path.read_bytes() for path in exported.iterdir() if path.suffix in (".csv", ".md", ".parquet")}
    assert same.items() <= files.items()
    assert files.keys() == {path.name for path in exported.iterdir()}
    with pytest.raises(UnusableInputError, match="there already; name a new file"):
        export_release(golden_release / "current", path, ["csv"])


def test_what_breaks_off_leaves_no_file(golden_release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(contents, "as_json", full_disk)
    with pytest.raises(OSError, match="No space left"):
        export_release(golden_release / "current", tmp_path / "all.zip", ["parquet"])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(golden_release: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UnusableInputError, match="not empty; name a new folder"):
        export_release(golden_release / "current", tmp_path, ["csv"])
    with pytest.raises(UnusableInputError, match="not empty"):
        export_release(golden_release / "current", tmp_path / "mine.txt", ["csv"])
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_a_release_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(UnusableInputError, match=r"no readable release here; make one with `infracommons release`"):
        export_release(tmp_path / "current", tmp_path / "out", ["csv"])
