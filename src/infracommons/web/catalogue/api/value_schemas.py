"""JSON Schemas of what is stored in each field, made from the definitions."""

from typing import Any

from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.statuses import statuses_of

JsonSchema = dict[str, Any]
_TEXT: JsonSchema = {"type": "string", "minLength": 1}
_MONTH: JsonSchema = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}


def value_schema(definition: FieldDefinition) -> JsonSchema:
    """Return the schema of a field's stored value, as `fields.kinds` describes it."""
    if definition.kind in {"term", "terms"}:
        return _terms(definition)
    if definition.kind == "entries":
        return _entries(definition)
    return _BY_KIND[definition.kind]


def entry_schema(definition: FieldDefinition) -> JsonSchema:
    """Return the schema of a profile's entry for this field: any entry, its value and status as the field has them."""
    statuses = statuses_of(definition)
    return {
        "title": definition.label,
        "description": definition.help or definition.question or definition.label,
        "allOf": [
            {"$ref": "#/components/schemas/Entry"},
            {
                "properties": {
                    "value": {"anyOf": [value_schema(definition), {"type": "null"}]},
                    "status": {"enum": [*statuses] if definition.kind == "practice" else ["", *statuses]},
                }
            },
        ],
    }


def _terms(definition: FieldDefinition) -> JsonSchema:
    codes: JsonSchema = {
        "type": "array",
        "items": {**_TEXT, "description": f"Code of a term of the vocabulary {definition.vocabulary}."},
    }
    most = 1 if definition.kind == "term" else definition.most
    return _object(terms=codes | ({"maxItems": most} if most else {}), other={"type": "string"})


def _entries(definition: FieldDefinition) -> JsonSchema:
    parts = {part.code: {**_TEXT, "title": part.label} for part in definition.parts}
    needed = [part.code for part in definition.parts if part.is_required]
    record = {"type": "object", "properties": parts, "required": needed, "additionalProperties": False}
    return _object(entries={"type": "array", "items": record}, text={"type": "string"})


def _object(**members: JsonSchema) -> JsonSchema:
    return {"type": "object", "properties": members, "required": [*members], "additionalProperties": False}


_BY_KIND: dict[str, JsonSchema] = {
    "text": _TEXT,
    "rich_text": {**_TEXT, "description": "HTML of a small safe subset.", "contentMediaType": "text/html"},
    "url": {**_TEXT, "format": "uri"},
    "contact": {**_TEXT, "format": "uri", "description": "A web address, or an e-mail address after mailto:."},
    "yes_no": {"type": "boolean"},
    "year": {"type": "integer", "minimum": 1500},
    "whole_number": {"type": "integer", "minimum": 0},
    "period": _object(**{"from": _MONTH, "to": _MONTH}),
    "money": _object(
        minor={"type": "integer", "description": "Whole minor units, such as cents."},
        currency={"type": "string", "pattern": "^[A-Z]{3}$"},
    ),
    "licence": {**_TEXT, "description": "SPDX licence expression."},
    "practice": _object(statement=_TEXT),
    "names": {"type": "array", "items": _TEXT, "minItems": 1},
    "organisation": _object(name=_TEXT, ror={"type": "string", "description": "Address at ror.org, or empty."}),
    "identifiers": {"type": "array", "items": _object(scheme=_TEXT, value=_TEXT), "minItems": 1},
    "image": _object(
        sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        width={"type": "integer", "minimum": 1},
        height={"type": "integer", "minimum": 1},
        alt={"type": "string"},
    ),
}
