"""Shares a pot by measured use: metrics are brought to one scale, weighed, and shared out between minimum and cap.

The whole pot is handed out, or the rule says before what it does when caps leave some of it: nothing is lost silently.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from infracommons.methods.filling import most_allowed, water_filled
from infracommons.methods.result import Certificate, Check, Result, Step, largest_remainder, refuse

Scale = Literal["largest", "sum", "none"]
BelowMinimum = Literal["raise", "drop"]
CapsTooLow = Literal["refuse", "keep_remainder"]
Scores = Mapping[str, Fraction]


@dataclass(frozen=True)
class Measured:
    """A pot in minor units, and of each metric what each project has of it; a project that is missing has nothing."""

    pot: int
    metrics: Mapping[str, Mapping[str, Fraction]]

    def __post_init__(self) -> None:
        """Raise MethodInputError for negative figures."""
        if self.pot < 0:
            refuse("pot", self.pot, "is negative")
        for metric, values in self.metrics.items():
            for project, value in values.items():
                if value < 0:
                    refuse(f"metrics.{metric}.{project}", value, "is negative")

    @property
    def projects(self) -> list[str]:
        """Return all projects that any metric names, by name."""
        return sorted({project for values in self.metrics.values() for project in values})


@dataclass(frozen=True)
class MetricRules:
    """Weights of the metrics; the scale on which they meet; minimum and cap of a project in minor units.

    scale: divide each metric by its largest value, by its sum, or by nothing. below_minimum: raise who is below it to
    the minimum, or drop them, the lowest first, and share again. caps_too_low: refuse, or keep what nobody may take.
    """

    weights: Mapping[str, Fraction]
    scale: Scale
    minimum: int
    below_minimum: BelowMinimum
    cap: int | None
    caps_too_low: CapsTooLow


def allocate(inputs: Measured, parameters: MetricRules) -> Result:
    """Return what each project gets of the pot."""
    scores = _scores(inputs, parameters)
    if not any(scores.values()):
        refuse("metrics", sorted(inputs.metrics), "with these weights no project has anything, so nobody can be paid")
    if parameters.cap is not None and parameters.minimum > parameters.cap:
        refuse("minimum", parameters.minimum, f"is above the cap of {parameters.cap}")
    live, exact, dropped = dict(scores), dict[str, Fraction](), list[str]()
    while True:
        exact = _shared(live, inputs.pot, parameters)
        low = [one for one, part in exact.items() if live[one] and part < parameters.minimum]
        if not low or parameters.below_minimum == "raise":
            break
        lowest = min(low, key=lambda one: (live[one], one))
        dropped.append(lowest)
        live[lowest] = Fraction(0)
        if not any(live.values()):
            refuse("minimum", parameters.minimum, "is more than any project would get: nobody is left to pay")
    amounts = largest_remainder(exact, int(sum(exact.values())))
    return Result(
        method="metric_pot",
        parameters=vars(parameters) | {"rounding": "largest remainder, ties by id"},
        amounts=amounts,
        trace=(
            Step("scores: metrics on one scale, weighed and added up", scores),
            *(Step(f"{one} would get less than the minimum and is dropped") for one in dropped),
            Step("shared in proportion to scores, between minimum and cap", exact),
        ),
        certificate=_certificate(inputs, parameters, amounts),
        selected=tuple(one for one in amounts if amounts[one]),
        losers={one: _loss(one, scores, dropped, parameters) for one in amounts if not amounts[one]},
        details={"scores": scores, "not_handed_out": inputs.pot - sum(amounts.values())},
    )


def _shared(live: Scores, pot: int, rules: MetricRules) -> dict[str, Fraction]:
    floors = {one: rules.minimum for one in live if live[one]} if rules.below_minimum == "raise" else {}
    caps = {} if rules.cap is None else dict.fromkeys(live, rules.cap)
    most = most_allowed(live, floors, caps)
    total = Fraction(pot)
    if most is not None and most < total and rules.caps_too_low == "keep_remainder":
        total = most
    if (least := sum(floors.values())) > total:
        refuse("minimum", rules.minimum, f"together ask for {least - pot} more than there is")
    if most is not None and most < total:
        refuse("cap", rules.cap, f"together leave {total - most} that nobody may take")
    return water_filled(live, total, floors, caps)


def _scores(inputs: Measured, rules: MetricRules) -> dict[str, Fraction]:
    for metric in rules.weights:
        if metric not in inputs.metrics:
            refuse(f"weights.{metric}", rules.weights[metric], "no such metric in the inputs")
    if not sum(rules.weights.values()):
        refuse("weights", dict(rules.weights), "sum to zero")
    scores = dict.fromkeys(inputs.projects, Fraction(0))
    for metric, weight in rules.weights.items():
        values = inputs.metrics[metric]
        by = {"largest": max(values.values(), default=0), "sum": sum(values.values()), "none": 1}[rules.scale]
        for project, value in values.items():
            if by:
                scores[project] += weight * value / by
    return scores


def _loss(one: str, scores: Scores, dropped: list[str], rules: MetricRules) -> dict[str, Any]:
    if one in dropped:
        return {"why": "its share was below the minimum", "minimum": rules.minimum, "score": scores[one]}
    if not scores[one]:
        return {"why": "no metric that has a weight counts anything for it", "would_have_sufficed": "any use at all"}
    return {"why": "the pot or the cap leaves less than a minor unit", "score": scores[one]}


def _certificate(inputs: Measured, rules: MetricRules, amounts: Mapping[str, int]) -> Certificate:
    left = inputs.pot - sum(amounts.values())
    over = {one: part for one, part in amounts.items() if rules.cap is not None and part > rules.cap}
    under = {one: part for one, part in amounts.items() if 0 < part < rules.minimum}
    words = "the whole pot is handed out" if not left else f"caps leave {left} minor units, which stay in the pot"
    return Certificate(
        (
            Check("pot_handed_out", not left, words, left or None),
            Check("caps_kept", not over, "nobody is above the cap", over or None),
            Check("minimum_kept", not under, "who is paid at all is paid the minimum", under or None),
        )
    )
