"""Makes the OpenAPI 3.1 document of the API, and from it the page `docs/api.md`."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import orjson
from django.conf import settings
from ninja import NinjaAPI

from infracommons.web.catalogue.api.docs_page import chapters
from infracommons.web.catalogue.api.examples import examples
from infracommons.web.catalogue.api.filter_schemas import filter_schemas
from infracommons.web.catalogue.api.parameters import ALL_FIELDS
from infracommons.web.catalogue.api.problems import KINDS, MEDIA_TYPE
from infracommons.web.catalogue.api.rows import open_fields
from infracommons.web.catalogue.api.shapes import Problem
from infracommons.web.catalogue.api.streams import NDJSON
from infracommons.web.catalogue.api.value_schemas import entry_schema
from infracommons.web.catalogue.search.facets import facets
from infracommons.web.funding.api.filter_schemas import award_filter_schemas
from infracommons.web.funding.api.rows import AWARD_COLUMNS
from infracommons.web.shared.policies import policies_in_use
from infracommons.web.support.policies.api import policy_codes

Json = dict[str, Any]
ROOT = "/api/v1/"
STREAMED = ("infrastructures", "claims", "changes", "awards", "supports")
# What is answered from the current release, by the names of addresses.
OF_RELEASE = frozenset(
    ("awards", "award", "supports", "aggregates", "funders", "funder", "recipients", "recipient", "releases")
)
OF_POLICIES = frozenset(("policies", "policy"))
_FILTERED_AWARDS = ("awards", "supports", "aggregates", "funders", "recipients")
_ANYWHERE = (400, 405, 406, 429, 500)
_HEADERS: dict[str, Json] = {
    "ETag": {"description": "Tag of this state of the answer; send it as If-None-Match.", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "Requests (q) in so many seconds (w).", "schema": {"type": "string"}},
    "RateLimit": {"description": "Requests left (r); all are back in t seconds.", "schema": {"type": "string"}},
}
_PAGING = frozenset({"cursor", "limit", "group_by"})


def api_document(api: NinjaAPI) -> Json:
    """Return the document; it follows from code and definitions, not from what is in the database."""
    return _document(api, str(settings.INFRACOMMONS_DEFINITIONS))


@lru_cache(maxsize=2)
def _document(api: NinjaAPI, _definitions: str) -> Json:
    made: Json = dict(api.get_openapi_schema(path_prefix=ROOT))
    paths = {path: _item(path, item) for path, item in made["paths"].items()}
    for name in STREAMED:
        paths[f"{ROOT}{name}.ndjson"] = _streamed(paths[f"{ROOT}{name}"])
    components = {
        "schemas": _schemas(made["components"]["schemas"]),
        "responses": {kind.code: _problem_response(status) for status, kind in KINDS.items()},
        "headers": _HEADERS,
    }
    made |= {"servers": [{"url": "/"}], "paths": paths, "components": components}
    plain: Json = orjson.loads(orjson.dumps(made))  # examples have days and times in them
    return plain


def _item(path: str, item: Json) -> Json:
    operation = item["get"]
    name = path.removeprefix(ROOT)
    is_of_release = name.split("/")[0] in OF_RELEASE
    codes = {"select": [*AWARD_COLUMNS]} if is_of_release else _catalogue_codes()
    codes = policy_codes(policies_in_use()) if name in OF_POLICIES else codes
    parameters = [_plain(one, codes.get(one["name"], [])) for one in operation["parameters"]]
    parameters += filter_schemas() if name == "infrastructures" else []
    parameters += award_filter_schemas(is_ordered=name == "awards") if name in _FILTERED_AWARDS else []
    responses = {str(status): _described(response) for status, response in operation["responses"].items()}
    responses["304"] = {"description": "The reader has this state of the answer already."}
    if "{infrastructure_id}" in path:
        responses["301"] = {"description": "The infrastructure has another id now; its address is in Location."}
        responses["410"] = _reference(410)
    if "{" in path:
        responses["404"] = _reference(404)
    responses |= {str(status): _reference(status) for status in (*_ANYWHERE, *((503,) if is_of_release else ()))}
    if name in STREAMED:
        responses["200"]["content"][NDJSON] = _lines()
    operation_id = "_".join(part.strip("{}") for part in name.split("/")) or "root"
    return {
        "get": operation
        | {"operationId": operation_id, "parameters": parameters, "responses": dict(sorted(responses.items()))}
    }


def _streamed(item: Json) -> Json:
    """Return the same list as a stream of all rows: no pages, no groups."""
    operation: Json = item["get"]
    ok = {**operation["responses"]["200"], "content": {NDJSON: _lines()}}
    return {
        "get": {
            **operation,
            "operationId": f"{operation['operationId']}_stream",
            "summary": f"{operation['summary']}: all rows, one a line",
            "description": 'The rows of the list\'s `data`, one JSON object a line; {"error": ...} if it breaks off.',
            "parameters": [one for one in operation["parameters"] if one["name"] not in _PAGING],
            "responses": {**operation["responses"], "200": ok},
        }
    }


def _lines() -> Json:
    return {"schema": {"type": "string", "description": "One JSON object a line."}}


def _plain(parameter: Json, codes: list[str]) -> Json:
    """Return a parameter without the titles and nulls that a query cannot have; `codes` are all that may stand."""
    schema = {key: value for key, value in parameter["schema"].items() if key not in {"title", "description"}}
    kinds = [kind for kind in schema.pop("anyOf", ()) if kind != {"type": "null"}]
    for kind in kinds:
        schema |= kind
    if schema.get("default", 0) in (None, []):
        del schema["default"]
    if codes:
        schema = schema | ({"items": {"type": "string", "enum": codes}} if "items" in schema else {"enum": codes})
    shown = {key: value for key, value in parameter.items() if key != "schema"}
    return shown | {"schema": schema}


def _catalogue_codes() -> dict[str, list[str]]:
    """Return what the definitions allow in a parameter, by its name."""
    fields = [*open_fields()]
    return {"field": fields, "select": [ALL_FIELDS, *fields], "group_by": [*facets()]}


def _described(response: Json) -> Json:
    """Return a response with its headers, and the example of its shape."""
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}
    content = {kind: _exemplified(media) for kind, media in response.get("content", {}).items()}
    return {**response, "headers": headers, "content": content}


def _exemplified(media: Json) -> Json:
    shapes = [str(one.get("$ref", "")).rsplit("/", 1)[-1] for one in _alternatives(media["schema"])]
    example = next((examples()[shape] for shape in shapes if shape in examples()), None)
    return media | ({"example": example} if example else {})


def _alternatives(schema: Json) -> Iterator[Json]:
    yield schema
    yield from schema.get("anyOf", ())


def _reference(status: int) -> Json:
    return {"$ref": f"#/components/responses/{KINDS[status].code}"}


def _problem_response(status: int) -> Json:
    kind = KINDS[status]
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": f"{kind.title}. {kind.advice}", "content": content}


def _schemas(made: Json) -> Json:
    """Return the shapes, the profile's members typed by the definitions of the fields."""
    profile = {
        "type": "object",
        "description": "Entries by field: those that were selected, unknown ones too.",
        "properties": {code: {"$ref": f"#/components/schemas/{_entry_name(code)}"} for code in open_fields()},
        "additionalProperties": False,
    }
    entries = {_entry_name(code): entry_schema(field) for code, field in open_fields().items()}
    infrastructure = made["Infrastructure"]
    properties = infrastructure["properties"] | {"profile": {"$ref": "#/components/schemas/Profile"}}
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    problem.pop("$defs", None)
    shapes = made | {"Infrastructure": infrastructure | {"properties": properties}, "Problem": problem}
    return dict(sorted(shapes.items())) | {"Profile": profile} | entries


def _entry_name(code: str) -> str:
    return f"Entry_{code}"


def api_page() -> str:
    """Return the text of `docs/api.md`; Django must be set up."""
    from infracommons.config.api import api  # noqa: PLC0415 - that module needs this one

    parts = [
        "<!-- Made by `make docs`; edit the code instead. -->\n",
        "# API\n",
        f"{api.description}\n",
        f"The OpenAPI 3.1 document is at `{ROOT}openapi.json`, the same for people at `/api/`.",
        "[Use the API](howto/api.md) shows how to page, follow changes and take everything.\n",
    ]
    for chapter in chapters(api_document(api)):
        rows = [f"| `{one.name}` | {one.takes} | {one.description} |" for one in chapter.parameters]
        answers = [f"- {status}: {meaning}" for status, meaning in chapter.answers]
        head = ["| parameter | takes | what it does |", "| --- | --- | --- |"]
        said = [f"## `GET {chapter.path}`\n", f"{chapter.summary}. {chapter.description}\n"]
        parts += [*said, *head, *rows, "", "Answers:\n", *answers, ""]
    return "\n".join(parts)
