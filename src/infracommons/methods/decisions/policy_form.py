"""A policy as one JSON document: its tree of tests and the evidence on each service; verdicts and routes come back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from infracommons.methods import forms
from infracommons.methods import reading as read
from infracommons.methods.decisions.needs import Answer
from infracommons.methods.decisions.policy import (
    Explained,
    Node,
    explain,
    read_policy,
    tests_of,
)
from infracommons.methods.decisions.policy_route import Change, shortest_route
from infracommons.methods.result import VERSION, Certificate, Check, refuse

ANSWERS = tuple(one.value for one in Answer if one is not Answer.PARTLY)


@dataclass(frozen=True)
class Proof:
    """The answer of one test for one service, and where and when it was found out, where that is told."""

    answer: Answer
    source: str | None = None
    checked_on: str | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether a service meets the policy, why, the shortest way to "met" (None: there is none), and the evidence."""

    answer: Answer
    explained: Explained
    route: tuple[Change, ...] | None
    evidence: Mapping[str, Proof]


@dataclass(frozen=True)
class PolicyResult:
    """The verdict on every service."""

    method: str
    parameters: Mapping[str, Any]
    services: Mapping[str, Verdict]
    certificate: Certificate
    seed: None = None  # nothing is drawn
    version: str = VERSION


def run_policy(form: Mapping[str, Any]) -> PolicyResult:
    """Return the verdict on every service; MethodInputError names the place of what is wrong."""
    read.parts("", form, SCHEMA["required"], SCHEMA["properties"])
    policy = read_policy(form["policy"])
    found = read.entries("services", form["services"], lambda where, value: _evidence(where, value, policy))
    if not found:
        refuse("services", form["services"], "there are none")
    verdicts = {name: _verdict(policy, proofs) for name, proofs in found.items()}
    return PolicyResult("policy", {"logic": "Kleene's strong three values"}, verdicts, _certificate(policy, verdicts))


def _verdict(policy: Node, proofs: Mapping[str, Proof]) -> Verdict:
    told = {name: proof.answer for name, proof in proofs.items()}
    found = explain(policy, told)
    return Verdict(found.answer, found, shortest_route(policy, told), proofs)


def _certificate(policy: Node, verdicts: Mapping[str, Verdict]) -> Certificate:
    tests = set(tests_of(policy))
    gaps = {name: sorted(tests - one.evidence.keys()) for name, one in verdicts.items() if tests - one.evidence.keys()}
    bare = {name: without for name, one in verdicts.items() if (without := _bare(one.evidence))}
    told = [name for name, one in verdicts.items() if one.answer is Answer.UNKNOWN]
    return Certificate((
        Check("all_told", not told, "Every service has a verdict." if not told else "Of some it cannot be told.",
              told or None),
        Check("evidence_complete", not gaps, "There is an answer to every test." if not gaps
              else "Some tests have no answer; they count as not known.", gaps or None),
        Check("evidence_sourced", not bare, "Every answer has a source and a date." if not bare
              else "Some answers have no source or no date.", bare or None),
    ))  # fmt: skip


def _bare(evidence: Mapping[str, Proof]) -> list[str]:
    """Return the tests whose answer has no source or no day."""
    told = {test: proof for test, proof in evidence.items() if proof.answer is not Answer.UNKNOWN}
    return sorted(test for test, proof in told.items() if not (proof.source and proof.checked_on))


def _evidence(where: str, value: object, policy: Node) -> dict[str, Proof]:
    found = read.entries(where, value, _proof)
    known = set(tests_of(policy))
    for name in found:
        if name not in known:
            refuse(f"{where}.{name}", name, "is not a test of this policy")
    return found


def _proof(where: str, value: object) -> Proof:
    if not isinstance(value, Mapping):
        return Proof(_answer(where, value))
    given = read.parts(where, value, ["answer"], ["source", "checked_on"])
    day = given.get("checked_on")
    if day is not None:
        try:
            day = date.fromisoformat(read.text(f"{where}.checked_on", day)).isoformat()
        except ValueError:
            refuse(f"{where}.checked_on", day, "is not a day such as 2026-01-31")
    source = None if given.get("source") is None else read.text(f"{where}.source", given["source"])
    return Proof(_answer(f"{where}.answer", given["answer"]), source, day)


def _answer(where: str, value: object) -> Answer:
    return Answer(read.choice(where, "unknown" if value is None else value, ANSWERS))


_NODE = {"$ref": "#/$defs/node"}
_WORDS = {"type": "string", "description": "What it asks, in words."}
_LIST = {"type": "array", "minItems": 1, "items": _NODE}
_ID = {"type": "string", "minLength": 1, "description": "Id of a test."}
_SAID = {"enum": [*ANSWERS, None], "description": "null is unknown."}
SCHEMA = forms.schema(
    {
        "policy": {**_NODE, "description": "The tree of tests."},
        "services": {
            "type": "object",
            "minProperties": 1,
            "description": "Evidence by service and test: an answer, or one with source and day. Left out is unknown.",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {
                    "oneOf": [
                        _SAID,
                        forms.schema(
                            {"answer": _SAID},
                            {
                                "source": {"type": ["string", "null"], "description": "Where it was found."},
                                "checked_on": {"type": ["string", "null"], "description": "Day: 2026-01-31."},
                            },
                        ),
                    ]
                },
            },
        },
    },
) | {
    "$defs": {
        "node": {
            "oneOf": [
                _ID,
                forms.schema({"test": _ID}, {"words": _WORDS}),
                forms.schema({"all": {**_LIST, "description": "Met where all are."}}, {"words": _WORDS}),
                forms.schema({"any": {**_LIST, "description": "Met where one is."}}, {"words": _WORDS}),
                forms.schema({"not": {**_NODE, "description": "Met where this is not."}}, {"words": _WORDS}),
                forms.schema(
                    {"unless": {**forms.schema({"rule": _NODE, "exception": _NODE}),
                                "description": "Met where the rule is, or its exception."}},
                    {"words": _WORDS},
                ),
            ]
        }
    }
}  # fmt: skip
