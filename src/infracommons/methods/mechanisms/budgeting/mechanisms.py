"""The family as commands and pages run it: names, purposes, schemas of inputs and parameters."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any, get_args

from infracommons.methods.forms import ABOVE_ZERO, AMOUNT, NAME, QUANTITY, told
from infracommons.methods.mechanisms.budgeting import allocate, parameters
from infracommons.methods.mechanisms.budgeting.completions import Completion, Start, Stop
from infracommons.methods.mechanisms.budgeting.exact_shares import ExactCompletion, ExactUtility
from infracommons.methods.mechanisms.budgeting.greedy import Measure
from infracommons.methods.mechanisms.budgeting.groups import Utility
from infracommons.methods.mechanisms.budgeting.optimal import Score
from infracommons.methods.mechanisms.budgeting.reading import read_election
from infracommons.methods.mechanisms.budgeting.ties import TIE_BREAKS
from infracommons.methods.result import Mechanism

Schema = Mapping[str, Any]


def _object(description: str, properties: Schema, required: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:  # noqa: ANN401 - of a schema
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def _names(description: str) -> dict[str, Any]:
    return {
        "description": f"{description}; from CSV, text with commas between",
        "anyOf": [{"type": "array", "items": NAME, "uniqueItems": True}, {"type": "string"}],
    }


def _choice(description: str, values: tuple[str, ...], default: str | None = None) -> dict[str, Any]:
    found = {"type": "string", "enum": list(values), "description": description}
    return found if default is None else {**found, "default": default}


_PROJECT = _object(
    "A project that can win.",
    {
        "id": told(NAME, "What ballots call it."),
        "name": told(NAME, "For people; not used."),
        "cost": told(AMOUNT, "What it costs."),
        "categories": _names("Categories that quotas are about"),
        "location": told(NAME, "The location that a floor is about."),
    },
    ("id", "cost"),
)
_ONE_WAY = {"not": {"anyOf": [{"required": list(pair)} for pair in combinations(("projects", "points", "ranking"), 2)]}}
_BALLOT = _ONE_WAY | _object(
    "What one voter said: one of projects, points and ranking, the same on all ballots.",
    {
        "voter": told(NAME, "A name of the voter; else the place in the list."),
        "projects": _names("The projects that the voter approves of"),
        "points": {
            "description": "Points by project; from CSV, text such as p1=3,p2=1.",
            "anyOf": [{"type": "object", "additionalProperties": told(QUANTITY, "Points.")}, {"type": "string"}],
        },
        "ranking": _names("Projects in order, the best first"),
        "weight": told(ABOVE_ZERO, "How much the voter weighs; 1 if not said."),
    },
)
_CONSTRAINTS = _object(
    "Conditions on the outcome beside the budget. Money in the currency of a .pb file, else in minor units.",
    {
        "quotas": {
            "type": "object",
            "description": "The most money for a category.",
            "additionalProperties": told(AMOUNT, "Most."),
        },
        "floors": {
            "type": "object",
            "description": "The least money for a location, as far as projects allow it.",
            "additionalProperties": told(AMOUNT, "Least."),
        },
        "exclusive": {
            "type": "array",
            "description": "Groups of variants of which at most one may win.",
            "items": _names("Variants"),
        },
        "minimum_votes": {"type": "integer", "minimum": 0, "description": "Supporters that a winner needs."},
    },
)
_LIMITS = _object(
    "What one ballot may say at most; a ballot beyond it is an error.",
    {
        "projects": {"type": "integer", "minimum": 0, "description": "Projects (k-approval)."},
        "points": told(QUANTITY, "Points in all (cumulative voting)."),
        "cost": told(AMOUNT, "Cost of its projects in all (knapsack voting)."),
    },
)
INPUTS: Schema = _object(
    "A vote on projects: the text of a .pb file, or budget, projects and ballots.",
    {
        "pb": told(NAME, "The text of a file in the .pb format of Pabulib."),
        "budget": told(AMOUNT, "The money to give."),
        "projects": {"type": "array", "items": _PROJECT, "description": "The projects."},
        "ballots": {"type": "array", "items": _BALLOT, "description": "The ballots, one a voter."},
        "constraints": _CONSTRAINTS,
        "limits": _LIMITS,
    },
    anyOf=[
        {"required": ["pb"], "properties": dict.fromkeys(("budget", "projects", "ballots", "limits"), False)},
        {"required": ["budget", "projects", "ballots"], "properties": {"pb": False}},
    ],
)


_TIE = _choice("Who comes first of equals; what is still equal, the order of the list decides.", TIE_BREAKS, "listed")
_UTILITY = _choice(
    "What a winner is worth to a supporter: its cost, one (or the points), or the Borda points of a ranking.",
    get_args(Utility),
)
_SHARES_PARAMETERS = {
    "utility": _UTILITY,
    "completion": _choice("What is done with money left over.", get_args(Completion)),
    "step": {
        **told(
            ABOVE_ZERO, "By how much add_one raises each part, in currency units of a .pb file, else in minor units."
        ),
        "default": 1,
    },
    "stop": _choice("When add_one ends.", get_args(Stop), "overspend"),
    "start": _choice("The equal part of each voter: exact, or rounded down.", get_args(Start), "exact"),
    "tie_break": _TIE,
}


def _parameters(properties: Schema, *required: str) -> Schema:
    return _object("The parameters of the rule.", properties, required)


def _mechanism(name: str, label: str, purpose: str, own: Schema) -> Mechanism:
    run, reader = {
        "greedy": (allocate.allocate_greedy, parameters.read_greedy),
        "optimal": (allocate.allocate_optimal, parameters.read_optimal),
        "phragmen": (allocate.allocate_phragmen, parameters.read_phragmen),
        "equal_shares": (allocate.allocate_equal_shares, parameters.read_equal_shares),
        "exact_equal_shares": (allocate.allocate_exact, parameters.read_exact),
        "bounded_overspending": (allocate.allocate_bounded, parameters.read_bounded),
    }[name]
    return Mechanism(
        name=name,
        family="budgeting",
        label=label,
        purpose=purpose,
        allocate=run,  # type: ignore[arg-type]  # each rule reads its own parameters
        read_inputs=read_election,
        read_parameters=reader,
        inputs_schema=INPUTS,
        parameters_schema=own,
        tables=("projects", "ballots"),
    )


MECHANISMS: tuple[Mechanism, ...] = (
    _mechanism(
        "equal_shares",
        "Method of equal shares",
        "Each voter decides over an equal part of the budget; groups get projects in proportion to their size.",
        _parameters(_SHARES_PARAMETERS, "utility", "completion"),
    ),
    _mechanism(
        "exact_equal_shares",
        "Exact equal shares",
        "Equal shares where all who pay for a project pay the same, so that anyone can check it by hand.",
        _parameters(
            {
                **_SHARES_PARAMETERS,
                "utility": _choice("What a winner is worth to a supporter: its cost, or one.", get_args(ExactUtility)),
                "completion": _choice("What is done with money left over.", get_args(ExactCompletion)),
            },
            "utility",
            "completion",
        ),
    ),
    _mechanism(
        "bounded_overspending",
        "Equal shares with bounded overspending",
        "Equal shares that also buys a project with many supporters who can nearly afford it.",
        _parameters(
            {
                "utility": _UTILITY,
                "completion": _choice("What is done with money left over.", parameters.BOUNDED_COMPLETIONS),
                "tie_break": _TIE,
            },
            "utility",
            "completion",
        ),
    ),
    _mechanism(
        "greedy",
        "Greedy by votes",
        "The projects with the most votes, or the most for each unit of cost, as long as the budget lasts.",
        _parameters(
            {
                "measure": _choice("What projects are ordered by.", get_args(Measure)),
                "skip": {"type": "boolean", "description": "Whether a project that does not fit is passed over."},
                "tie_break": _TIE,
            },
            "measure",
            "skip",
        ),
    ),
    _mechanism(
        "optimal",
        "Most votes in all",
        "The outcome whose winners have the most votes together, or the best by proportional approval voting.",
        _parameters({"score": _choice("What is made as large as it can be.", get_args(Score), "votes")}),
    ),
    _mechanism(
        "phragmen",
        "Phragmen's rule",
        "Voters earn money together and steadily, and buy projects as soon as they can.",
        _parameters({"tie_break": _TIE}),
    ),
)
