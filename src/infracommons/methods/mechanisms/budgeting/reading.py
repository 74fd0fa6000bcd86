"""Turns JSON, rows of CSV and .pb text into an election; says where something cannot be used."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, cast

from infracommons.methods.mechanisms.budgeting.election import Ballot, BallotKind, Constraints, Election, Project
from infracommons.methods.mechanisms.budgeting.limits import Limits, hold
from infracommons.methods.mechanisms.budgeting.pabulib import election_of, read
from infracommons.methods.result import refuse

_MONEY = re.compile(r"\d+(\.\d{1,2})?")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_KEYS = ("pb", "budget", "projects", "ballots", "constraints", "limits")


def read_election(data: Mapping[str, Any]) -> Election:
    """Return the vote that `inputs_schema` describes; MethodInputError names the place, the value and the problem."""
    only("inputs", data, _KEYS)
    if "pb" in data:
        if twice := [key for key in ("budget", "projects", "ballots", "limits") if key in data]:
            refuse(twice[0], data[twice[0]], "the .pb text says this already")
        election = election_of(read(_text("pb", data["pb"])))
        return replace(election, constraints=_constraints(data.get("constraints") or {}, election.scale))
    for key in ("budget", "projects", "ballots"):
        if key not in data:
            refuse(key, None, "is missing")
    ballots = [_ballot(f"ballots[{place}]", row, place) for place, row in enumerate(_list("ballots", data["ballots"]))]
    kinds = {kind for kind, _ in ballots}
    if len(kinds) > 1:
        refuse("ballots", sorted(kinds), "all ballots must be of one kind")
    election = Election(
        money("budget", data["budget"]),
        tuple(_project(f"projects[{place}]", row) for place, row in enumerate(_list("projects", data["projects"]))),
        tuple(ballot for _, ballot in ballots),
        kinds.pop() if kinds else "approval",
        _constraints(data.get("constraints") or {}, None),
    )
    hold(election, _limits(data.get("limits") or {}))
    return election


def only(where: str, data: object, keys: Sequence[str]) -> None:
    """Refuse what is no mapping, and keys that are not known."""
    if not isinstance(data, Mapping):
        refuse(where, data, "must be an object with keys and values")
    for key in data:
        if key not in keys:
            refuse(f"{where}.{key}", data[key], f"not known here; known are {', '.join(keys)}")


def money(where: str, value: object) -> int:
    """Return whole minor units: an integer as it is, or text such as "12.50"."""
    if isinstance(value, str) and _MONEY.fullmatch(value.strip()):
        return int(Fraction(value.strip()) * 100)
    if isinstance(value, int) and not isinstance(value, bool):
        return value if value >= 0 else refuse(where, value, "negative")
    return refuse(where, value, 'must be a whole number of minor units, or text with at most two decimals ("12.50")')


def _in_currency(where: str, value: object, scale: int) -> int:
    """Return units of an election that has `scale` of them in the currency unit in which the value is."""
    units = number(where, value) * scale
    return int(units) if units.denominator == 1 else refuse(where, value, f"is no whole number of 1/{scale} units")


def number(where: str, value: object) -> Fraction:
    """Return a number of at least zero: an integer, or text such as "0.5"; floats are not exact and are refused."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return Fraction(value.strip())
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value) if value >= 0 else refuse(where, value, "negative")
    return refuse(where, value, 'must be a whole number, or text with decimals ("0.5")')


def _project(where: str, row: Mapping[str, Any]) -> Project:
    only(where, row, ("id", "cost", "categories", "location", "name"))
    for key in ("id", "cost"):
        if row.get(key) in (None, ""):
            refuse(f"{where}.{key}", row.get(key), "is missing")
    return Project(
        _text(f"{where}.id", row["id"]),
        money(f"{where}.cost", row["cost"]),
        _names(f"{where}.categories", row.get("categories") or ()),
        _text(f"{where}.location", row.get("location") or ""),
    )


def _ballot(where: str, row: Mapping[str, Any], place: int) -> tuple[BallotKind, Ballot]:
    only(where, row, ("voter", "projects", "points", "ranking", "weight"))
    said = [key for key in ("projects", "points", "ranking") if row.get(key) is not None and row[key] != ""]
    if len(said) > 1:
        refuse(where, said, "one of projects, points and ranking, not several")
    voter = _text(f"{where}.voter", str(row["voter"]) if row.get("voter") not in (None, "") else str(place + 1))
    weight = row.get("weight")
    ballot = Ballot(voter, weight=Fraction(1) if weight in (None, "") else number(f"{where}.weight", weight))
    if said == ["points"]:
        points = _points(f"{where}.points", row["points"])
        read_points = {project: number(f"{where}.points.{project}", value) for project, value in points.items()}
        return "points", replace(ballot, points=read_points)
    if said == ["ranking"]:
        return "ranked", replace(ballot, ranking=_names(f"{where}.ranking", row["ranking"]))
    names = _names(f"{where}.projects", row["projects"] if said else ())
    if len(set(names)) < len(names):
        refuse(f"{where}.projects", list(names), "names a project twice")
    return "approval", replace(ballot, points=dict.fromkeys(names, Fraction(1)))


def _points(where: str, value: object) -> Mapping[str, Any]:
    """Return points by project; text such as `p1=3,p2=1` comes from CSV."""
    if isinstance(value, str):
        pairs = [part.split("=", 1) for part in value.split(",") if part.strip()]
        if any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004 - a name and its points
            refuse(where, value, "must look like p1=3,p2=1")
        if len({pair[0].strip() for pair in pairs}) < len(pairs):
            refuse(where, value, "names a project twice")
        return {pair[0].strip(): pair[1] for pair in pairs}
    if not isinstance(value, Mapping):
        refuse(where, value, "must be an object of projects and points")
    return cast("Mapping[str, Any]", value)


def _constraints(data: Mapping[str, Any], scale: int | None) -> Constraints:
    """Return the conditions; money in the currency of a .pb file of that scale, else in minor units."""
    only("constraints", data, ("quotas", "floors", "exclusive", "minimum_votes"))
    read_money: dict[str, dict[str, int]] = {}
    for key in ("quotas", "floors"):
        own = data.get(key) or {}
        only(f"constraints.{key}", own, list(own) if isinstance(own, Mapping) else ())
        read_money[key] = {
            name: money(where, value) if scale is None else _in_currency(where, value, scale)
            for name, value in own.items()
            if (where := f"constraints.{key}.{name}")
        }
    groups = _list("constraints.exclusive", data.get("exclusive") or ())
    votes = data.get("minimum_votes") or 0
    if not isinstance(votes, int) or isinstance(votes, bool) or votes < 0:
        refuse("constraints.minimum_votes", votes, "must be a whole number of voters")
    return Constraints(
        read_money["quotas"],
        read_money["floors"],
        tuple(_names(f"constraints.exclusive[{place}]", group) for place, group in enumerate(groups)),
        votes,
    )


def _limits(data: Mapping[str, Any]) -> Limits:
    only("limits", data, ("projects", "points", "cost"))
    given = {key: value for key, value in data.items() if value is not None}
    return Limits(
        int(number("limits.projects", given["projects"])) if "projects" in given else None,
        number("limits.points", given["points"]) if "points" in given else None,
        money("limits.cost", given["cost"]) if "cost" in given else None,
    )


def _names(where: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return tuple(_text(f"{where}[{place}]", one) for place, one in enumerate(_list(where, value)))


def _list(where: str, value: object) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        refuse(where, value, "must be a list")
    return value


def _text(where: str, value: object) -> str:
    return value if isinstance(value, str) else refuse(where, value, "must be text")
