"""`datapackage.json`: the package in the words of Frictionless Data."""

from collections.abc import Mapping, Sequence
from typing import Any

from infracommons.insights.package import about
from infracommons.insights.package.part import PackedFile
from infracommons.insights.releases import Manifest

DESCRIPTOR = "datapackage.json"
# A licence needs a name or a place; this is what the Open Definition calls one that each row states for itself.
NO_PLACE = {"name": "notspecified"}
_DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n", "header": True}


def descriptor(manifest: Manifest, files: Sequence[PackedFile]) -> dict[str, Any]:
    """Return the descriptor: release, sources and their licences, and each file with size and checksum.

    CSV tables have a schema and can be validated; other files are described as files.
    """
    return {
        "profile": "data-package",
        "name": f"infracommons-release-{manifest['release'].lower()}",
        "id": manifest["release"],
        "title": about.TITLE,
        "description": about.DESCRIPTION,
        "version": manifest["release"],
        "created": manifest["made_at"],
        "licenses": _licences(manifest["sources"]),
        "sources": [_source(told) for told in manifest["sources"]],
        "resources": [_resource(file, name) for file, name in zip(files, _names(files), strict=True)],
    }


def _names(files: Sequence[PackedFile]) -> list[str]:
    """Return a name for each file: a table's first file has the table's, to which foreign keys point."""
    found: list[str] = []
    for file in files:
        stem, _, kind = file.path.lower().rpartition(".")
        name = (stem or kind).replace(".", "-")
        found.append(f"{name}-{kind}" if name in found else name)
    return found


def _resource(file: PackedFile, name: str) -> dict[str, Any]:
    part = file.part
    media_type, _, charset = part.media_type.partition("; charset=")
    described: dict[str, Any] = {
        "name": name,
        "path": part.path,
        "title": part.title,
        "description": part.description,
        "format": part.path.lower().rpartition(".")[2],
        "mediatype": media_type,
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
    }
    if part.schema is None:
        return described | {"profile": "data-resource", "type": "file"}
    return described | {
        "profile": "tabular-data-resource",
        "encoding": charset,
        "dialect": _DIALECT,
        "schema": part.schema,
    }


def _licences(sources: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return each licence once; a name of one word is an identifier, anything else is said in words with the place."""
    return [
        {"name": licence} if about.is_spdx(licence) else {"title": licence, **(_place(homepage) or NO_PLACE)}
        for licence, homepage in about.licences(sources).items()
    ]


def _source(told: Mapping[str, Any]) -> dict[str, str]:
    return {"title": f"{told['publisher']} ({told['source']}), {told['licence']}", **_place(told["homepage"])}


def _place(homepage: str) -> dict[str, str]:
    """Return the publisher's address; a format of our own has a page of our documents, which no package can name."""
    return {"path": homepage} if about.is_web(homepage) else {}
