"""Needs as one JSON document: requirements and what is known of each option; matches and questions come back."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.decisions.needs import Answer, Answers, Function, Kind, Match, Need, Requirement, match
from infracommons.methods.decisions.next_questions import Question, next_questions
from infracommons.methods.result import VERSION, Certificate, Check, refuse

ANSWERS = tuple(one.value for one in Answer)
KINDS = tuple(one.value for one in Kind)
ORDER = ("suitable", "undecided", "unsuitable")


@dataclass(frozen=True)
class NeedsResult:
    """How well each option meets the needs, who may come first, and the answers worth finding out next.

    `matches` stand in order: suitable, undecided, unsuitable, and by the middle of the score's interval within.
    """

    method: str
    parameters: Mapping[str, Any]
    matches: Mapping[str, Match]
    first_rank: Mapping[str, float]
    questions: tuple[Question, ...]
    certificate: Certificate
    seed: None = None  # nothing is drawn
    version: str = VERSION


def run_needs(form: Mapping[str, Any]) -> NeedsResult:
    """Return the matches of all options; MethodInputError names the place of what is wrong."""
    read.parts("", form, SCHEMA["required"], SCHEMA["properties"])
    partly = forms.part("partly_counts", form["partly_counts"])
    passes = read.flag("partly_passes_must", form["partly_passes_must"])
    need = Need(forms.records("functions", form["functions"], _function), partly, passes)
    options = read.entries("options", form["options"], lambda where, value: _answers(where, value, need))
    if not options:
        refuse("options", form["options"], "there are none")
    chance = read.share("chance_met", form.get("chance_met", "1/2"))
    most = read.whole("questions", form.get("questions", 3), 0)
    found = next_questions(need, options, chance_met=chance, most=most)
    matches = {name: match(need, answers) for name, answers in options.items()}
    order = sorted(matches, key=lambda name: (ORDER.index(matches[name].suitability),
                                              -matches[name].low - matches[name].high, name))  # fmt: skip
    return NeedsResult(
        "needs",
        {"partly_counts": partly, "partly_passes_must": passes, "chance_met": chance, "questions": most},
        {name: matches[name] for name in order},
        found.first_rank,
        tuple(one for one in found.questions if one.worth),
        Certificate(_checks(matches, is_exact=found.is_exact)),
    )


def _checks(matches: Mapping[str, Match], *, is_exact: bool) -> tuple[Check, ...]:
    fits, open_, _ = ([name for name, one in matches.items() if one.suitability == kind] for kind in ORDER)
    known = all(one.low == one.high and not one.open for one in matches.values())
    sure = next((name for name in fits if _is_ahead(name, matches)), None)
    return (
        Check("an_option_fits", True if fits else None if open_ else False,
              f"Of {len(matches)} options {len(fits)} pass every must, and of {len(open_)} it is not known."),
        Check("one_is_ahead_whatever_is_unknown", sure is not None, f"{sure} is ahead of all others for sure." if sure
              else "More than one could come first, or none.", None if sure else [*fits, *open_]),
        Check("all_known", known, "Every answer is known." if known else "Some answers are not known."),
        Check("chances_exact", is_exact, "Chances are exact." if is_exact
              else "Scores were rounded to steps of 1/1024 to work out chances."),
    )  # fmt: skip


def _is_ahead(name: str, matches: Mapping[str, Match]) -> bool:
    """Return whether an option that fits is ahead of every other that may fit, at its worst and their best."""
    others = [one for other, one in matches.items() if other != name and one.suitability != "unsuitable"]
    return all(matches[name].low > one.high for one in others)


def _function(where: str, value: object) -> Function:
    given = read.parts(where, value, ["id", "requirements"], ["weight", "label"])
    asked = forms.records(f"{where}.requirements", given["requirements"], _requirement)
    return Function(read.text(f"{where}.id", given["id"]), asked, _weight(where, given))


def _requirement(where: str, value: object) -> Requirement:
    given = read.parts(where, value, ["id", "kind"], ["weight", "label"])
    kind = Kind(read.choice(f"{where}.kind", given["kind"], KINDS))
    if "weight" in given and kind not in {Kind.SHOULD, Kind.COULD}:
        refuse(f"{where}.weight", given["weight"], f"a {kind.value} sifts out and has no weight")
    return Requirement(read.text(f"{where}.id", given["id"]), kind, _weight(where, given))


def _weight(where: str, given: Mapping[str, Any]) -> Fraction:
    found = read.share(f"{where}.weight", given.get("weight", 1))
    if not found:
        refuse(f"{where}.weight", given["weight"], "a weight is above zero")
    return found


def _answers(where: str, value: object, need: Need) -> Answers:
    found = read.entries(where, value, _answer)
    for name in found:
        if name not in need.requirements:
            refuse(f"{where}.{name}", found[name].value, "is not a requirement of this need")
    return found


def _answer(where: str, value: object) -> Answer:
    return Answer(read.choice(where, "unknown" if value is None else value, ANSWERS))


_WEIGHT = forms.told(forms.ABOVE_ZERO, "How much it counts among its neighbours, above 0; 1 where not given.")
_LABEL = {"type": "string", "description": "Its name for people."}
_REQUIREMENT = forms.schema(
    {
        "id": {**forms.NAME, "description": "Its name in answers; no other requirement has it."},
        "kind": {"enum": list(KINDS), "description": "must and must_not sift out; should and could are scored."},
    },
    {"weight": _WEIGHT, "label": _LABEL},
)
_FUNCTION = forms.schema(
    {
        "id": {**forms.NAME, "description": "What it is needed for."},
        "requirements": forms.listed(_REQUIREMENT, "What is asked for."),
    },
    {"weight": _WEIGHT, "label": _LABEL},
)
SCHEMA = forms.schema(
    {
        "functions": forms.listed(_FUNCTION, "The tree: functions, each with its requirements."),
        "options": {
            "type": "object",
            "minProperties": 1,
            "description": "What is known, by option and requirement; what is left out or null is unknown.",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"enum": [*ANSWERS, None]},
            },
        },
        "partly_counts": forms.told(forms.PART, "What a requirement met in part counts, 0 to 1."),
        "partly_passes_must": {"type": "boolean", "description": "Whether a must met in part is passed."},
    },
    {
        "chance_met": forms.told(
            forms.PART, "How likely an unknown answer turns out met, above 0 and below 1; 1/2 where not given."
        ),
        "questions": {"type": "integer", "minimum": 0, "description": "Most questions to name; 3 where not given."},
    },
)
