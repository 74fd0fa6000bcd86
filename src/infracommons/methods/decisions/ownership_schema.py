"""The form of an ownership cost: its JSON Schema, and how plans, lines, drivers and prices are read."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.decisions.cost_uncertainty import Lognormal, Pert, Price, Triangular
from infracommons.methods.decisions.ownership_cost import BEHAVIOURS, WHEN, Line, Plan, growing
from infracommons.methods.result import refuse

SHAPES = ("triangular", "pert", "lognormal")
MOST_YEARS = 100
LARGEST_VOLUME = 10**18
Priced = tuple[Plan, Mapping[str, Price]]


def read_plans(form: Mapping[str, Any]) -> dict[str, Priced]:
    """Return each plan by its id, with the prices that are not sure by line."""
    years = read.whole("years", form["years"], 1, MOST_YEARS)
    volumes = read.entries("drivers", form.get("drivers", {}), lambda where, value: _volumes(where, value, years))
    discount = read.share("discount", form["discount"], None, 10)
    if discount <= -1:
        refuse("discount", form["discount"], "above -1")
    pays_at = read.choice("pays_at", form["pays_at"], ("start", "end"))
    found: dict[str, Priced] = {}
    for place, value in enumerate(read.rows("plans", form["plans"])):
        where = f"plans[{place}]"
        given = read.parts(where, value, ["id", "lines"], ["label"])
        name = read.text(f"{where}.id", given["id"])
        if name in found:
            refuse(f"{where}.id", name, "stands twice")
        lines = forms.records(f"{where}.lines", given["lines"], lambda here, one: _line(here, one, years, volumes))
        forms.no_twins(f"{where}.lines", [line.line_id for line, _ in lines])
        prices = {line.line_id: price for line, price in lines if price is not None}
        found[name] = Plan(tuple(line for line, _ in lines), years, volumes, discount, pays_at), prices
    if not found:
        refuse("plans", form["plans"], "there are none")
    return found


def _volumes(where: str, value: object, years: int) -> tuple[Fraction, ...]:
    """Return a volume for each year, from a list or from a start and a growth."""
    if isinstance(value, Mapping):
        given = read.parts(where, value, ["start"], ["growth"])
        growth = read.share(f"{where}.growth", given.get("growth", 0), -1, 10)
        found = growing(read.share(f"{where}.start", given["start"]), growth, years)
    else:
        found = forms.records(where, value, read.share)
    if len(found) != years:
        refuse(where, len(found), f"one volume for each of {years} years was expected")
    if max(found) > LARGEST_VOLUME:
        refuse(where, f"{float(max(found)):g}", f"a volume above {LARGEST_VOLUME:g}")
    return found


def _line(where: str, value: object, years: int, volumes: Mapping[str, Any]) -> tuple[Line, Price | None]:
    given = read.parts(where, value, _LINE["required"], _LINE["properties"])
    behaviour = read.choice(f"{where}.behaviour", given["behaviour"], BEHAVIOURS)
    driver = read.text(f"{where}.driver", given["driver"]) if "driver" in given else ""
    if (behaviour == "fixed") is bool(driver):
        refuse(f"{where}.driver", driver or None, "is not for a fixed line" if driver else "is missing")
    if driver and driver not in volumes:
        refuse(f"{where}.driver", driver, f"is not among the drivers: {', '.join(volumes) or 'there are none'}")
    if (behaviour == "step") is not ("step_size" in given):
        refuse(f"{where}.step_size", given.get("step_size"), "belongs to a line that goes in steps")
    price, uncertain = _price(f"{where}.price", given["price"])
    growth = read.share(f"{where}.growth", given.get("growth", 0), None, 10)
    if growth <= -1:
        refuse(f"{where}.growth", given["growth"], "above -1")
    step = read.share(f"{where}.step_size", given.get("step_size", 1))
    if not step:
        refuse(f"{where}.step_size", given["step_size"], "above zero was expected")
    start = read.whole(f"{where}.start", given.get("start", 1), 1, years)
    end = read.whole(f"{where}.end", given.get("end", years), start, years)
    when = read.choice(f"{where}.when", given.get("when", "running"), WHEN)
    until = read.whole(f"{where}.committed_until", given.get("committed_until", 0), 0, years)
    in_kind = read.flag(f"{where}.in_kind", given.get("in_kind", False))
    name = read.text(f"{where}.id", given["id"])
    return Line(name, behaviour, price, start, end, driver, step, growth, in_kind, when, until), uncertain


def _price(where: str, value: object) -> tuple[Fraction, Price | None]:
    """Return the price to count with, and its distribution where it is not sure."""
    if not isinstance(value, Mapping):
        return Fraction(read.money(where, value)), None
    shape = read.choice(f"{where}.shape", value.get("shape"), SHAPES)
    if shape == "lognormal":
        given = read.parts(where, value, ["shape", "median", "ninetieth"])
        median, high = (read.money(f"{where}.{name}", given[name]) for name in ("median", "ninetieth"))
        if not 0 < median <= high:
            refuse(where, (median, high), "above zero, the median not above the 90th percentile")
        return Fraction(median), Lognormal(median, high)
    given = read.parts(where, value, ["shape", "least", "mode", "greatest"])
    least, mode, greatest = (read.money(f"{where}.{name}", given[name]) for name in ("least", "mode", "greatest"))
    if not least <= mode <= greatest:
        refuse(where, (least, mode, greatest), "not in the order least, mode, greatest")
    return Fraction(mode), (Triangular if shape == "triangular" else Pert)(least, mode, greatest)


def _distribution(shapes: list[str], *names: str) -> dict[str, Any]:
    return forms.schema({"shape": {"enum": shapes}, **dict.fromkeys(names, forms.AMOUNT)})


_YEAR = {"type": "integer", "minimum": 1}
_LINE = forms.schema(
    {
        "id": {**forms.NAME, "description": "Its name."},
        "behaviour": {
            "enum": list(BEHAVIOURS),
            "description": "fixed: the price each year; step: for each started step of the driver; variable: per unit.",
        },
        "price": {
            "description": "In money of year 1: an amount, or what it may be where that is not sure.",
            "oneOf": [
                *forms.AMOUNT["oneOf"],
                _distribution(["triangular", "pert"], "least", "mode", "greatest"),
                _distribution(["lognormal"], "median", "ninetieth"),
            ],
        },
    },
    {
        "label": {"type": "string", "description": "Its name for people."},
        "driver": {"type": "string", "description": "The volume it goes with, for step and variable."},
        "step_size": forms.told(forms.ABOVE_ZERO, "Units of the driver in a step, above 0."),
        "growth": forms.told(forms.NUMBER, "Rise of the price in a year, 0.02 for 2 %; 0 where not given."),
        "start": {**_YEAR, "description": "First year; 1 where not given."},
        "end": {**_YEAR, "description": "Last year; that of the plan where not given."},
        "in_kind": {"type": "boolean", "description": "Work or goods instead of money; false where not given."},
        "when": {
            "enum": list(WHEN),
            "description": "running, or leaving: due once, on leaving; running where not given.",
        },
        "committed_until": {
            "type": "integer",
            "minimum": 0,
            "description": "To this year it has to be paid even after leaving; 0 where not given.",
        },
    },
)
SCHEMA = forms.schema(
    {
        "years": {"type": "integer", "minimum": 1, "maximum": MOST_YEARS, "description": "How many years."},
        "discount": forms.told(forms.NUMBER, "How much less money is worth a year later, 0.03 for 3 %; above -1."),
        "pays_at": {
            "enum": ["start", "end"],
            "description": "Start or end of a year; at the start year 1 counts in full.",
        },
        "leaves": {
            "type": "boolean",
            "description": "Whether leaving at the end of the last year counts in the total.",
        },
        "plans": forms.listed(
            forms.schema(
                {"id": {**forms.NAME, "description": "Its name."}, "lines": forms.listed(_LINE, "Lines of cost.")},
                {"label": {"type": "string", "description": "Its name for people."}},
            ),
            "Ways to have it, compared on the same drivers.",
        ),
    },
    {
        "drivers": {
            "type": "object",
            "description": "Volumes by name: one for each year, or a start and a yearly growth.",
            "additionalProperties": {
                "oneOf": [
                    forms.listed(forms.QUANTITY, "One for each year."),
                    forms.schema({"start": forms.QUANTITY}, {"growth": forms.NUMBER}),
                ]
            },
        },
        "draws": {"type": "integer", "minimum": 1, "maximum": 1_000_000, "description": "10,000 where not given."},
        "seed": {"type": "integer", "minimum": 0, "description": "Of the draws; 0 where not given."},
    },
)
