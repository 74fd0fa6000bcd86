"""Answers what a whole JSON document asks, such as of the health of accounts or of software."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from infracommons.commands.answers import say
from infracommons.commands.input_files import read_json, told, unusable
from infracommons.methods.health.finance import FINANCE_SCHEMA, health
from infracommons.methods.health.software_report import SOFTWARE_SCHEMA, software_health

T = TypeVar("T")
_SHOWN = {"months": "{:,.1f} months", "days": "{:,.0f} days", "share": "{:.1%}"}


def finance_of(file: Path | None, *, schema: bool, as_json: bool) -> None:
    """Print all ratios of each year with their formulas, or the JSON Schema of the file."""
    if schema:
        print_schema(FINANCE_SCHEMA, as_json=as_json)
        return
    said = answer_to(file, health, "name the JSON file of accounts; `--schema` prints what it holds")
    lines = [line for one in said.get("organisations", [said]) for line in _finance_lines(one)]
    for year, standings in said.get("vulnerability", {}).items():
        lines += [f"{year}: {name}: {standing['verdict']}" for name, standing in standings.items()]
    say(lines, said, as_json=as_json)


def software_of(file: Path | None, *, schema: bool, as_json: bool) -> None:
    """Print on how few people software hangs, its age and criticality; or the JSON Schema of the file."""
    if schema:
        print_schema(SOFTWARE_SCHEMA, as_json=as_json)
        return
    said = answer_to(file, software_health, "name the JSON file of commits; `--schema` prints what it holds")
    shown = ("contributor_absence_factor", "elephant_factor", "release_age_days", "criticality")
    say(
        [f"{name}: {_value_or_why(said[name])}" for name in shown],
        said,
        as_json=as_json,
    )


def _value_or_why(found: Mapping[str, Any]) -> str:
    return f"cannot be told: {found['why_not']}" if found["value"] is None else str(found["value"])


def answer_to(file: Path | None, ask: Callable[[Any], T], missing: str) -> T:
    """Return the answer to the JSON document of a file; what is wrong in it ends the command with its place."""
    if file is None:
        unusable("FILE", missing)
    document = read_json(file)
    with told(file):
        return ask(document)


def print_schema(schema: Mapping[str, Any], *, as_json: bool) -> None:
    """Print a JSON Schema, in one line or to be read."""
    print(json.dumps(schema, ensure_ascii=False, indent=None if as_json else 2))  # noqa: T201 - a command's answer


def _finance_lines(one: Mapping[str, Any]) -> Iterator[str]:
    for year in one["years"]:
        yield f"{one['organisation']}, {year['year']} (form {year['form']}, {year['currency']})"
        for ratio in year["ratios"]:
            value = ratio["decimal"]
            shown = f"cannot be told: {ratio['why_not']}" if value is None else _SHOWN[ratio["unit"]].format(value)
            yield f"  {ratio['label']}: {shown}"
            yield f"      {ratio['name']} = {ratio['formula']}"
        yield f"  As this year went on: {year['runway']['words']}"
        for leaving in year["funder_exit"]:
            yield f"  Without {leaving['funder']}: {leaving['words']}"
