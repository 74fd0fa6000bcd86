"""The crate keeps the rules of RO-Crate 1.2 that a reader of one relies on."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from infracommons.insights.releases import StoredRelease

Entities = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def crate(packed: Path) -> dict[str, Any]:
    described: dict[str, Any] = json.loads((packed / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    return described


@pytest.fixture(scope="module")
def entities(crate: dict[str, Any]) -> Entities:
    found = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(found) == len(crate["@graph"]), "ids are unique"
    return found


def references(value: Any) -> list[str]:
    """Return every id that a value refers to."""
    if isinstance(value, list):
        return [found for part in value for found in references(part)]
    return [value["@id"]] if isinstance(value, dict) else []


def test_the_document_is_flat_and_names_its_context(crate: dict[str, Any]) -> None:
    assert crate.keys() == {"@context", "@graph"}
    assert crate["@context"] == "https://w3id.org/ro/crate/1.2/context"
    for entity in crate["@graph"]:
        assert {"@id", "@type"} <= entity.keys()
        for value in entity.values():
            for part in value if isinstance(value, list) else [value]:
                assert not isinstance(part, dict) or part.keys() == {"@id"}, "entities refer, they do not nest"


def test_the_descriptor_leads_to_the_root(entities: Entities) -> None:
    descriptor = entities["ro-crate-metadata.json"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert descriptor["about"] == {"@id": "./"}


def test_the_root_has_what_it_must_have(entities: Entities, stored: StoredRelease) -> None:
    root = entities["./"]
    assert root["@type"] == "Dataset"
    assert all(root[name] for name in ("name", "description", "license"))
    assert date.fromisoformat(root["datePublished"]).isoformat() == stored.manifest["made_at"][:10]
    assert root["identifier"] == stored.release_id


def test_every_file_has_an_entity_of_its_size_and_checksum(entities: Entities, packed: Path) -> None:
    files = {path.name: path for path in packed.iterdir()}
    told = {part["@id"] for part in entities["./"]["hasPart"]}
    assert told == files.keys() - {"ro-crate-metadata.json"}
    for name in told:
        assert entities[name]["@type"] == "File"
        if name != "SHA256SUMS":  # written after the crate
            assert entities[name]["contentSize"] == str(files[name].stat().st_size)
            assert entities[name]["sha256"] == hashlib.sha256(files[name].read_bytes()).hexdigest()


def test_every_reference_resolves(entities: Entities) -> None:
    outside = {"https://w3id.org/ro/crate/1.2"}
    for entity in entities.values():
        for name, value in entity.items():
            assert set(references(value)) <= entities.keys() | outside, (entity["@id"], name)


def test_what_it_was_made_from_and_by_is_told(entities: Entities, stored: StoredRelease) -> None:
    making = entities["#making"]
    assert making["@type"] == "CreateAction"
    assert entities[making["instrument"]["@id"]]["version"] == stored.manifest["code_version"]
    sources = {entities[source["@id"]]["name"] for source in making["object"]}
    assert sources == {f"{told['publisher']} ({told['source']})" for told in stored.manifest["sources"]}
