"""The form of the runway: its JSON Schemas, and how inputs and parameters are read."""

from collections.abc import Mapping
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.mechanisms.long_term.runway import Cost, Line, Position, RunwayParameters, look_ahead
from infracommons.methods.result import Mechanism, refuse


def _name(where: str, given: Mapping[str, Any], key: str) -> str:
    """Return a name that may be left out."""
    value = forms.or_else(given, key, "")
    return value if value == "" else read.text(f"{where}.{key}", value)


def _line(where: str, value: object) -> Line:
    optional = ["funder", "purpose", "every", "first", "last", "lag", "term", "leaves"]
    given = read.parts(where, value, ["id", "amount"], optional)
    leaves = float(forms.part(f"{where}.leaves", given.get("leaves", 0)))
    term = read.whole(f"{where}.term", given.get("term", 0), 0, 1200)
    if leaves and not term:
        refuse(f"{where}.term", given.get("term"), "missing: say after how many months the funder decides anew")
    return Line(
        read.text(f"{where}.id", given["id"]),
        read.money(f"{where}.amount", given["amount"]),
        _name(where, given, "funder"),
        _name(where, given, "purpose"),
        read.whole(f"{where}.every", given.get("every", 1), 1, 1200),
        read.whole(f"{where}.first", given.get("first", 1), 1, 1200),
        None if given.get("last") is None else read.whole(f"{where}.last", given["last"], 1, 1200),
        read.whole(f"{where}.lag", given.get("lag", 0), 0, 1200),
        term,
        leaves,
    )


def _cost(where: str, value: object) -> Cost:
    given = read.parts(where, value, ["id", "amount"], ["purpose", "first", "last"])
    return Cost(
        read.text(f"{where}.id", given["id"]),
        read.money(f"{where}.amount", given["amount"]),
        _name(where, given, "purpose"),
        read.whole(f"{where}.first", given.get("first", 1), 1, 1200),
        None if given.get("last") is None else read.whole(f"{where}.last", given["last"], 1, 1200),
    )


def _inputs(given: Mapping[str, Any]) -> Position:
    read.parts("", given, ["unrestricted", "costs"], ["restricted", "income"])
    income = forms.records("income", given.get("income", ()), _line, least=0)
    costs = forms.records("costs", given["costs"], _cost)
    forms.no_twins("income", [one.id for one in income])
    forms.no_twins("costs", [one.id for one in costs])
    restricted = read.entries("restricted", given.get("restricted", {}), read.money)
    return Position(read.money("unrestricted", given["unrestricted"]), restricted, income, costs)


def _parameters(given: Mapping[str, Any]) -> RunwayParameters:
    read.parts("", given, ["months", "seed"], ["runs"])
    return RunwayParameters(
        read.whole("months", given["months"], 1, 1200),
        read.whole("runs", given.get("runs", 1000), 1, 100_000),
        read.whole("seed", given["seed"], 0),
    )


def _count(words: str) -> dict[str, Any]:
    return {"type": "integer", "minimum": 0, "maximum": 1200, "description": words}


_LINE = forms.schema(
    {"id": forms.told(forms.NAME, "Name of the line."), "amount": forms.told(forms.AMOUNT, "Each payment.")},
    {
        "funder": {"type": "string", "description": "Who pays."},
        "purpose": {"type": "string", "description": "What it is restricted to; empty: unrestricted."},
        "every": _count("Months from payment to payment; 1 by default."),
        "first": _count("Month of the first payment; 1 by default."),
        "last": _count("Last month that is paid for; none by default."),
        "lag": _count("Months until the money is at hand; 0 by default."),
        "term": _count("Months after which the funder decides anew."),
        "leaves": forms.told(forms.PART, "Probability that it leaves at each renewal; 0 by default."),
    },
)
_COST = forms.schema(
    {"id": forms.told(forms.NAME, "Name of the cost."), "amount": forms.told(forms.AMOUNT, "Each month.")},
    {
        "purpose": {"type": "string", "description": "Restricted money of this purpose pays first."},
        "first": _count("First month; 1 by default."),
        "last": _count("Last month; none by default."),
    },
)
MECHANISMS = (
    Mechanism(
        "runway",
        "long_term",
        "Runway",
        "Plays cash forward month by month, restricted money apart: how long it lasts and whose leaving bites.",
        look_ahead,
        _inputs,
        _parameters,
        forms.schema(
            {
                "unrestricted": forms.told(forms.AMOUNT, "Free cash at the start."),
                "costs": forms.listed(_COST, "Monthly costs."),
            },
            {
                "restricted": {
                    "type": "object",
                    "additionalProperties": forms.AMOUNT,
                    "description": "Restricted cash at the start, by purpose.",
                },
                "income": forms.listed(_LINE, "Income lines.", 0),
            },
        ),
        forms.schema(
            {"months": _count("Months to look ahead."), "seed": {"type": "integer", "description": "Seed of chance."}},
            {"runs": {"type": "integer", "description": "How many times chance is played; 1,000 by default."}},
        ),
        ("income", "costs"),
    ),
)
