"""Judges one award and one infrastructure: probability, decision and reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from infracommons.methods.name_words import legal_name
from infracommons.methods.relevance.context import Mention, context
from infracommons.methods.relevance.features import features
from infracommons.methods.relevance.knowledge import Knowledge
from infracommons.methods.relevance.model import Decision, RelevanceModel
from infracommons.methods.relevance.reasons import reason
from infracommons.methods.relevance.surface import is_coined

# An infrastructure may be paid for before its launch; an award this many years earlier was given for something else.
YEARS_BEFORE_LAUNCH = 5


@dataclass(frozen=True)
class Case:
    """What judging needs of an award: cleaned texts, the year, and the mentions of one infrastructure in them."""

    title: str
    description: str
    mentions: Sequence[Mention]
    recipient_name: str = ""
    award_year: int | None = None


@dataclass(frozen=True)
class Judgement:
    """Whether the award concerns the infrastructure, how probable that is, and why."""

    decision: Decision
    probability: float
    decided_by: Literal["model", "rule"]
    reason: str


def judgement(case: Case, knowledge: Knowledge, model: RelevanceModel) -> Judgement:
    """Return the model's judgement, or a rule's where one knows better than words do."""
    surroundings = context(case.title, case.description, case.mentions)
    found = features(surroundings, knowledge)
    probability = model.probability(found.values)
    decision = model.decide(probability)
    infrastructure = knowledge.infrastructure
    if not surroundings.mentions and decision != "supports":
        if _is_recipient(case, knowledge):
            return Judgement("supports", probability, "rule", f"the recipient is {infrastructure.name} itself")
        if any(mention.field == "recipient_name" for mention in case.mentions):
            # The model knows words; of an award to the people behind it whose text does not name it, it knows nothing.
            return Judgement("needs_review", probability, "rule", "named as the recipient only; the text does not tell")
    launched, year = infrastructure.launched, case.award_year
    if decision == "supports" and launched and year and year < launched - YEARS_BEFORE_LAUNCH:
        why = f"award of {year}, but {infrastructure.name} was launched in {launched}"
        return Judgement("needs_review", probability, "rule", f"{why}; {reason(found, model, decision)}")
    return Judgement(decision, probability, "model", reason(found, model, decision))


def _is_recipient(case: Case, knowledge: Knowledge) -> bool:
    """Whether the recipient bears the infrastructure's own name, and that name is no ordinary word."""
    name = knowledge.infrastructure.name
    return is_coined(name) and legal_name(case.recipient_name) == legal_name(name)
