"""Matching needs: a tree of functions and requirements, and how well an option meets it, as an interval.

What is not known is counted once as the worst and once as the best, so that a poorly documented option shows a wide
interval, not a low score.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from infracommons.methods.result import refuse


class Answer(Enum):
    """What is known of one requirement for one option."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Kind(Enum):
    """How strongly a requirement is meant; must and must not sift out, should and could are scored."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"
    MUST_NOT = "must_not"


@dataclass(frozen=True)
class Requirement:
    """One requirement; `weight` is its part among the scored ones of its function, in any unit."""

    requirement_id: str
    kind: Kind
    weight: Fraction = Fraction(1)

    @property
    def is_scored(self) -> bool:
        """Return whether it counts in the score."""
        return self.kind in {Kind.SHOULD, Kind.COULD}


@dataclass(frozen=True)
class Function:
    """What a service is needed for, with its requirements and its weight among functions."""

    function_id: str
    requirements: tuple[Requirement, ...]
    weight: Fraction = Fraction(1)


@dataclass(frozen=True)
class Need:
    """The tree, and the rules that decide: what half a tick counts, and whether it passes a must."""

    functions: tuple[Function, ...]
    partly_counts: Fraction  # 0 to 1
    partly_passes_must: bool

    def __post_init__(self) -> None:
        """Refuse repeated names, negative weights and a credit outside 0 to 1."""
        if not self.functions or not any(one.requirements for one in self.functions):
            refuse("functions", [], "there are no requirements")
        if not 0 <= self.partly_counts <= 1:
            refuse("partly_counts", self.partly_counts, "from 0 to 1")
        seen: set[str] = set()
        for function in self.functions:
            if function.weight <= 0:
                refuse(f"functions.{function.function_id}.weight", function.weight, "a weight is above zero")
            for one in function.requirements:
                where = f"functions.{function.function_id}.{one.requirement_id}"
                if one.requirement_id in seen:
                    refuse(where, one.requirement_id, "comes twice")
                if one.weight <= 0:
                    refuse(f"{where}.weight", one.weight, "a weight is above zero")
                seen.add(one.requirement_id)

    @property
    def requirements(self) -> dict[str, Requirement]:
        """Return all requirements by id."""
        return {one.requirement_id: one for function in self.functions for one in function.requirements}


Answers = Mapping[str, Answer]  # by requirement; one that is missing is unknown


@dataclass(frozen=True)
class Match:
    """How well one option meets the need: suitable, unsuitable or undecided, and its score from `low` to `high`.

    `failed` and `open` are the musts that it fails, and those not known. `reasons` has a sentence for each requirement.
    """

    suitability: str
    low: Fraction
    high: Fraction
    failed: tuple[str, ...]
    open: tuple[str, ...]
    reasons: Mapping[str, str]


def match(need: Need, answers: Answers) -> Match:
    """Return the match of an option; MethodInputError for an answer to a requirement that is not in the tree."""
    for name in answers:
        if name not in need.requirements:
            refuse(f"answers.{name}", answers[name].value, "is not a requirement of this need")
    passes = {name: must_passes(need, one, answers.get(name, Answer.UNKNOWN))
              for name, one in need.requirements.items() if not one.is_scored}  # fmt: skip
    failed = tuple(name for name, passed in passes.items() if passed is False)
    undecided = tuple(name for name, passed in passes.items() if passed is None)
    suitability = "unsuitable" if failed else "undecided" if undecided else "suitable"
    low = score(need, answers, unknown=Fraction(0))
    reasons = {name: _reason(one, answers.get(name, Answer.UNKNOWN), passes.get(name))
               for name, one in need.requirements.items()}  # fmt: skip
    return Match(suitability, low, score(need, answers, unknown=Fraction(1)), failed, undecided, reasons)


def must_passes(need: Need, requirement: Requirement, answer: Answer) -> bool | None:
    """Return whether a must or must-not is passed; None where it is not known."""
    if answer is Answer.UNKNOWN:
        return None
    if answer is Answer.NOT_APPLICABLE:
        return True
    if answer is Answer.PARTLY:
        return need.partly_passes_must
    return (answer is Answer.MET) is (requirement.kind is Kind.MUST)


def score(need: Need, answers: Answers, *, unknown: Fraction) -> Fraction:
    """Return the weighted part of should and could requirements that are met, 0 to 1, unknowns counting `unknown`.

    What does not apply leaves the sum with its weight, and a function without scored requirements likewise. Where
    nothing is left, nothing that was asked for is missing, and the score is 1.
    """
    credit = {Answer.MET: Fraction(1), Answer.PARTLY: need.partly_counts, Answer.NOT_MET: Fraction(0),
              Answer.UNKNOWN: unknown}  # fmt: skip
    got, whole = Fraction(0), Fraction(0)
    for function in need.functions:
        asked = [(one.weight, answers.get(one.requirement_id, Answer.UNKNOWN))
                 for one in function.requirements if one.is_scored]  # fmt: skip
        applies = [(weight, answer) for weight, answer in asked if answer is not Answer.NOT_APPLICABLE]
        if applies:
            inside = sum((weight for weight, _ in applies), Fraction(0))
            got += function.weight * sum((weight * credit[answer] for weight, answer in applies), Fraction(0)) / inside
            whole += function.weight
    return got / whole if whole else Fraction(1)


def _reason(requirement: Requirement, answer: Answer, passed: bool | None) -> str:  # noqa: FBT001 - of a function
    words = {Answer.MET: "met", Answer.PARTLY: "met in part", Answer.NOT_MET: "not met", Answer.UNKNOWN: "not known",
             Answer.NOT_APPLICABLE: "does not apply"}  # fmt: skip
    said = f"{requirement.kind.value.replace('_', ' ')}: {words[answer]}"
    if requirement.is_scored:
        return said
    return said + {True: ", so it passes", False: ", so the option is out", None: ", so it cannot be told"}[passed]
