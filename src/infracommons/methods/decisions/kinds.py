"""The kinds of decision that one JSON document can ask for, each with its form; `kind` in the document says which."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from infracommons.methods import reading as read
from infracommons.methods.decisions import (
    investment_form,
    needs_form,
    ownership_form,
    ownership_schema,
    policy_form,
    portfolio_form,
)
from infracommons.methods.decisions.decide import run_decision
from infracommons.methods.decisions.decision_schema import DECISION_SCHEMA
from infracommons.methods.result import refuse

RANKING = "ranking"  # of a document that says no kind


@dataclass(frozen=True)
class DecisionKind:
    """One kind: what it is for, the JSON Schema of its document, and the function that answers it."""

    name: str
    label: str
    purpose: str
    answer: Callable[[Mapping[str, Any]], Any]
    form: Mapping[str, Any]

    @property
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the whole document, with `kind` and `title`."""
        said = {
            "kind": {"const": self.name, "description": "What the document asks for."},
            "title": {"type": "string", "pattern": r"\S", "description": "What is to be decided."},
        }
        needed = [] if self.name == RANKING else ["kind"]
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **self.form,
            "title": self.label,
            "required": [*needed, *self.form["required"]],
            "properties": {**said, **self.form["properties"]},
        }


KINDS = (
    DecisionKind(
        RANKING,
        "Ranking of options",
        "Ranks options on several criteria and says what could change the order.",
        run_decision,
        DECISION_SCHEMA,
    ),
    DecisionKind(
        "needs",
        "Needs and what meets them",
        "Matches options with a tree of requirements, as intervals, and names the answers worth finding out next.",
        needs_form.run_needs,
        needs_form.SCHEMA,
    ),
    DecisionKind(
        "portfolio",
        "Portfolio for a budget",
        "Chooses the set of most value for a budget under rules, with the frontier and what the others lack.",
        portfolio_form.run_portfolio,
        portfolio_form.SCHEMA,
    ),
    DecisionKind(
        "ownership",
        "Cost of having and leaving",
        "Works out what plans cost over the years, how sure that is, and what leaving costs.",
        ownership_form.run_ownership,
        ownership_schema.SCHEMA,
    ),
    DecisionKind(
        "investment",
        "Joint investment",
        "Shares an investment among members, with net present value for each and together.",
        investment_form.run_investment,
        investment_form.SCHEMA,
    ),
    DecisionKind(
        "policy",
        "Compliance with a policy",
        "Checks services against a tree of tests; what is not known stays unknown.",
        policy_form.run_policy,
        policy_form.SCHEMA,
    ),
)
BY_NAME = {one.name: one for one in KINDS}


def kind_named(name: object) -> DecisionKind:
    """Return the kind of that name; MethodInputError lists those there are."""
    if not isinstance(name, str) or name not in BY_NAME:
        refuse("kind", name, f"is not one of {', '.join(BY_NAME)}")
    return BY_NAME[name]


def run_document(document: Mapping[str, Any]) -> Any:  # noqa: ANN401 - each kind has its own result
    """Return the answer to a document of any kind; MethodInputError names the place of what is wrong."""
    kind = kind_named(document.get("kind", RANKING))
    if "title" in document:
        read.text("title", document["title"])
    return kind.answer({name: part for name, part in document.items() if name not in {"kind", "title"}})
