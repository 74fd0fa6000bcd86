"""`ro-crate-metadata.json`: the package as an RO-Crate 1.2, with what it was made from, by which code."""

from collections.abc import Sequence
from typing import Any

from infracommons.insights.package import about
from infracommons.insights.package.part import PackedFile
from infracommons.insights.releases import Manifest

CRATE = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_PUBLISHER, _SOFTWARE, _MAKING, _LICENCE_FILE = "#publisher", "#software", "#making", "LICENSE.md"
Entity = dict[str, Any]


def ro_crate(manifest: Manifest, files: Sequence[PackedFile], later: Sequence[str]) -> dict[str, Any]:
    """Return the metadata document; `later` are paths of files of the package that are written after it."""
    described = [_file(file) for file in files]
    described += [{"@id": path, "@type": "File", "name": path} for path in later]
    return {
        "@context": f"{_SPECIFICATION}/context",
        "@graph": [
            {
                "@id": CRATE,
                "@type": "CreativeWork",
                "conformsTo": {"@id": _SPECIFICATION},
                "about": {"@id": "./"},
            },
            _root(manifest, [file["@id"] for file in described]),
            *described,
            *_context(manifest),
        ],
    }


def _root(manifest: Manifest, paths: Sequence[str]) -> Entity:
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title_of(manifest),
        "description": about.DESCRIPTION,
        "datePublished": about.made_on(manifest),
        "version": manifest["release"],
        "identifier": manifest["release"],
        # One licence for the whole does not exist: the file says which holds for what.
        "license": {"@id": _LICENCE_FILE},
        "publisher": {"@id": _PUBLISHER},
        "author": {"@id": _PUBLISHER},
        "creditText": about.citation(manifest),
        "isBasedOn": [{"@id": entity["@id"]} for entity in _sources(manifest)],
        "hasPart": [{"@id": path} for path in paths],
    }


def _file(file: PackedFile) -> Entity:
    return {
        "@id": file.path,
        "@type": "File",
        "name": file.part.title,
        "description": file.part.description,
        "encodingFormat": file.part.media_type.partition(";")[0],
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }


def _context(manifest: Manifest) -> list[Entity]:
    sources = _sources(manifest)
    return [
        {"@id": _PUBLISHER, "@type": "Organization", "name": about.PUBLISHER},
        {
            "@id": _SOFTWARE,
            "@type": "SoftwareApplication",
            "name": "infracommons",
            "version": str(manifest.get("code_version", "unknown")),
        },
        {
            "@id": _MAKING,
            "@type": "CreateAction",
            "name": f"Making release {manifest['release']}",
            "endTime": manifest["made_at"],
            "instrument": {"@id": _SOFTWARE},
            "object": [{"@id": source["@id"]} for source in sources],
            "result": {"@id": "./"},
        },
        *sources,
    ]


def _sources(manifest: Manifest) -> list[Entity]:
    """Return each source as a data set, with its licence in words and its address where it has one."""
    return [
        {
            "@id": f"#source-{told['source']}",
            "@type": "Dataset",
            "name": f"{told['publisher']} ({told['source']})",
            "license": about.licence_address(told["licence"], "") or told["licence"],
            **({"url": told["homepage"]} if about.is_web(told["homepage"]) else {}),
        }
        for told in manifest["sources"]
    ]
