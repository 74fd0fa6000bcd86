"""The parts of a decision as JSON: numbers, texts, lists and objects, refused by their place where they are none."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isfinite
from typing import Any

from infracommons.methods.result import refuse

LARGEST = 1e100  # beyond it squares of values are no longer numbers
WRITTEN = r"^\s*[-+]?([0-9]{1,100}(\.[0-9]{0,100}|/[0-9]{1,100})?|\.[0-9]{1,100})([eE][-+]?[0-9]{1,2})?\s*$"
_WRITTEN = re.compile(WRITTEN).match


def number(value: object, where: str) -> float:
    """Return a finite number; text such as "12.5" or "1/3" is read as one."""
    found = float("nan")
    try:
        if isinstance(value, str) and _WRITTEN(value):
            found = float(Fraction(value.strip()))
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = float(value)
    except (ValueError, ZeroDivisionError, OverflowError):
        found = float("nan")
    if not isfinite(found) or abs(found) > LARGEST:
        refuse(where, value, "not a finite number")
    return found


def whole(value: object, where: str, least: int, most: int = 2**64) -> int:
    """Return a whole number from `least` to `most`."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        refuse(where, value, f"a whole number, at least {least} and at most {most}, was expected")
    return value


def names_of(form: object, where: str) -> tuple[str, ...]:
    """Return names, at least one, none twice."""
    found = [text(one, f"{where}[{place}]") for place, one in enumerate(array(form, where))]
    if not found:
        refuse(where, form, "there are none")
    for place, name in enumerate(found):
        if name in found[:place]:
            refuse(f"{where}[{place}]", name, "comes twice")
    return tuple(found)


def array(form: object, where: str) -> Sequence[Any]:
    """Return a list."""
    if isinstance(form, str) or not isinstance(form, Sequence):
        refuse(where, form, "a list was expected")
    return form


def mapping(form: object, where: str) -> Mapping[str, Any]:
    """Return an object."""
    if not isinstance(form, Mapping):
        refuse(where, form, "an object was expected")
    return form


def text(form: object, where: str) -> str:
    """Return text that says something."""
    if not isinstance(form, str) or not form.strip():
        refuse(where, form, "text was expected")
    return form


def words(form: object, where: str) -> str:
    """Return text, which may be empty."""
    if not isinstance(form, str):
        refuse(where, form, "text was expected")
    return form


def only(form: Mapping[str, Any], where: str, allowed: set[str], problem: str = "is not known here") -> None:
    """Refuse whatever is not among the names that are known here."""
    for key in form:
        if key not in allowed:
            refuse(f"{where}{key}", form[key], f"{key!r} {problem}; known: {', '.join(sorted(allowed)) or 'nothing'}")
