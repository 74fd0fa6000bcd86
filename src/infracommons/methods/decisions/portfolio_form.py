"""A portfolio as one JSON document: candidates, budget and rules; the best set, the frontier and what is lacking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.decisions.portfolio import best_by_budget, best_portfolio, frontier, what_lacks
from infracommons.methods.decisions.portfolio_rules import Candidate, Lack, Portfolio, Rules, check
from infracommons.methods.result import VERSION, Certificate, Check

DETAILED = 60  # candidates up to which all that takes a problem each is told unasked


@dataclass(frozen=True)
class Point:
    """One set that no other beats on cost and value, by these two; cost in minor units."""

    cost: int
    value: Fraction


@dataclass(frozen=True)
class PortfolioResult:
    """The set of most value for the budget. Money in minor units.

    `left_out`: what each other candidate lacks. `frontier`: from little money to the whole budget; where it has more
    points than asked for, `frontier_is_whole` is False, and the points are those for equal steps of the budget.
    """

    method: str
    parameters: Mapping[str, Any]
    selected: tuple[str, ...]
    value: Fraction
    cost: int
    left_over: int
    left_out: tuple[Lack, ...]
    frontier: tuple[Point, ...]
    frontier_is_whole: bool | None
    certificate: Certificate
    seed: None = None  # nothing is drawn
    version: str = VERSION


def run_portfolio(form: Mapping[str, Any]) -> PortfolioResult:
    """Return the best set; MethodInputError names the place of what is wrong."""
    read.parts("", form, SCHEMA["required"], SCHEMA["properties"])
    candidates = forms.records("candidates", form["candidates"], _candidate)
    forms.no_twins("candidates", [one.candidate_id for one in candidates])
    rules = _rules(form)
    is_small = len(candidates) <= DETAILED
    most = read.whole("frontier_points", form.get("frontier_points", 20 if is_small else 0), 0, 1000)
    lacks = read.flag("left_out", form.get("left_out", is_small))
    check(candidates, rules)
    chosen = best_portfolio(candidates, rules)
    asked = [one.candidate_id for one in candidates if one.candidate_id not in chosen.selected]
    points = frontier(candidates, rules, most=most + 1) if most else []
    is_whole = len(points) <= most
    if not is_whole:
        points = best_by_budget(candidates, rules, steps=most)
    return PortfolioResult(
        "portfolio",
        {
            "rules": rules,
            "tie_break": "least cost, then the set found first",
            "frontier_points": most,
            "left_out": lacks,
        },
        chosen.selected,
        chosen.value,
        chosen.cost,
        rules.budget - chosen.cost,
        tuple(what_lacks(candidates, rules, chosen, name) for name in asked) if lacks and chosen.is_feasible else (),
        tuple(Point(cost, value) for cost, value in points),
        is_whole if most else None,
        Certificate(_checks(candidates, rules, chosen)),
    )


def _checks(candidates: Sequence[Candidate], rules: Rules, chosen: Portfolio) -> tuple[Check, ...]:
    """Return whether the set keeps each rule, counted anew; where there is none, which rules stand in the way."""
    if not chosen.is_feasible:
        words = "No set keeps all rules; the witness names rules each of which alone stands in the way."
        return (
            Check("a_set_keeps_all_rules", False if chosen.is_proved else None, words, _in_the_way(candidates, rules)),
        )
    kept = [one for one in candidates if one.candidate_id in chosen.selected]
    ids = {one.candidate_id for one in kept}
    by: dict[str, int] = {}
    for one in kept:
        by[one.recipient] = by.get(one.recipient, 0) + one.cost
    by.pop("", None)
    over = [name for name, cost in by.items() if cost > rules.largest_share * rules.budget]
    count = {
        group: sum(group in one.groups for one in kept) for group in {*(rules.at_least or {}), *(rules.at_most or {})}
    }
    few = [group for group, least in (rules.at_least or {}).items() if count[group] < least]
    many = [group for group, most in (rules.at_most or {}).items() if count[group] > most]
    both = [sorted(names & ids) for names in rules.exclusive if len(names & ids) > 1]
    bare = [one.candidate_id for one in kept if not ids.issuperset(one.requires)]
    return (
        Check("a_set_keeps_all_rules", chosen.is_feasible, "A set keeps all rules."),
        Check("budget", chosen.cost <= rules.budget, "The cost is within the budget."),
        Check("largest_share", not over, "Nobody receives more than the largest share of the budget.", over or None),
        Check("groups", not few and not many, "Least and most numbers from groups are kept.", [*few, *many] or None),
        Check("exclusive", not both, "No two that exclude each other are in it.", both or None),
        Check("requires", not bare, "What its members rest on is in it.", bare or None),
        Check("best", chosen.is_proved, "No set that keeps the rules is worth more, nor as much for less money."),
    )  # fmt: skip


def _in_the_way(candidates: Sequence[Candidate], rules: Rules) -> list[str]:
    """Return the rules without which, one at a time, there would be a set."""
    without = {
        "budget": replace(rules, budget=max(rules.budget, sum(one.cost for one in candidates))),
        "largest_share": replace(rules, largest_share=Fraction(1)),
        "exclusive": replace(rules, exclusive=()),
        "at_most": replace(rules, at_most=None),
    }
    for group in rules.at_least or {}:
        fewer = {name: least for name, least in (rules.at_least or {}).items() if name != group}
        without[f"at_least.{group}"] = replace(rules, at_least=fewer)
    return [name for name, looser in without.items() if best_portfolio(candidates, looser).is_feasible]


def _candidate(where: str, value: object) -> Candidate:
    given = read.parts(where, value, ["id", "cost", "value"], ["recipient", "groups", "requires", "label"])
    recipient = given.get("recipient")
    return Candidate(
        read.text(f"{where}.id", given["id"]),
        read.money(f"{where}.cost", given["cost"]),
        read.share(f"{where}.value", given["value"]),
        "" if recipient is None else read.text(f"{where}.recipient", recipient),
        frozenset(read.texts(f"{where}.groups", given.get("groups", ()))),
        read.texts(f"{where}.requires", given.get("requires", ())),
    )


def _rules(form: Mapping[str, Any]) -> Rules:
    return Rules(
        read.money("budget", form["budget"]),
        read.share("largest_share", form.get("largest_share", 1), 0, 1),
        read.entries("at_least", form.get("at_least", {}), _count),
        read.entries("at_most", form.get("at_most", {}), _count),
        forms.records(
            "exclusive", form.get("exclusive", ()), lambda where, one: frozenset(read.texts(where, one)), least=0
        ),
    )


def _count(where: str, value: object) -> int:
    return read.whole(where, value, 0)


_TEXTS = {"type": "array", "items": forms.NAME, "uniqueItems": True}
_COUNTS = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}}
_CANDIDATE = forms.schema(
    {
        "id": {**forms.NAME, "description": "Its name."},
        "cost": forms.told(forms.AMOUNT, "What it costs."),
        "value": forms.told(forms.QUANTITY, "What it is worth, in any unit that is the same for all; not negative."),
    },
    {
        "label": {"type": "string", "description": "Its name for people."},
        "recipient": {
            "type": ["string", "null"],
            "pattern": r"\S",
            "description": "Who gets the money, for the largest share.",
        },
        "groups": {**_TEXTS, "description": "Groups that it is in: regions, functions, disciplines."},
        "requires": {**_TEXTS, "description": "Candidates without which it makes no sense."},
    },
)
SCHEMA = forms.schema(
    {
        "budget": forms.told(forms.AMOUNT, "The money there is."),
        "candidates": forms.listed(_CANDIDATE, "What could be funded."),
    },
    {
        "largest_share": forms.told(forms.PART, "Most of the budget for one recipient, above 0; 1 where not given."),
        "at_least": {**_COUNTS, "description": "Least number of candidates by group."},
        "at_most": {**_COUNTS, "description": "Most number of candidates by group."},
        "exclusive": {"type": "array", "items": _TEXTS, "description": "Sets of which at most one is chosen."},
        "frontier_points": {
            "type": "integer", "minimum": 0, "maximum": 1000,
            "description": "Most points of the frontier, 0 for none; where not given 20, or none above 60 candidates.",
        },
        "left_out": {"type": "boolean", "description": "Say what each one left out lacks; if not given, up to 60."},
    },
)  # fmt: skip
