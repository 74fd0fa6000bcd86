"""Reads a JSON object as one row of a contract: every value of its type, none missing, none that no column has."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from infracommons.vocabulary.dates import parse_date
from infracommons.vocabulary.money import parse_amount
from infracommons.vocabulary.problems import FieldProblem
from infracommons.vocabulary.tables import Column, Table

Value = str | int | bool | date | Decimal | list[str] | None


def contract_values(native: Mapping[str, Any], table: Table) -> dict[str, Value]:
    """Return the row. FieldProblem names the column at fault: `unknown_column`, `missing_value` or `bad_value`."""
    names = {column.name for column in table.columns}
    for name in native:
        if name not in names:
            raise FieldProblem("unknown_column", name, native[name], f"no column of {table.name}")
    return {column.name: _value(column, native.get(column.name)) for column in table.columns}


def _value(column: Column, value: Any) -> Value:  # noqa: ANN401
    if value in (None, ""):
        if column.required:
            raise FieldProblem("missing_value", column.name, value, column.meaning)
        return None
    read = _READERS[column.type](column, value)
    if column.values and read not in column.values:
        raise FieldProblem("bad_value", column.name, value, f"not one of {', '.join(column.values)}")
    return read


def _text(column: Column, value: Any) -> str:  # noqa: ANN401
    return str(_typed(column, value, str)).strip()


def _texts(column: Column, value: Any) -> list[str]:  # noqa: ANN401
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise FieldProblem("bad_value", column.name, value, "not a list of texts")
    return value


def _typed(column: Column, value: Any, kind: type) -> Any:  # noqa: ANN401
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise FieldProblem("bad_value", column.name, value, f"not of type {column.type}")
    return value


_READERS: dict[str, Callable[[Column, Any], Value]] = {
    "string": _text,
    "strings": _texts,
    "integer": lambda column, value: _typed(column, value, int),
    "boolean": lambda column, value: _typed(column, value, bool),
    "date": lambda column, value: parse_date(value, field=column.name),
    "money": lambda column, value: parse_amount(value, field=column.name),
}
