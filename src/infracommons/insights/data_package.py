"""Exports a release as open data: files in the formats asked for, and the Frictionless data package that says so."""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from infracommons.insights.export_folder import open_export
from infracommons.insights.formats import FORMATS
from infracommons.insights.table_schema import table_schema
from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.release_files import MANIFEST
from infracommons.vocabulary.tables import PUBLISHED, Table

DESCRIPTOR = "datapackage.json"
_ROWS_A_BATCH = 10_000
_NOTES = {
    "csv": "An unknown value is an empty cell; a list is JSON. Text that begins with =, +, -, @, a tab or a line break "
    "has an apostrophe before it, so that no spreadsheet runs it.",
    "jsonl": "One JSON object a line; an unknown value is null, amounts have all their digits.",
    "parquet": "The release's own file, byte for byte.",
    "xlsx": "An unknown value is an empty cell; a list is JSON; a text longer than a cell holds is cut and says so.",
}


@dataclass(frozen=True)
class WrittenFile:
    """A file of the package: which table in which format, its size in bytes and its SHA-256."""

    table: Table
    format_name: str
    path: str
    size: int
    sha256: str


def export_release(release_folder: Path, out: Path, formats: Sequence[str]) -> list[Path]:
    """Write every table of the release in every format, then `datapackage.json`, into the empty or new folder `out`.

    Raises UnusableInputError where there is no whole release, an unknown format, or something in `out` already.
    """
    manifest = _manifest(release_folder)
    names = open_export(out, formats, known=FORMATS, of="release")
    written = [_write(release_folder, table, name, out) for table in PUBLISHED for name in names]
    descriptor = out / DESCRIPTOR
    descriptor.write_text(_as_json(package(manifest, written)), encoding="utf-8")
    return [*(out / file.path for file in written), descriptor]


def parquet_package(release_folder: Path) -> str:
    """Return the descriptor, as JSON, of the release's own Parquet files where they lie."""
    manifest = _manifest(release_folder)
    checksums = {told["name"]: told["sha256"] for told in manifest["tables"]}
    files = [
        WrittenFile(table, "parquet", path.name, path.stat().st_size, checksums[table.name])
        for table in PUBLISHED
        for path in [release_folder / f"{table.name}.parquet"]
    ]
    return _as_json(package(manifest, files))


def package(manifest: Mapping[str, Any], files: Sequence[WrittenFile]) -> dict[str, Any]:
    """Return the descriptor: release, sources and their licences, and each file with schema, size and checksum."""
    return {
        "profile": "data-package",
        "name": f"infracommons-release-{manifest['release'].lower()}",
        "id": manifest["release"],
        "title": "Awards to open infrastructure",
        "description": "Awards that name an open infrastructure, with the records, mentions, decisions and shares "
        "behind them, and every record that counts in no total with the reason.",
        "version": manifest["release"],
        "created": manifest["made_at"],
        "licenses": _licences(manifest["sources"]),
        "sources": [_source(told) for told in manifest["sources"]],
        "resources": [_resource(file, name) for file, name in zip(files, _names(files), strict=True)],
    }


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        message = f"{folder}: no readable release ({error}); make one with `infracommons release`"
        raise UnusableInputError(message) from error
    return manifest


def _write(release_folder: Path, table: Table, format_name: str, out: Path) -> WrittenFile:
    """Write one table beside, under its name only once it is whole."""
    source = release_folder / f"{table.name}.parquet"
    target = out / f"{table.name}.{format_name}"
    partial = target.with_name(f".{target.name}.part")
    if format_name == "parquet":
        shutil.copyfile(source, partial)
    else:
        with pq.ParquetFile(source) as rows, partial.open("wb") as file:
            batches = rows.iter_batches(_ROWS_A_BATCH)
            file.writelines(FORMATS[format_name].bytes_of(rows.schema_arrow, batches))
    partial.replace(target)
    return WrittenFile(table, format_name, target.name, target.stat().st_size, _sha256(target))


def _names(files: Sequence[WrittenFile]) -> list[str]:
    """Give a table's first file the name of the table, to which foreign keys point, and the others their format too."""
    tables = [file.table.name for file in files]
    return [
        name if name not in tables[:place] else f"{name}-{files[place].format_name}"
        for place, name in enumerate(tables)
    ]


def _resource(file: WrittenFile, name: str) -> dict[str, Any]:
    form = FORMATS[file.format_name]
    media_type, _, charset = form.media_type.partition("; charset=")
    described: dict[str, Any] = {
        "name": name,
        "path": file.path,
        "title": f"{file.table.name.replace('_', ' ').capitalize()} ({form.label})",
        "description": f"{file.table.meaning} {_NOTES[file.format_name]}",
        "format": file.format_name,
        "mediatype": media_type,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": table_schema(file.table),
    }
    if file.format_name == "csv":
        described |= {"profile": "tabular-data-resource", "encoding": charset}
    return described


# A licence needs a name or a place; this is what the Open Definition calls one that each row states for itself.
NO_PLACE = {"name": "notspecified"}


def _licences(sources: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return each licence once; a name of one word is an identifier, anything else is said in words with the place."""
    found: dict[str, dict[str, str]] = {}
    for told in sources:
        licence = told["licence"]
        named = {"name": licence} if " " not in licence else {"title": licence, **(_place(told) or NO_PLACE)}
        found.setdefault(licence, named)
    return list(found.values())


def _source(told: Mapping[str, Any]) -> dict[str, str]:
    return {"title": f"{told['publisher']} ({told['source']}), {told['licence']}", **_place(told)}


def _place(told: Mapping[str, Any]) -> dict[str, str]:
    """Return the publisher's address; a format of our own has a page of our documents, which no package can name."""
    return {"path": told["homepage"]} if told["homepage"].startswith(("http://", "https://")) else {}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _as_json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
