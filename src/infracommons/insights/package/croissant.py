"""`croissant.json`: the package in the words of Croissant 1.0, so that tools for learning from data can load it."""

from collections.abc import Sequence
from typing import Any

from infracommons.insights.package import about
from infracommons.insights.package.part import PackedFile
from infracommons.insights.releases import Manifest
from infracommons.vocabulary.tables import Column, ColumnType, Table

CROISSANT = "croissant.json"
# The context that the specification prescribes, word for word.
_CROISSANT_TERMS = (
    "citeAs column examples extract field fileProperty fileObject fileSet format includes isLiveDataset jsonPath key "
    "md5 parentField path recordSet references regex repeated replace samplingRate separator source subField transform "
    "equivalentProperty"
)
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    **{term: f"cr:{term}" for term in _CROISSANT_TERMS.split()},
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
}
_TYPES: dict[ColumnType, str] = {
    "string": "sc:Text",
    "strings": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "money": "sc:Float",
    "rate": "sc:Float",
    "date": "sc:Date",
    "boolean": "sc:Boolean",
}
# What Croissant calls a format, where it is not what the register of media types does.
_MEDIA_TYPES = {"parquet": "application/x-parquet"}
_READ_FROM = ("parquet", "csv")  # typed columns first


def croissant(manifest: Manifest, files: Sequence[PackedFile]) -> dict[str, Any]:
    """Return the description: each file with its checksum, and each table with its columns.

    Which column names a row of which table is in the Frictionless descriptor only: Croissant's loader joins what
    refers, and cannot where a table refers to two.
    """
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": f"infracommons-release-{manifest['release']}",
        "description": about.DESCRIPTION,
        "citeAs": about.bibtex(manifest),
        "license": _licences(manifest),
        "creator": {"@type": "sc:Organization", "name": about.PUBLISHER},
        "publisher": {"@type": "sc:Organization", "name": about.PUBLISHER},
        "datePublished": about.made_on(manifest),
        "version": _version(manifest),
        "url": "./",
        "distribution": [_file(file) for file in files],
        "recordSet": _record_sets(files),
    }


def _licences(manifest: Manifest) -> list[str]:
    sources = about.licences(manifest["sources"])
    return [about.OWN_LICENCE_URL, *(about.licence_address(name, home) or name for name, home in sources.items())]


def _version(manifest: Manifest) -> str:
    """Return the day as a version of three numbers, which Croissant asks for; the name has the whole id."""
    year, month, day = about.made_on(manifest).split("-")
    return f"{year}.{int(month)}.{int(day)}"


def _file(file: PackedFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "description": file.part.description,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": _MEDIA_TYPES.get(file.part.format_name) or file.part.media_type.partition(";")[0],
        "sha256": file.sha256,
    }


def _record_sets(files: Sequence[PackedFile]) -> list[dict[str, Any]]:
    for format_name in _READ_FROM:
        tables = {f.part.table.name: f for f in files if f.part.table and f.part.format_name == format_name}
        if tables:
            return [_record_set(file) for file in tables.values()]
    return []


def _record_set(file: PackedFile) -> dict[str, Any]:
    table = file.part.table
    assert table is not None, file.path  # noqa: S101 - chosen by its table, just above
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.meaning,
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(file.path, table, column) for column in table.columns],
    }


def _field(path: str, table: Table, column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.meaning,
        "dataType": _TYPES[column.type],
        "source": {"fileObject": {"@id": path}, "extract": {"column": column.name}},
    }
    if column.type == "strings":
        described["repeated"] = True
    return described
