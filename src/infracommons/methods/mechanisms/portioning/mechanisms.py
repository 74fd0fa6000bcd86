"""The ways to divide a pot as commands and pages run them: JSON in, checked at the door."""

from collections.abc import Mapping
from typing import Any, cast, get_args

from infracommons.methods import reading
from infracommons.methods.forms import AMOUNT, NAME, QUANTITY
from infracommons.methods.mechanisms.portioning import flow, medians, metrics, phantoms
from infracommons.methods.result import Mechanism

DRAFT = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "additionalProperties": False}
MONEY_OR_NONE = {"oneOf": [*AMOUNT["oneOf"], {"type": "null"}]}
NAMES = {"type": "array", "items": NAME, "uniqueItems": True}


def _each(inside: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {
        "type": "object",
        "propertyNames": NAME,
        "additionalProperties": dict(inside),
        "description": description,
    }


def _one_of(words: tuple[str, ...], description: str) -> dict[str, Any]:
    return {"enum": list(words), "description": description}


def _form(properties: Mapping[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    return DRAFT | {"required": [one for one in properties if one not in optional], "properties": dict(properties)}


MEDIAN_INPUTS = _form(
    {
        "pot": AMOUNT,
        "projects": NAMES,
        "ballots": _each(_each(AMOUNT, "Project to amount."), "Voter to what they would give to which project."),
    }
)
MEDIAN_PARAMETERS = _form(
    {
        "quorum": {"type": "integer", "minimum": 1, "description": "Voters that a project needs."},
        "drop_at_or_below": MONEY_OR_NONE | {"description": "A project must be above this; null: no limit."},
        "order": _one_of(get_args(medians.Order), "When small amounts are dropped, and whether others get them."),
        "scaling": _one_of(get_args(medians.Scaling), "Scale to the pot always, or only down to it."),
        "zero_votes": _one_of(get_args(medians.ZeroVotes), "Whether a vote of nothing counts."),
    }
)
PHANTOM_INPUTS = _form(
    {
        "pot": AMOUNT,
        "projects": NAMES,
        "ballots": _each(_each(QUANTITY, "Project to part; any sum."), "Voter to how they would divide the pot."),
    }
)
PHANTOM_PARAMETERS = _form(
    {
        "family": _one_of(
            get_args(phantoms.Family),
            "independent_markets: close to proportional; utilitarian: least total distance to the votes.",
        )
    }
)
METRIC_INPUTS = _form(
    {"pot": AMOUNT, "metrics": _each(_each(QUANTITY, "Project to figure."), "Metric to the figure of each project.")}
)
METRIC_PARAMETERS = _form(
    {
        "weights": _each(QUANTITY, "Metric to weight."),
        "scale": _one_of(get_args(metrics.Scale), "What each metric is divided by before it is weighed."),
        "minimum": AMOUNT | {"description": "Least that a project is paid if it is paid at all."},
        "below_minimum": _one_of(get_args(metrics.BelowMinimum), "Raise to the minimum, or drop, the lowest first."),
        "cap": MONEY_OR_NONE | {"description": "Most for one project; null: no cap."},
        "caps_too_low": _one_of(get_args(metrics.CapsTooLow), "Where caps leave money: refuse, or keep it."),
    }
)
FLOW_INPUTS = _form(
    {
        "receivers": _each(
            _form(
                {
                    "given": AMOUNT | {"description": "Money from outside."},
                    "passes": _each(QUANTITY, "Receiver to the part passed on to it, 0 to 1."),
                    "claimed": {"type": "boolean", "description": "Whether somebody has claimed it; true by default."},
                },
                ("given", "passes", "claimed"),
            ),
            "Name to what it is given, what it passes on, and whether it is claimed.",
        )
    }
)
FLOW_PARAMETERS = _form({"unclaimed": _one_of(get_args(flow.Unclaimed), "What is done with unclaimed money.")})


def _checked(schema: Mapping[str, Any], value: object, optional: tuple[str, ...] = ()) -> Mapping[str, Any]:
    return reading.parts("", value, schema["required"], optional)


def _money_or_none(where: str, value: object) -> int | None:
    return None if value is None else reading.money(where, value)


def read_median_inputs(value: Mapping[str, Any]) -> medians.MedianVotes:
    """Return the votes that the JSON says."""
    found = _checked(MEDIAN_INPUTS, value)
    return medians.MedianVotes(
        reading.money("pot", found["pot"]),
        reading.texts("projects", found["projects"]),
        reading.entries("ballots", found["ballots"], lambda at, own: reading.entries(at, own, reading.money)),
    )


def read_median_parameters(value: Mapping[str, Any]) -> medians.MedianRules:
    """Return the rules that the JSON says."""
    found = _checked(MEDIAN_PARAMETERS, value)
    return medians.MedianRules(
        quorum=reading.whole("quorum", found["quorum"], 1),
        drop_at_or_below=_money_or_none("drop_at_or_below", found["drop_at_or_below"]),
        order=cast("medians.Order", reading.choice("order", found["order"], get_args(medians.Order))),
        scaling=cast("medians.Scaling", reading.choice("scaling", found["scaling"], get_args(medians.Scaling))),
        zero_votes=cast(
            "medians.ZeroVotes", reading.choice("zero_votes", found["zero_votes"], get_args(medians.ZeroVotes))
        ),
    )


def read_phantom_inputs(value: Mapping[str, Any]) -> phantoms.DivisionVotes:
    """Return the votes that the JSON says."""
    found = _checked(PHANTOM_INPUTS, value)
    return phantoms.DivisionVotes(
        reading.money("pot", found["pot"]),
        reading.texts("projects", found["projects"]),
        reading.entries("ballots", found["ballots"], lambda at, own: reading.entries(at, own, reading.share)),
    )


def read_phantom_parameters(value: Mapping[str, Any]) -> phantoms.PhantomRules:
    """Return the rule that the JSON says."""
    found = _checked(PHANTOM_PARAMETERS, value)
    return phantoms.PhantomRules(
        cast("phantoms.Family", reading.choice("family", found["family"], get_args(phantoms.Family)))
    )


def read_metric_inputs(value: Mapping[str, Any]) -> metrics.Measured:
    """Return the figures that the JSON says."""
    found = _checked(METRIC_INPUTS, value)
    return metrics.Measured(
        reading.money("pot", found["pot"]),
        reading.entries("metrics", found["metrics"], lambda at, own: reading.entries(at, own, reading.share)),
    )


def read_metric_parameters(value: Mapping[str, Any]) -> metrics.MetricRules:
    """Return the rules that the JSON says."""
    found = _checked(METRIC_PARAMETERS, value)
    below, caps = get_args(metrics.BelowMinimum), get_args(metrics.CapsTooLow)
    return metrics.MetricRules(
        weights=reading.entries("weights", found["weights"], reading.share),
        scale=cast("metrics.Scale", reading.choice("scale", found["scale"], get_args(metrics.Scale))),
        minimum=reading.money("minimum", found["minimum"]),
        below_minimum=cast("metrics.BelowMinimum", reading.choice("below_minimum", found["below_minimum"], below)),
        cap=_money_or_none("cap", found["cap"]),
        caps_too_low=cast("metrics.CapsTooLow", reading.choice("caps_too_low", found["caps_too_low"], caps)),
    )


def read_flow_inputs(value: Mapping[str, Any]) -> flow.Dependencies:
    """Return the receivers that the JSON says."""
    return flow.Dependencies(reading.entries("receivers", _checked(FLOW_INPUTS, value)["receivers"], _receiver))


def _receiver(where: str, value: object) -> flow.Receiver:
    found = reading.parts(where, value, (), ("given", "passes", "claimed"))
    passes = reading.entries(f"{where}.passes", found.get("passes", {}), reading.share)
    return flow.Receiver(
        reading.money(f"{where}.given", found.get("given", 0)),
        passes,
        reading.flag(f"{where}.claimed", found.get("claimed", True)),
    )


def read_flow_parameters(value: Mapping[str, Any]) -> flow.FlowRules:
    """Return the rule that the JSON says."""
    found = _checked(FLOW_PARAMETERS, value)
    return flow.FlowRules(
        cast("flow.Unclaimed", reading.choice("unclaimed", found["unclaimed"], get_args(flow.Unclaimed)))
    )


MECHANISMS: tuple[Mechanism, ...] = (
    Mechanism(
        "median_quorum",
        "portioning",
        "Median of votes with a quorum",
        "Pays each project the median of what voters would give it, where enough of them voted on it.",
        medians.allocate,
        read_median_inputs,
        read_median_parameters,
        MEDIAN_INPUTS,
        MEDIAN_PARAMETERS,
    ),
    Mechanism(
        "moving_phantoms",
        "portioning",
        "Moving phantoms",
        "Divides a pot by votes on its division so that nobody gains by voting other than they think.",
        phantoms.allocate,
        read_phantom_inputs,
        read_phantom_parameters,
        PHANTOM_INPUTS,
        PHANTOM_PARAMETERS,
    ),
    Mechanism(
        "metric_pot",
        "portioning",
        "Pot by metrics",
        "Shares a pot by measured use, between a minimum and a cap, and loses none of it.",
        metrics.allocate,
        read_metric_inputs,
        read_metric_parameters,
        METRIC_INPUTS,
        METRIC_PARAMETERS,
    ),
    Mechanism(
        "dependency_flow",
        "portioning",
        "Dependency flow",
        "Passes money on along declared dependencies until all of it is kept somewhere.",
        flow.allocate,
        read_flow_inputs,
        read_flow_parameters,
        FLOW_INPUTS,
        FLOW_PARAMETERS,
    ),
)
