"""Software health from a document: who commits, for whom, the releases, and the signals of criticality."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from infracommons.methods.health.software import (
    CRITICALITY,
    Commit,
    Factor,
    contributor_absence_factor,
    criticality,
    elephant_factor,
    release_age,
)
from infracommons.methods.result import VERSION, plain, refuse

LARGEST_SIGNAL = 1e15  # more of anything than can be counted is a slip
_DAY = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-?[0-9W]", "description": "Day, such as 2024-03-01."}
SOFTWARE_SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["as_of", "commits"],
    "properties": {
        "as_of": _DAY | {"description": "The day on which the tables were taken; later commits are left out."},
        "since": _DAY | {"description": "Commits before this day are left out."},
        "commits": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["contributor", "day"],
                "properties": {"contributor": {"type": "string", "pattern": r"\S"}, "day": _DAY},
            },
        },
        "contributors": {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "description": "Organisation of each contributor, where it is known.",
        },
        "releases": {"type": "array", "items": _DAY},
        "signals": {
            "type": "object",
            "additionalProperties": False,
            "properties": {name: {"type": "number", "minimum": 0, "maximum": LARGEST_SIGNAL} for name in CRITICALITY},
            "description": "Signals of the criticality score, all ten.",
        },
    },
}


def software_health(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that can be told of a document as SOFTWARE_SCHEMA has it, ready for JSON.

    MethodInputError names the place of what is wrong.
    """
    _known("", document, SOFTWARE_SCHEMA["properties"], SOFTWARE_SCHEMA["required"])
    as_of = _day("as_of", document["as_of"])
    since = _day("since", document["since"]) if "since" in document else date.min
    everyone = _commits(document)
    commits = [one for one in everyone if since <= one.day <= as_of]
    releases = [_day(f"releases[{n}]", one) for n, one in enumerate(_list("releases", document.get("releases", [])))]
    signals = _signals(document["signals"]) if "signals" in document else None
    age = release_age(releases, as_of)
    return {
        "method": "software_health",
        "version": VERSION,
        "as_of": as_of.isoformat(),
        "commits": len(commits),
        "commits_left_out": len(everyone) - len(commits),
        "contributor_absence_factor": _factor(contributor_absence_factor(commits), "commits"),
        "elephant_factor": _factor(elephant_factor(commits), "commits whose organisation is known"),
        "commits_without_organisation": sum(1 for one in commits if not one.organisation),
        "release_age_days": {"value": age, "why_not": "" if age is not None else "no release up to that day"},
        "criticality": {
            "value": None if signals is None else criticality(signals),
            "why_not": "no signals are given" if signals is None else "",
            "weights": plain(CRITICALITY),
        },
    }


def _factor(found: Factor, of: str) -> dict[str, Any]:
    if not found.number:
        return {"value": None, "why_not": f"there are no {of}"}
    return {"value": found.number, "names": list(found.names), "part": plain(found.part), "of": of, "why_not": ""}


def _commits(document: Mapping[str, Any]) -> list[Commit]:
    people = document.get("contributors", {})
    if not isinstance(people, Mapping):
        refuse("contributors", people, "must be an object of contributors and their organisations")
    organisations = {name: _text(f"contributors.{name}", value) for name, value in people.items()}
    found = []
    for number, row in enumerate(_list("commits", document["commits"])):
        where = f"commits[{number}]"
        _known(where, row, ("contributor", "day"), ("contributor", "day"))
        name = _text(f"{where}.contributor", row["contributor"])
        if not name.strip():
            refuse(f"{where}.contributor", name, "is empty")
        found.append(Commit(name, organisations.get(name, ""), _day(f"{where}.day", row["day"])))
    return found


def _signals(value: object) -> dict[str, float]:
    if not isinstance(value, Mapping):
        refuse("signals", value, "must be an object of signals and numbers")
    for name, number in value.items():
        if isinstance(number, bool) or not isinstance(number, int | float) or not abs(number) <= LARGEST_SIGNAL:
            refuse(f"signals.{name}", number, "must be a number")
    return {name: float(number) for name, number in value.items()}


def _known(where: str, value: object, known: Sequence[str] | Mapping[str, Any], needed: Sequence[str]) -> None:
    if not isinstance(value, Mapping):
        refuse(where or "the document", value, "must be an object with keys and values")
    inside = f"{where}." if where else ""
    for key in value:
        if key not in known:
            refuse(f"{inside}{key}", value[key], f"not known here; known are {', '.join(known)}")
    for key in needed:
        if key not in value:
            refuse(f"{inside}{key}", None, "is missing")


def _list(where: str, value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else refuse(where, value, "must be a list")


def _text(where: str, value: object) -> str:
    return value if isinstance(value, str) else refuse(where, value, "must be text")


def _day(where: str, value: object) -> date:
    try:
        return date.fromisoformat(_text(where, value))
    except ValueError as error:
        if not isinstance(value, str):
            raise
        return refuse(where, value, f"must be a day, such as 2024-03-01: {error}")
