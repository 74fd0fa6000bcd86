"""The steps of a review panel as commands and pages run them: JSON in, checked at the door."""

from collections.abc import Mapping
from typing import Any, cast, get_args

from infracommons.methods import reading
from infracommons.methods.forms import ABOVE_ZERO, AMOUNT, NAME, NUMBER, PART
from infracommons.methods.mechanisms.panels import assignment, draw, funding_line, merit
from infracommons.methods.mechanisms.panels.calibration import MOST, Model
from infracommons.methods.mechanisms.panels.reviews import Panel, Review
from infracommons.methods.result import Mechanism, refuse

DRAFT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
TEXT = {"type": "string"}
WHOLE = {"type": "integer", "minimum": 0}


def _form(properties: Mapping[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return DRAFT | {
        "type": "object",
        "additionalProperties": False,
        "required": [one for one in properties if one not in optional],
        "properties": dict(properties),
    }


def _list(inside: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {"type": "array", "items": dict(inside), "description": description}


def _each(inside: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": dict(inside), "description": description}


PAIR = _form({"reviewer": NAME, "proposal": NAME})
AMOUNTS = _each(AMOUNT, "What a proposal is paid if it is funded.")
DRAW = {
    "draw_seed": NAME | {"description": "Any text; keep it secret until entries are closed."},
    "commitment": {"type": ["string", "null"], "description": "SHA-256 of the seed as published before; null: none."},
}
PANEL_INPUTS = _form(
    {
        "reviews": _list(
            _form({"proposal": NAME, "reviewer": NAME, "score": NUMBER}), "One record a score; higher is better."
        ),
        "conflicts": _list(PAIR, "Reviews of these pairs do not count."),
        "amounts": AMOUNTS,
    },
    ("conflicts", "amounts"),
)
PANEL_PARAMETERS = _form(
    {
        "fundable": WHOLE | {"description": "How many can be paid."},
        "interval": PART | {"description": "Part of draws inside the interval of a rank, such as 1/2."},
        "interval_ends": {
            "enum": list(get_args(funding_line.IntervalEnds)),
            "description": "Ends of intervals at whole ranks, or between them (moves smoothly).",
        },
        "severity_spread": {
            "oneOf": [{"type": "null"}, *ABOVE_ZERO["oneOf"]],
            "description": "Prior standard deviation of reviewers' severity; null: no prior.",
        },
        "largest_spread": ABOVE_ZERO | {"description": "Upper end of the priors of the other standard deviations."},
        "by_pair": {"type": "boolean", "description": "Whether a reviewer may take to one proposal."},
        "draws": WHOLE | {"minimum": 100, "maximum": MOST["draws"], "description": "Draws kept of each chain."},
        "burn_in": WHOLE | {"maximum": MOST["burn_in"], "description": "Draws thrown away first."},
        "chains": WHOLE | {"minimum": 2, "maximum": MOST["chains"], "description": "Chains."},
        "seed": WHOLE | {"description": "Seed of the simulation."},
        **DRAW,
    }
)
INTERVAL_INPUTS = _form(
    {
        "intervals": _each(
            {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2},
            "Proposal to the lower and upper bound of its quality.",
        ),
        "amounts": AMOUNTS,
    },
    ("amounts",),
)
INTERVAL_PARAMETERS = _form({"fundable": WHOLE | {"description": "How many can be paid."}, **DRAW})
DRAW_INPUTS = _form(
    {"chances": _each(PART, "Entry to chance; together a whole number."), "amounts": AMOUNTS}, ("amounts",)
)
DRAW_PARAMETERS = _form(DRAW)
MOST_EXPERTISE = 10**6  # so that the solver tells sums apart
SCORE = {"type": "integer", "minimum": -MOST_EXPERTISE, "maximum": MOST_EXPERTISE}
REGIONS = _each(TEXT, 'Name to region; "" for none.')
ASSIGNMENT_INPUTS = _form(
    {
        "reviewers": REGIONS,
        "proposals": REGIONS,
        "conflicts": _list(PAIR, "Who must not review what."),
        "expertise": _list(
            _form({"reviewer": NAME, "proposal": NAME, "score": SCORE}),
            "How well a reviewer knows the matter, a whole number; 0 where it is not said.",
        ),
    },
    ("conflicts", "expertise"),
)
ASSIGNMENT_PARAMETERS = _form(
    {
        "reviews": {"type": "integer", "minimum": 1, "description": "Reviews of each proposal."},
        "least_load": WHOLE | {"description": "Fewest reviews of a reviewer."},
        "most_load": WHOLE | {"description": "Most reviews of a reviewer."},
        "objective": {"enum": list(get_args(assignment.Objective))},
        "region_rule": {"enum": list(get_args(assignment.RegionRule))},
        "connected": {"type": "boolean", "description": "Tie all proposals together by shared reviewers."},
    }
)


def _pairs(where: str, value: object) -> frozenset[tuple[str, str]]:
    found = set()
    for number, one in enumerate(reading.rows(where, value)):
        here = f"{where}[{number}]"
        own = reading.parts(here, one, ("reviewer", "proposal"))
        found.add(
            (reading.text(f"{here}.reviewer", own["reviewer"]), reading.text(f"{here}.proposal", own["proposal"]))
        )
    return frozenset(found)


def _amounts(found: Mapping[str, Any]) -> dict[str, int]:
    return reading.entries("amounts", found.get("amounts", {}), reading.money)


def _number(where: str, value: object) -> float:
    return float(reading.share(where, value, None))


def _draw(found: Mapping[str, Any]) -> draw.DrawRules:
    seed = reading.text("draw_seed", found["draw_seed"])
    told = found["commitment"]
    return draw.DrawRules(seed, None if told is None else reading.text("commitment", told))


def read_panel(value: Mapping[str, Any]) -> Panel:
    """Return the panel that the JSON says."""
    found = reading.parts("", value, ("reviews",), ("conflicts", "amounts"))
    reviews = []
    for number, one in enumerate(reading.rows("reviews", found["reviews"])):
        where = f"reviews[{number}]"
        own = reading.parts(where, one, ("proposal", "reviewer", "score"))
        proposal, reviewer = (reading.text(f"{where}.{name}", own[name]) for name in ("proposal", "reviewer"))
        reviews.append(Review(proposal, reviewer, _number(f"{where}.score", own["score"])))
    return Panel(tuple(reviews), _pairs("conflicts", found.get("conflicts", ())), _amounts(found))


def read_line_rules(value: Mapping[str, Any]) -> funding_line.LineRules:
    """Return the rules that the JSON says."""
    found = reading.parts("", value, PANEL_PARAMETERS["required"])
    spread = found["severity_spread"]
    model = Model(
        severity_spread=None if spread is None else _number("severity_spread", spread),
        largest_spread=_number("largest_spread", found["largest_spread"]),
        by_pair=reading.flag("by_pair", found["by_pair"]),
        draws=reading.whole("draws", found["draws"], 100),
        burn_in=reading.whole("burn_in", found["burn_in"], 0),
        chains=reading.whole("chains", found["chains"], 2),
        seed=reading.whole("seed", found["seed"], 0),
    )
    interval = reading.share("interval", found["interval"], 0, 1)
    ends = reading.choice("interval_ends", found["interval_ends"], get_args(funding_line.IntervalEnds))
    fundable = reading.whole("fundable", found["fundable"], 0)
    return funding_line.LineRules(model, fundable, interval, cast("funding_line.IntervalEnds", ends), _draw(found))


def read_intervals(value: Mapping[str, Any]) -> merit.Intervals:
    """Return the intervals that the JSON says."""
    found = reading.parts("", value, ("intervals",), ("amounts",))
    return merit.Intervals(reading.entries("intervals", found["intervals"], _interval), _amounts(found))


def _interval(where: str, value: object) -> tuple[float, float]:
    ends = reading.rows(where, value)
    if len(ends) != 2:  # noqa: PLR2004 - two ends
        refuse(where, value, "must be two numbers, the lower first")
    return _number(f"{where}[0]", ends[0]), _number(f"{where}[1]", ends[1])


def read_merit_rules(value: Mapping[str, Any]) -> merit.MeritRules:
    """Return the rules that the JSON says."""
    found = reading.parts("", value, INTERVAL_PARAMETERS["required"])
    return merit.MeritRules(reading.whole("fundable", found["fundable"], 0), _draw(found))


def read_entries(value: Mapping[str, Any]) -> draw.Entries:
    """Return the entries that the JSON says."""
    found = reading.parts("", value, ("chances",), ("amounts",))
    return draw.Entries(
        reading.entries("chances", found["chances"], lambda at, one: reading.share(at, one, 0, 1)), _amounts(found)
    )


def read_draw_rules(value: Mapping[str, Any]) -> draw.DrawRules:
    """Return the rules that the JSON says."""
    return _draw(reading.parts("", value, DRAW_PARAMETERS["required"]))


def read_calls(value: Mapping[str, Any]) -> assignment.Calls:
    """Return reviewers and proposals that the JSON says."""
    found = reading.parts("", value, ("reviewers", "proposals"), ("conflicts", "expertise"))
    expertise = {}
    for number, one in enumerate(reading.rows("expertise", found.get("expertise", ()))):
        where = f"expertise[{number}]"
        own = reading.parts(where, one, ("reviewer", "proposal", "score"))
        pair = (reading.text(f"{where}.reviewer", own["reviewer"]), reading.text(f"{where}.proposal", own["proposal"]))
        if pair in expertise:
            refuse(where, f"{pair[0]} on {pair[1]}", "is said a second time")
        expertise[pair] = reading.whole(f"{where}.score", own["score"], -MOST_EXPERTISE, MOST_EXPERTISE)
    return assignment.Calls(
        reading.entries("reviewers", found["reviewers"], _region),
        reading.entries("proposals", found["proposals"], _region),
        _pairs("conflicts", found.get("conflicts", ())),
        expertise,
    )


def _region(where: str, value: object) -> str:
    if not isinstance(value, str):
        refuse(where, value, 'must be the name of a region, or ""')
    return value


def read_assignment_rules(value: Mapping[str, Any]) -> assignment.AssignmentRules:
    """Return the rules that the JSON says."""
    found = reading.parts("", value, ASSIGNMENT_PARAMETERS["required"])
    objective = reading.choice("objective", found["objective"], get_args(assignment.Objective))
    region_rule = reading.choice("region_rule", found["region_rule"], get_args(assignment.RegionRule))
    return assignment.AssignmentRules(
        reviews=reading.whole("reviews", found["reviews"], 1),
        least_load=reading.whole("least_load", found["least_load"], 0),
        most_load=reading.whole("most_load", found["most_load"], 0),
        objective=cast("assignment.Objective", objective),
        region_rule=cast("assignment.RegionRule", region_rule),
        connected=reading.flag("connected", found["connected"]),
    )


MECHANISMS: tuple[Mechanism, ...] = (
    Mechanism(
        "reviewer_assignment",
        "panels",
        "Assignment of reviewers",
        "Gives each proposal its reviewers: no conflicts, bounded loads, the best expertise.",
        assignment.allocate,
        read_calls,
        read_assignment_rules,
        ASSIGNMENT_INPUTS,
        ASSIGNMENT_PARAMETERS,
        ("conflicts", "expertise"),
    ),
    Mechanism(
        "panel_lottery",
        "panels",
        "Ranking with a funding line and a lottery on it",
        "Ranks proposals by expected rank, severity of reviewers taken out, and draws lots at the funding line.",
        funding_line.allocate,
        read_panel,
        read_line_rules,
        PANEL_INPUTS,
        PANEL_PARAMETERS,
        ("reviews", "conflicts"),
    ),
    Mechanism(
        "merit_lottery",
        "panels",
        "Lottery for the worst case (MERIT)",
        "Draws with the chances that do best in the worst case which intervals of quality allow.",
        merit.allocate,
        read_intervals,
        read_merit_rules,
        INTERVAL_INPUTS,
        INTERVAL_PARAMETERS,
    ),
    Mechanism(
        "replayable_draw",
        "panels",
        "Draw that anyone can replay",
        "Draws winners by their chances from a seed committed to before, by SHA-256 alone.",
        draw.allocate,
        read_entries,
        read_draw_rules,
        DRAW_INPUTS,
        DRAW_PARAMETERS,
    ),
)
