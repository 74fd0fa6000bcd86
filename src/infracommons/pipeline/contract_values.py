"""Reads a JSON object as one row of a contract: every value of its type, none missing, none that no column has."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
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


def check_row(row: Mapping[str, Any], table: Table) -> None:
    """Raise FieldProblem `missing_value` or `malformed_record`, naming the column, where a value does not fit its type.

    What a table cannot hold is found at its record, where file and place are known, and not when a batch is written.
    """
    for name, fits, meaning, is_required in _fitting(table):
        value = row.get(name)
        if value is None:
            if is_required:
                raise FieldProblem("missing_value", name, value, meaning)
        elif not fits(value):
            raise FieldProblem("malformed_record", name, value, f"not of type {table.column(name).type}")


@cache
def _fitting(table: Table) -> list[tuple[str, Callable[[Any], bool], str, bool]]:
    return [(column.name, _FITS[column.type], column.meaning, column.required) for column in table.columns]


def _is_text(value: object) -> bool:
    """Half a character, as JSON may escape it, is a text that no file can hold."""
    return isinstance(value, str) and (value.isascii() or not _HALF_CHARACTER.search(value)) and "\0" not in value


def _has_digits(value: object, digits: int, decimals: int) -> bool:
    if not isinstance(value, Decimal) or not value.is_finite():
        return False
    exponent = value.normalize().as_tuple().exponent
    return isinstance(exponent, int) and -exponent <= decimals and value.adjusted() < digits - decimals


_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_LARGEST_INTEGER = 2**63
_FITS: dict[str, Callable[[Any], bool]] = {
    "string": _is_text,
    "strings": lambda value: isinstance(value, list | tuple) and all(map(_is_text, value)),
    "integer": lambda value: type(value) is int and abs(value) < _LARGEST_INTEGER,
    "boolean": lambda value: isinstance(value, bool),
    "date": lambda value: isinstance(value, date),
    "money": lambda value: _has_digits(value, 20, 2),
    "rate": lambda value: _has_digits(value, 28, 12),
}


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
