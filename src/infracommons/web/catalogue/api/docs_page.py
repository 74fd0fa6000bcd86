"""Shows the API to people: the OpenAPI document as chapters, with addresses to try."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from infracommons.web.catalogue.api.problems import KINDS, ProblemKind
from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

Json = dict[str, Any]
_ID = re.compile(r"{(\w+)}")
# What to try at an address: parameters, and what goes into its path; only what any catalogue answers.
_TRIES: dict[str, tuple[dict[str, str], ...]] = {
    "/api/v1/infrastructures": (
        {"q": "repository", "limit": "5"},
        {"code_repository": "available", "select": "name,code_repository"},
        {"group_by": "country"},
    ),
    "/api/v1/infrastructures/{infrastructure_id}": ({"select": "name,code_repository"},),
    "/api/v1/infrastructures.ndjson": ({"select": "name,website"},),
    "/api/v1/organisations": ({"q": "university"},),
    "/api/v1/claims": ({"field": "website", "limit": "5"},),
    "/api/v1/claims.ndjson": ({"field": "website"},),
    "/api/v1/changes": ({"author_kind": "curator", "limit": "5"},),
    "/api/v1/awards": (
        {"q": "open OR software", "limit": "5"},
        {"rule": "full", "select": "title,amount,currency,counted_usd", "sort": "largest"},
    ),
    "/api/v1/awards.ndjson": ({"select": "title,counted_usd"},),
    "/api/v1/supports": ({"support_type": "direct", "limit": "5"},),
    "/api/v1/aggregates": ({"group_by": "infrastructure"}, {"group_by": "category", "rule": "full"}),
}


@dataclass(frozen=True)
class ParameterShown:
    """One parameter: its name, what it takes in words, what it does."""

    name: str
    takes: str
    description: str


@dataclass(frozen=True)
class Chapter:
    """One address: what it is, its parameters, what it answers, and addresses to try."""

    anchor: str
    path: str
    summary: str
    description: str
    parameters: tuple[ParameterShown, ...]
    answers: tuple[tuple[str, str], ...]
    tries: tuple[str, ...]


def chapters(document: Json, known: Mapping[str, str] | None = None) -> list[Chapter]:
    """Return a chapter for each address of the document; `known` are ids, by their names in addresses, to try."""
    return [_chapter(path, item["get"], document, known or {}) for path, item in document["paths"].items()]


def ids_to_try() -> dict[str, str]:
    """Return an id of each kind that is in the catalogue."""
    listed = Infrastructure.objects.filter(listing=Listing.LISTED)
    first = listed.values_list("infrastructure_id", flat=True).first()
    steward = listed.exclude(steward=None).values_list("steward__organisation_id", flat=True).first()
    known = {"infrastructure_id": first, "organisation_id": steward, "code": next(iter(vocabularies()), None)}
    return {name: found for name, found in known.items() if found}


def problems_told() -> tuple[ProblemKind, ...]:
    """Return every kind of problem; the addresses of kinds lead to where these are told."""
    return tuple(KINDS.values())


def _chapter(path: str, operation: Json, document: Json, known: Mapping[str, str]) -> Chapter:
    return Chapter(
        anchor=operation["operationId"].replace("_", "-"),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        parameters=tuple(
            ParameterShown(one["name"], takes(one["schema"]), one.get("description", ""))
            for one in operation["parameters"]
        ),
        answers=tuple((status, _told(response, document)) for status, response in operation["responses"].items()),
        tries=tuple(_tries(path, known)),
    )


def _tries(path: str, known: Mapping[str, str]) -> Iterator[str]:
    filled = _ID.sub(lambda part: known.get(part[1], part[0]), path)
    if "{" not in filled:
        yield filled
        for query in _TRIES.get(path, ()):
            yield f"{filled}?{urlencode(query, safe=',')}"


def _told(response: Json, document: Json) -> str:
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].rsplit("/", 1)[-1]]
    return str(response["description"])


def takes(schema: Json) -> str:
    """Return in words what a parameter takes.

    >>> takes({"type": "integer", "minimum": 1, "maximum": 200, "default": 25})
    'whole number, from 1, to 200, usually 25'
    >>> takes({"type": "array", "items": {"enum": ["yes", "no"]}})
    'any of: yes, no'
    """
    if schema.get("type") == "array":
        inner = takes(schema["items"])
        return f"any of: {inner.removeprefix('one of: ')}" if "enum" in schema["items"] else f"{inner}, may be repeated"
    if "enum" in schema:
        return f"one of: {', '.join(map(str, schema['enum']))}"
    kinds = {"integer": "whole number", "boolean": "true or false"}
    said = [
        {"date": "day", "date-time": "day or time"}.get(schema.get("format", ""), kinds.get(schema["type"], "text"))
    ]
    said += [f"{word} {schema[key]:,}" for key, word in (("minimum", "from"), ("maximum", "to")) if key in schema]
    said += [f"at most {schema['maxLength']} characters"] if "maxLength" in schema else []
    if "default" in schema and schema["default"] not in {"", False}:
        said.append(f"usually {schema['default']}")
    return ", ".join(said)
