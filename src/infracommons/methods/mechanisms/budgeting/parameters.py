"""What decides winners beside the ballots: each rule's parameters, read from JSON; all are recorded in the result."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast, get_args

from infracommons.methods import reading
from infracommons.methods.mechanisms.budgeting.completions import Completion, Start, Stop
from infracommons.methods.mechanisms.budgeting.exact_shares import ExactCompletion, ExactUtility
from infracommons.methods.mechanisms.budgeting.greedy import Measure
from infracommons.methods.mechanisms.budgeting.groups import Utility
from infracommons.methods.mechanisms.budgeting.optimal import Score
from infracommons.methods.mechanisms.budgeting.ties import TIE_BREAKS, TieBreak
from infracommons.methods.result import refuse

_PLACE = "parameters"


@dataclass(frozen=True)
class GreedyParameters:
    """By votes or votes for each unit of cost; whether a project that does not fit is passed over."""

    measure: Measure
    skip: bool
    tie_break: TieBreak = "listed"


@dataclass(frozen=True)
class OptimalParameters:
    """What is made as large as it can be."""

    score: Score = "votes"


@dataclass(frozen=True)
class PhragmenParameters:
    """Who comes first of equals."""

    tie_break: TieBreak = "listed"


@dataclass(frozen=True)
class EqualSharesParameters:
    """How utility is counted, what is done with money left over, and who comes first of equals.

    `step` is in currency units of a .pb file, in minor units for JSON; it and `stop` are for `add_one`.
    """

    utility: Utility
    completion: Completion
    step: Fraction = Fraction(1)
    stop: Stop = "overspend"
    start: Start = "exact"
    tie_break: TieBreak = "listed"


@dataclass(frozen=True)
class BoundedParameters:
    """As for equal shares; overspending needs no other completion than `utilitarian`."""

    utility: Utility
    completion: Completion
    tie_break: TieBreak = "listed"


@dataclass(frozen=True)
class ExactParameters:
    """As for equal shares, where all who pay for a project pay the same."""

    utility: ExactUtility
    completion: ExactCompletion
    step: Fraction = Fraction(1)
    stop: Stop = "overspend"
    start: Start = "exact"
    tie_break: TieBreak = "listed"


BOUNDED_COMPLETIONS = ("none", "utilitarian")


def read_greedy(data: Mapping[str, Any]) -> GreedyParameters:
    """Return the parameters of the greedy rule; MethodInputError names what is wrong."""
    said = reading.parts(_PLACE, data, ("measure", "skip"), ("tie_break",))
    measure = reading.choice("parameters.measure", said["measure"], get_args(Measure))
    return GreedyParameters(cast("Measure", measure), reading.flag("parameters.skip", said["skip"]), _tie_break(said))


def read_optimal(data: Mapping[str, Any]) -> OptimalParameters:
    """Return the parameters of the optimal rule."""
    said = reading.parts(_PLACE, data, (), ("score",))
    return OptimalParameters(
        cast("Score", reading.choice("parameters.score", said.get("score", "votes"), get_args(Score)))
    )


def read_phragmen(data: Mapping[str, Any]) -> PhragmenParameters:
    """Return the parameters of Phragmen's rule."""
    return PhragmenParameters(_tie_break(reading.parts(_PLACE, data, (), ("tie_break",))))


def read_equal_shares(data: Mapping[str, Any]) -> EqualSharesParameters:
    """Return the parameters of equal shares; `utility` and `completion` must be named."""
    said = reading.parts(_PLACE, data, ("utility", "completion"), ("step", "stop", "start", "tie_break"))
    return EqualSharesParameters(
        cast("Utility", reading.choice("parameters.utility", said["utility"], get_args(Utility))),
        cast("Completion", reading.choice("parameters.completion", said["completion"], get_args(Completion))),
        _step(said),
        *_ways(said),
        _tie_break(said),
    )


def read_bounded(data: Mapping[str, Any]) -> BoundedParameters:
    """Return the parameters of equal shares with bounded overspending."""
    said = reading.parts(_PLACE, data, ("utility", "completion"), ("tie_break",))
    return BoundedParameters(
        cast("Utility", reading.choice("parameters.utility", said["utility"], get_args(Utility))),
        cast("Completion", reading.choice("parameters.completion", said["completion"], BOUNDED_COMPLETIONS)),
        _tie_break(said),
    )


def read_exact(data: Mapping[str, Any]) -> ExactParameters:
    """Return the parameters of exact equal shares."""
    said = reading.parts(_PLACE, data, ("utility", "completion"), ("step", "stop", "start", "tie_break"))
    return ExactParameters(
        cast("ExactUtility", reading.choice("parameters.utility", said["utility"], get_args(ExactUtility))),
        cast("ExactCompletion", reading.choice("parameters.completion", said["completion"], get_args(ExactCompletion))),
        _step(said),
        *_ways(said),
        _tie_break(said),
    )


def _ways(said: Mapping[str, Any]) -> tuple[Stop, Start]:
    stop = reading.choice("parameters.stop", said.get("stop", "overspend"), get_args(Stop))
    start = reading.choice("parameters.start", said.get("start", "exact"), get_args(Start))
    return cast("Stop", stop), cast("Start", start)


def _tie_break(said: Mapping[str, Any]) -> TieBreak:
    return cast("TieBreak", reading.choice("parameters.tie_break", said.get("tie_break", "listed"), TIE_BREAKS))


def _step(said: Mapping[str, Any]) -> Fraction:
    step = reading.share("parameters.step", said.get("step", 1))
    return step or refuse("parameters.step", said["step"], "must be more than zero")
