"""Says a published table's contract in the words of Frictionless Table Schema."""

from typing import Any

from infracommons.vocabulary.tables import PUBLISHED, Column, ColumnType, Table

_TYPES: dict[ColumnType, str] = {
    "string": "string",
    "strings": "array",
    "integer": "integer",
    "number": "number",
    "money": "number",
    "rate": "number",
    "date": "date",
    "boolean": "boolean",
}
# A column of this name, in a table that it is not the key of, names a row of that other table.
_KEYS = {table.key[0]: table.name for table in PUBLISHED if len(table.key) == 1 and table.name != "mention"}
_OTHER_NAMES = {
    "funder_organisation_id": "organisation_id",
    "recipient_organisation_id": "organisation_id",
    "steward_organisation_id": "organisation_id",
    "parent_id": "organisation_id",
}
# A record set aside before it got into an award stands in no other table.
_NO_REFERENCE = {("exclusion", "record_id")}


def table_schema(table: Table) -> dict[str, Any]:
    """Return fields, primary key and foreign keys; columns of money and rates are exact decimal numbers."""
    return {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        "foreignKeys": [key for column in table.columns if (key := _foreign_key(table, column))],
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        constraints["enum"] = list(column.values)
    described: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": column.meaning}
    return described | ({"constraints": constraints} if constraints else {})


def _foreign_key(table: Table, column: Column) -> dict[str, Any] | None:
    target = _OTHER_NAMES.get(column.name, column.name)
    if target not in _KEYS or (_KEYS[target] == table.name and target == column.name):
        return None
    if (table.name, column.name) in _NO_REFERENCE:
        return None
    resource = "" if _KEYS[target] == table.name else _KEYS[target]
    return {"fields": column.name, "reference": {"resource": resource, "fields": target}}
