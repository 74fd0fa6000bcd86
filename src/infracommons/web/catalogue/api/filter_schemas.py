"""The filters of infrastructures as parameters of the OpenAPI document, made from the definitions."""

from typing import Any

from infracommons.web.catalogue.api.parameters import MOST_ROWS, ONE_LINE
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.search.facets import Facet, facets, ranges
from infracommons.web.catalogue.search.filters import LONGEST_QUERY, SORTS

Parameter = dict[str, Any]
_WORDS = (
    'Words that must all match; also "phrases", -exclusions, field:value and ranges such as launched:2000..2010. '
    "What could not be used is in meta.problems."
)


def filter_schemas() -> list[Parameter]:
    """Return the parameters of the site's filters: words, facets, ranges, order."""
    bounds = [_bound(one, end) for one in ranges().values() for end in ("from", "to")]
    return [
        _parameter("q", {"type": "string", "maxLength": LONGEST_QUERY, "pattern": ONE_LINE}, _WORDS),
        *map(_facet, facets().values()),
        *bounds,
        _parameter("sort", {"type": "string", "enum": [*SORTS]}, "The order: relevance where there is q, else name."),
    ]


def _facet(facet: Facet) -> Parameter:
    values: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": MOST_ROWS}
    said = f"{facet.label}: any of these values."
    if facet.values:
        values = {"type": "string", "enum": [*facet.values]}
    elif facet.vocabulary:
        said = f"{facet.label}: any of these terms, by code or label (/api/v1/vocabularies/{facet.vocabulary})."
    elif facet.kind == "steward":
        said = f"{facet.label}: any of these organisations, by id."
    return _parameter(facet.code, {"type": "array", "items": values}, said)


def _bound(field: FieldDefinition, end: str) -> Parameter:
    schema = {"type": "integer", "minimum": 0, "maximum": 10**12 - 1}
    return _parameter(f"{field.code}_{end}", schema, f"{field.label}, {end} this number, itself included.")


def _parameter(name: str, schema: dict[str, Any], description: str) -> Parameter:
    return {"in": "query", "name": name, "schema": schema, "required": False, "description": description}
