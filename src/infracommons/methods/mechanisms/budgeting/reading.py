"""Turns JSON, rows of CSV and .pb text into an election; says where something cannot be used."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from infracommons.methods import forms, reading
from infracommons.methods.mechanisms.budgeting.election import Ballot, BallotKind, Constraints, Election, Project
from infracommons.methods.mechanisms.budgeting.limits import Limits, hold
from infracommons.methods.mechanisms.budgeting.pabulib import read
from infracommons.methods.mechanisms.budgeting.recorded import election_of
from infracommons.methods.result import refuse

_LARGEST_COUNT = 10**9
_WAYS = ("projects", "points", "ranking")


def read_election(data: object) -> Election:
    """Return the vote that `inputs_schema` describes; MethodInputError names the place, the value and the problem."""
    if isinstance(data, Mapping) and "pb" in data:
        return _recorded(data)
    said = reading.parts("", data, ("budget", "projects", "ballots"), ("constraints", "limits"))
    ballots = forms.records("ballots", said["ballots"], _ballot, least=0)
    own = tuple(
        ballot if ballot.voter else replace(ballot, voter=str(place)) for place, (_, ballot) in enumerate(ballots, 1)
    )
    kinds = {kind for kind, _ in ballots}
    if len(kinds) > 1:
        refuse("ballots", sorted(kinds), "all ballots must be of one kind")
    election = Election(
        reading.money("budget", said["budget"]),
        forms.records("projects", said["projects"], _project, least=0),
        own,
        kinds.pop() if kinds else "approval",
        _constraints(said.get("constraints", {}), None),
    )
    hold(election, _limits(said.get("limits", {})))
    return election


def _recorded(data: Mapping[str, Any]) -> Election:
    """Return the vote of a .pb text, with conditions that are given beside it."""
    for key in ("budget", "projects", "ballots", "limits"):
        if key in data:
            refuse(key, data[key], "the .pb text says this already")
    said = reading.parts("", data, ("pb",), ("constraints",))
    election = election_of(read(reading.text("pb", said["pb"])))
    return replace(election, constraints=_constraints(said.get("constraints", {}), election.scale))


def _in_currency(where: str, value: object, scale: int) -> int:
    """Return units of an election that has `scale` of them in the currency unit in which the value is."""
    units = reading.share(where, value) * scale
    return int(units) if units.denominator == 1 else refuse(where, value, f"is no whole number of 1/{scale} units")


def _project(where: str, row: object) -> Project:
    said = reading.parts(where, row, ("id", "cost"), ("name", "categories", "location"))
    if "name" in said:
        reading.text(f"{where}.name", said["name"])
    return Project(
        reading.text(f"{where}.id", said["id"]),
        reading.money(f"{where}.cost", said["cost"]),
        _names(f"{where}.categories", said.get("categories", ())),
        reading.text(f"{where}.location", said["location"]) if "location" in said else "",
    )


def _ballot(where: str, row: object) -> tuple[BallotKind, Ballot]:
    said = reading.parts(where, row, (), ("voter", "weight", *_WAYS))
    ways = [key for key in _WAYS if key in said]
    if len(ways) > 1:
        refuse(where, ways, "one of projects, points and ranking, not several")
    ballot = Ballot(
        reading.text(f"{where}.voter", said["voter"]) if "voter" in said else "",
        weight=reading.share(f"{where}.weight", said.get("weight", 1)),
    )
    if ways == ["points"]:
        points = reading.entries(f"{where}.points", _pairs(f"{where}.points", said["points"]), reading.share)
        return "points", replace(ballot, points=points)
    if ways == ["ranking"]:
        return "ranked", replace(ballot, ranking=_names(f"{where}.ranking", said["ranking"]))
    names = _names(f"{where}.projects", said.get("projects", ()))
    return "approval", replace(ballot, points=dict.fromkeys(names, Fraction(1)))


def _pairs(where: str, value: object) -> object:
    """Return points by project where they are text such as `p1=3,p2=1`, as CSV has them."""
    if not isinstance(value, str):
        return value
    pairs = [part.split("=", 1) for part in value.split(",") if part.strip()]
    if any(len(pair) != 2 for pair in pairs):  # noqa: PLR2004 - a name and its points
        refuse(where, value, "must look like p1=3,p2=1")
    if len({pair[0].strip() for pair in pairs}) < len(pairs):
        refuse(where, value, "names a project twice")
    return {pair[0].strip(): pair[1] for pair in pairs}


def _constraints(data: object, scale: int | None) -> Constraints:
    """Return the conditions; money in the currency of a .pb file of that scale, else in minor units."""
    said = reading.parts("constraints", data, (), ("quotas", "floors", "exclusive", "minimum_votes"))

    def money(where: str, value: object) -> int:
        return reading.money(where, value) if scale is None else _in_currency(where, value, scale)

    return Constraints(
        reading.entries("constraints.quotas", said.get("quotas", {}), money),
        reading.entries("constraints.floors", said.get("floors", {}), money),
        forms.records("constraints.exclusive", said.get("exclusive", ()), _names, least=0),
        reading.whole("constraints.minimum_votes", said.get("minimum_votes", 0), 0, _LARGEST_COUNT),
    )


def _limits(data: object) -> Limits:
    said = reading.parts("limits", data, (), ("projects", "points", "cost"))
    return Limits(
        reading.whole("limits.projects", said["projects"], 0, _LARGEST_COUNT) if "projects" in said else None,
        reading.share("limits.points", said["points"]) if "points" in said else None,
        reading.money("limits.cost", said["cost"]) if "cost" in said else None,
    )


def _names(where: str, value: object) -> tuple[str, ...]:
    """Return names, none twice, of a list or of text with commas between, as CSV has them."""
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    return reading.texts(where, value)
