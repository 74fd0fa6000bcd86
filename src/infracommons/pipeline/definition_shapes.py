"""What kinds of value the keys of a definition file take, so that a slip is told by its key and not found in a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Key:
    """One key: its kind of value, and whether it must be there.

    `kind`: str, int, dict, [str] for a list of texts, [mapping] for a list of such, or a mapping of keys.
    """

    kind: Any
    required: bool = False


_ORGANISATION = {"name": Key(str, required=True), "ror": Key(str)}
_HOST = {**_ORGANISATION, "role": Key(str, required=True), "aliases": Key([str])}
_INTEGRATION = {"with": Key(str, required=True), "evidence": Key(str, required=True)}
_EXAMPLE = {"field": Key(str, required=True), "text": Key(str, required=True)}
_MEANING = {"meaning": Key(str, required=True), "words": Key([str], required=True)}

CATALOGUE: Mapping[str, Key] = {
    "name": Key(str, required=True),
    "summary": Key(str, required=True),
    "homepage": Key(str, required=True),
    "categories": Key([str], required=True),
    "aliases": Key([str]),
    "launched": Key(int),
    "steward": Key(_ORGANISATION),
    "hosts": Key([_HOST]),
    "country": Key(str),
    "code_repository": Key(str),
    "licence": Key(str),
    "identifiers": Key(dict),
    "integrations": Key([_INTEGRATION]),
}
TERMS: Mapping[str, Key] = {
    "title": Key([str]),
    "abstract": Key([str], required=True),
    "recipient": Key([str]),
    "negative": Key([str]),
    "clear": Key([str]),
    "near": Key([str]),
    "other_meanings": Key([_MEANING]),
    "examples": Key(
        {"match": Key([_EXAMPLE], required=True), "no_match": Key([_EXAMPLE], required=True)}, required=True
    ),
}
_NAMES = {str: "a text", int: "a whole number", dict: "keys and values"}


def fault(given: Mapping[str, Any], shape: Mapping[str, Key], at: str = "") -> str | None:
    """Return what is wrong with the first key that does not fit, with its value; None where all fit."""
    if missing := sorted(key for key, one in shape.items() if one.required and given.get(key) in (None, "", [])):
        return f"{at}missing {', '.join(missing)}"
    if unknown := sorted(str(key) for key in given.keys() - shape.keys()):
        return f"{at}unknown key {', '.join(unknown)}; known are {', '.join(sorted(shape))}"
    found = (_value_fault(given[key], one.kind, f"{at}{key}: ") for key, one in shape.items() if key in given)
    return next(filter(None, found), None)


def _value_fault(value: Any, kind: Any, at: str) -> str | None:  # noqa: ANN401
    if value is None:
        return None
    if isinstance(kind, list):
        if not isinstance(value, list):
            return f"{at}{value!r}: needs a list, such as [one, two]"
        return next(filter(None, (_value_fault(one, kind[0], at) for one in value)), None)
    if isinstance(kind, dict):
        return fault(value, kind, at) if isinstance(value, dict) else f"{at}{value!r}: needs keys and values"
    if not isinstance(value, kind) or isinstance(value, bool):
        return f"{at}{value!r}: needs {_NAMES[kind]}; a text of digits or of `no` stands in quotes"
    return None
