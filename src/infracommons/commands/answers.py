"""Prints what commands say: lines for people, or one JSON object."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from infracommons.methods.result import Check, Result, plain

_MOST_LINES = 40


def say(lines: Sequence[str], said: Mapping[str, Any], *, as_json: bool) -> None:
    """Print the lines, or the object in one line."""
    for line in [json.dumps(said, ensure_ascii=False)] if as_json else lines:
        print(line)  # noqa: T201 - a command's answer


def as_object(name: str, result: Result) -> dict[str, Any]:
    """Return a result ready for JSON: all of it, its total, and for rules that select what the selection costs."""
    said = {"mechanism": name, **plain(result), "total": plain(result.total)}
    if "cost" in result.details:
        said["cost"] = plain(result.details["cost"])
    return said


def as_lines(result: Result, minor: int = 1) -> list[str]:
    """Return a result in lines: amounts, the largest first, and the certificate; each amount is `minor` minor units."""
    ordered = sorted(result.amounts.items(), key=lambda one: -one[1])
    more = len(ordered) - _MOST_LINES
    return [
        *([f"Selected: {', '.join(result.selected)}"] if result.selected else []),
        *(f"{in_units(amount * minor):>20}  {name}" for name, amount in ordered[:_MOST_LINES]),
        *([f"{'':>20}  and {more} more; --json has all"] if more > 0 else []),
        f"{in_units(result.total * minor):>20}  in all",
        *map(checked, result.certificate.checks),
    ]


def in_units(minor: int) -> str:
    """Return minor units as a person writes them: 1,234.56."""
    whole, part = divmod(abs(minor), 100)
    return f"{'-' if minor < 0 else ''}{whole:,}.{part:02}"


def checked(check: Check) -> str:
    """Return one property in a line: whether it holds, and in words."""
    said = {True: "holds", False: "DOES NOT HOLD", None: "cannot be told"}[check.holds]
    return f"{check.name}: {said}. {check.words}"
