"""What decides winners beside the ballots: each rule's parameters, read from JSON; all are recorded in the result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast, get_args

from infracommons.methods.mechanisms.budgeting.completions import Completion, Start, Stop
from infracommons.methods.mechanisms.budgeting.greedy import Measure
from infracommons.methods.mechanisms.budgeting.groups import Utility
from infracommons.methods.mechanisms.budgeting.optimal import Score
from infracommons.methods.mechanisms.budgeting.reading import number, only
from infracommons.methods.mechanisms.budgeting.ties import TIE_BREAKS, TieBreak
from infracommons.methods.result import refuse


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


BOUNDED_COMPLETIONS = ("none", "utilitarian")


def read_greedy(data: Mapping[str, Any]) -> GreedyParameters:
    """Return the parameters of the greedy rule; MethodInputError names what is wrong."""
    only("parameters", data, ("measure", "skip", "tie_break"))
    if not isinstance(data.get("skip"), bool):
        refuse("parameters.skip", data.get("skip"), "must be true or false")
    return GreedyParameters(
        cast("Measure", _one_of(data, "measure", get_args(Measure))), data["skip"], _tie_break(data)
    )


def read_optimal(data: Mapping[str, Any]) -> OptimalParameters:
    """Return the parameters of the optimal rule."""
    only("parameters", data, ("score",))
    return OptimalParameters(cast("Score", _one_of(data, "score", get_args(Score), "votes")))


def read_phragmen(data: Mapping[str, Any]) -> PhragmenParameters:
    """Return the parameters of Phragmen's rule."""
    only("parameters", data, ("tie_break",))
    return PhragmenParameters(_tie_break(data))


def read_equal_shares(data: Mapping[str, Any]) -> EqualSharesParameters:
    """Return the parameters of equal shares; `utility` and `completion` must be named."""
    only("parameters", data, ("utility", "completion", "step", "stop", "start", "tie_break"))
    step = number("parameters.step", data.get("step", 1))
    if not step:
        refuse("parameters.step", data["step"], "must be more than zero")
    return EqualSharesParameters(
        cast("Utility", _one_of(data, "utility", get_args(Utility))),
        cast("Completion", _one_of(data, "completion", get_args(Completion))),
        step,
        cast("Stop", _one_of(data, "stop", get_args(Stop), "overspend")),
        cast("Start", _one_of(data, "start", get_args(Start), "exact")),
        _tie_break(data),
    )


def read_bounded(data: Mapping[str, Any]) -> BoundedParameters:
    """Return the parameters of equal shares with bounded overspending."""
    only("parameters", data, ("utility", "completion", "tie_break"))
    return BoundedParameters(
        cast("Utility", _one_of(data, "utility", get_args(Utility))),
        cast("Completion", _one_of(data, "completion", BOUNDED_COMPLETIONS)),
        _tie_break(data),
    )


def _tie_break(data: Mapping[str, Any]) -> TieBreak:
    return cast("TieBreak", _one_of(data, "tie_break", TIE_BREAKS, "listed"))


def _one_of(data: Mapping[str, Any], key: str, known: Sequence[str], otherwise: str | None = None) -> str:
    value = data.get(key, otherwise)
    if not isinstance(value, str) or value not in known:
        refuse(f"parameters.{key}", value, f"must be one of {', '.join(known)}")
    return value
