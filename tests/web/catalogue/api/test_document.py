import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from infracommons.config.api import api, known_ids
from infracommons.config.api_document import api_document, api_page
from infracommons.web.catalogue.api.docs_page import chapters
from infracommons.web.catalogue.api.problems import KINDS
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.search.facets import facets

Json = dict[str, Any]
NOT_TOLD = {"openapi"}  # the document itself


@pytest.fixture(scope="module")
def document() -> Json:
    return api_document(api)


def everything_in(part: object) -> Iterator[Json]:
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from everything_in(inner)


def below(resolver: URLResolver, start: str) -> URLResolver:
    found = next(one for one in resolver.url_patterns if str(one.pattern) == start)
    assert isinstance(found, URLResolver)
    return found


def whole(document: Json, schema: Json) -> Json:
    """Return a schema that can be used alone."""
    return json.loads(json.dumps(schema | {"components": document["components"]}))  # type: ignore[no-any-return]


def test_every_reference_leads_somewhere(document: Json) -> None:
    references = {part["$ref"] for part in everything_in(document) if isinstance(part.get("$ref"), str)}
    assert len(references) > 100
    for reference in references:
        found: Any = document
        for step in reference.removeprefix("#/").split("/"):
            found = found[step]


def test_every_address_is_in_the_document_and_has_an_id_of_its_own(document: Json) -> None:
    inner = below(below(get_resolver(), "api/"), "v1/").url_patterns
    named = {one.name for one in inner if isinstance(one, URLPattern) and one.name} - NOT_TOLD
    operations = [item["get"]["operationId"] for item in document["paths"].values()]
    assert len(named) == len(operations) == len(set(operations))
    assert all(set(item) == {"get"} for item in document["paths"].values())


def test_examples_are_of_the_shape_that_they_stand_beside(document: Json) -> None:
    checked = 0
    for item in document["paths"].values():
        for media in item["get"]["responses"]["200"]["content"].values():
            if "example" in media:
                jsonschema_rs.validate(whole(document, media["schema"]), media["example"])
                checked += 1
    assert checked == 9


def test_a_shape_refuses_what_is_not_in_it(document: Json) -> None:
    media = document["paths"]["/api/v1/infrastructures/{infrastructure_id}"]["get"]["responses"]["200"]["content"]
    example, schema = media["application/json"]["example"], whole(document, media["application/json"]["schema"])
    wrong: list[tuple[str, Any]] = [
        ("launched", example["data"]["profile"]["launched"] | {"value": "1991"}),
        ("launched", example["data"]["profile"]["launched"] | {"status": "available"}),
        ("open_api", example["data"]["profile"]["open_api"] | {"status": ""}),
        ("open_api", example["data"]["profile"]["open_api"] | {"author": 7}),
        ("contact_email", example["data"]["profile"]["name"]),
    ]
    for code, entry in wrong:
        changed = json.loads(json.dumps(example))
        changed["data"]["profile"][code] = entry
        assert not jsonschema_rs.is_valid(schema, changed), (code, entry)


def test_filters_and_fields_follow_from_the_definitions(document: Json) -> None:
    told = {one["name"] for one in document["paths"]["/api/v1/infrastructures"]["get"]["parameters"]}
    assert set(facets()) < told
    profile = document["components"]["schemas"]["Profile"]["properties"]
    assert set(profile) == {
        one.code for one in fields().values() if one.visibility == "public" and one.kind != "record"
    }
    assert "contact_email" not in json.dumps(document)


def test_every_operation_tells_every_problem_that_it_can_have(document: Json) -> None:
    for path, item in document["paths"].items():
        statuses = set(item["get"]["responses"])
        assert {"200", "304", "400", "405", "406", "429", "500"} <= statuses
        assert ("404" in statuses) is ("{" in path)
    assert set(document["components"]["responses"]) == {kind.code for kind in KINDS.values()}


@pytest.mark.django_db
@pytest.mark.usefixtures("small_catalogue", "site")
def test_the_page_for_people_has_every_address_and_its_examples_run(client: Client, document: Json) -> None:
    response = client.get("/api/")
    assert response.status_code == 200
    text = response.content.decode()
    shown = chapters(document, known_ids())
    tries = [address for chapter in shown for address in chapter.tries]
    assert all(chapter.tries for chapter in shown)
    for chapter in chapters(document):
        assert f'id="{chapter.anchor}"' in text
        assert f"GET {chapter.path}" in text
    for address in tries:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.streaming or answer.json()["meta"]["problems"] == []


def test_the_generated_page_tells_every_address(document: Json) -> None:
    page = api_page()
    for path, item in document["paths"].items():
        assert f"## `GET {path}`" in page
        for parameter in item["get"]["parameters"]:
            assert f"| `{parameter['name']}` |" in page
    howto = Path(__file__).parents[4] / "docs" / "howto" / "api.md"
    assert howto.exists()
