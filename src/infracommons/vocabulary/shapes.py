"""Builds dataclasses from what experts wrote in YAML, and refuses, by file, entry, key and value, what does not fit."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, NoReturn, TypeVar, get_args, get_origin, get_type_hints

import yaml

from infracommons.vocabulary.problems import UnusableInputError

# The C parser is ten times as fast, but not part of every build of PyYAML.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {str: "a text", int: "a whole number", bool: "true or false"}
_SHOWN = 80
_Shape = TypeVar("_Shape")


class _StrictLoader(_SafeLoader):  # type: ignore[misc]  # one of two classes, chosen above
    """Reads YAML, and refuses a key that stands twice, of which others would keep the last without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        keys = [key.value for key, _ in node.value]
        if twice := next((key for number, key in enumerate(keys) if key in keys[:number]), None):
            raise yaml.constructor.ConstructorError(None, None, f"{twice} stands twice", node.start_mark)
        content: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return content


def read_mapping(path: Path) -> dict[str, Any]:
    """Return the keys and values of a YAML file. Raises UnusableInputError where it is not one."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # noqa: S506 - made of a safe one
    except (yaml.YAMLError, ValueError, RecursionError, OSError) as error:
        message = f"{path}: not readable as YAML: {error}"
        raise UnusableInputError(message) from error
    if not isinstance(content, dict):
        message = f"{path}: needs keys and values at the top"
        raise UnusableInputError(message)
    return content


def build(shape: type[_Shape], given: object, place: str) -> _Shape:
    """Return a dataclass of this shape from keys and values; each value has the type that its attribute says.

    Raises UnusableInputError naming the place, the key and the value for the first one that does not fit.
    """
    if not isinstance(given, Mapping):
        refuse(place, given, "needs keys and values")
    types, needed = _attributes(shape)  # type: ignore[arg-type]  # mypy holds a type variable for unhashable
    if missing := [key for key in needed if given.get(key) is None]:
        refuse(place, ", ".join(missing), "missing; give it a value")
    if unknown := [str(key) for key in given if key not in types]:
        refuse(place, ", ".join(unknown), f"unknown key; known are {', '.join(sorted(types))}")
    return shape(**{key: _value(types[key], value, f"{place}: {key}") for key, value in given.items()})


@cache
def _attributes(shape: type[Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    needed = (one.name for one in fields(shape) if one.default is MISSING and one.default_factory is MISSING)
    return get_type_hints(shape), tuple(needed)


def _value(wanted: Any, value: Any, place: str) -> Any:  # noqa: ANN401 - any type of an attribute, any YAML
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin is UnionType:  # of a type and None; leaving the key out says None
        return _value(arguments[0], value, place)
    if origin is Literal:
        if value not in arguments:
            refuse(place, value, f"needs one of {', '.join(arguments)}")
        return value
    if origin is tuple:
        return _listed(arguments[0], value, place)
    if is_dataclass(wanted):
        return build(wanted, value, place) if isinstance(wanted, type) else None
    if type(value) is not wanted:
        refuse(place, value, f"needs {_WORDS[wanted]}; a text of digits, of `no` or of `null` stands in quotes")
    return value


def _listed(wanted: Any, value: object, place: str) -> tuple[Any, ...]:  # noqa: ANN401 - as above
    if not isinstance(value, list):
        refuse(place, value, "needs a list, such as [one, two]")
    return tuple(_value(wanted, one, f"{place}: {name_of(one, number)}") for number, one in enumerate(value, 1))


def name_of(entry: object, number: int) -> str:
    """Return by what a reader finds an entry of a list: its code, else its number."""
    code = entry.get("code") if isinstance(entry, Mapping) else None
    return code if isinstance(code, str) else f"entry {number}"


def refuse(place: str, value: object, detail: str) -> NoReturn:
    """Raise the UnusableInputError that says where, which value and what to do."""
    shown = repr(value)
    message = f"{place}: {shown if len(shown) <= _SHOWN else shown[: _SHOWN - 3] + '...'}: {detail}"
    raise UnusableInputError(message)
