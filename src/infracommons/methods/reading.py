"""Reads values out of JSON for a method, each at a named place: what cannot be meant raises MethodInputError.

Money is a whole number of minor units (1250), or text with at most two digits after the point ("12.50"). A number with
a point is refused for money: it has been rounded already, and nobody can tell how.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeGuard, TypeVar

from infracommons.methods.result import refuse

T = TypeVar("T")
LARGEST_MONEY = 10**18  # minor units; more than all money there is, so it is a slip
LARGEST_NUMBER = 10**36  # of numbers that are no money; beyond it floats would give up somewhere
_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,2})?")
_FRACTION = re.compile(r"-?[0-9]{1,18}(/0*[1-9][0-9]{0,17}|\.[0-9]{1,18})?")


def parts(where: str, value: object, required: Collection[str], optional: Collection[str] = ()) -> Mapping[str, Any]:
    """Return a mapping that has all required names and none beside the optional ones."""
    if not isinstance(value, Mapping):
        refuse(where or "input", value, "must be an object with names and values")
    for name in required:
        if name not in value:
            refuse(place(where, name), None, "is missing")
    for name in value:
        if name not in required and name not in optional:
            refuse(place(where, str(name)), value[name], "is not known here")
    return value


def place(where: str, name: str) -> str:
    """Return the place of a name inside another place."""
    return f"{where}.{name}" if where else name


def rows(where: str, value: object) -> Sequence[Any]:
    """Return a list."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        refuse(where, value, "must be a list")
    return value


def entries(where: str, value: object, read: Callable[[str, object], T]) -> dict[str, T]:
    """Return a mapping of names, each of its values read."""
    if not isinstance(value, Mapping):
        refuse(where, value, "must be an object with names and values")
    return {text(where, name): read(place(where, str(name)), part) for name, part in value.items()}


def text(where: str, value: object) -> str:
    """Return a text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        refuse(where, value, "must be a text that is not blank")
    return value


def texts(where: str, value: object) -> tuple[str, ...]:
    """Return a list of texts, none twice."""
    found = tuple(text(f"{where}[{number}]", one) for number, one in enumerate(rows(where, value)))
    seen: set[str] = set()
    for number, one in enumerate(found):
        if one in seen:
            refuse(f"{where}[{number}]", one, "is in the list twice")
        seen.add(one)
    return found


def choice(where: str, value: object, allowed: Sequence[str]) -> str:
    """Return one of the allowed words."""
    if not isinstance(value, str) or value not in allowed:
        refuse(where, value, f"must be one of {', '.join(allowed)}")
    return value


def flag(where: str, value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        refuse(where, value, "must be true or false")
    return value


def whole(where: str, value: object, least: int | None = None, most: int | None = None) -> int:
    """Return a whole number inside its bounds; text of digits counts, as tables have it."""
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,18}", value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST_NUMBER:
        refuse(where, value, "must be a whole number")
    if least is not None and value < least:
        refuse(where, value, f"must be at least {least}")
    if most is not None and value > most:
        refuse(where, value, f"must be at most {most}")
    return value


def money(where: str, value: object, least: int = 0) -> int:
    """Return minor units from a whole number of them, or from text such as "12.50"."""
    if isinstance(value, str):
        if not _DECIMAL.fullmatch(value.strip()):
            refuse(where, value, "is not an amount of money; write 12.50, with at most two digits after the point")
        value = int(Decimal(value.strip()) * 100)
    if isinstance(value, float):
        refuse(where, value, 'is not exact; write whole minor units (1250) or text ("12.50")')
    if not isinstance(value, int) or isinstance(value, bool):
        refuse(where, value, "is not an amount of money")
    if value < least:
        refuse(where, value, "is negative" if value < 0 else f"must be at least {least}")
    if value > LARGEST_MONEY:
        refuse(where, value, "is more money than there is")
    return value


def _is_number(value: object) -> TypeGuard[int | float | Fraction | Decimal]:
    """Say whether a value is a number, neither beyond all bounds nor none (NaN)."""
    if not isinstance(value, int | float | Fraction | Decimal) or isinstance(value, bool):
        return False
    if isinstance(value, Decimal) and value.is_nan():
        return False
    return -LARGEST_NUMBER <= value <= LARGEST_NUMBER


def share(where: str, value: object, least: Fraction | int | None = 0, most: Fraction | int | None = None) -> Fraction:
    """Return an exact number from a whole number, a decimal, or text such as "2/3" or "0.125"."""
    found: Fraction
    if isinstance(value, str) and _FRACTION.fullmatch(value.strip()):
        found = Fraction(value.strip())
    elif _is_number(value):
        found = Fraction(str(value))  # 0.1 is meant as a tenth, not as the binary number next to it
    else:
        refuse(where, value, "must be a number")
    if least is not None and found < least:
        refuse(where, value, "is negative" if least == 0 else f"must be at least {least}")
    if most is not None and found > most:
        refuse(where, value, f"must be at most {most}")
    return found
