"""What the desk asks about each kind of item, and what can be answered by which key."""

from dataclasses import dataclass

from infracommons.insights.review_filters import SAME_AWARD, SAME_ORGANISATION, SUPPORT, SUPPORT_TYPE
from infracommons.insights.review_item import ReviewItem
from infracommons.vocabulary.countries import country_name
from infracommons.vocabulary.inputs import NO_ORGANISATION
from infracommons.vocabulary.support import SUPPORT_TYPES

UNSURE = "unsure"
KINDS = {
    SUPPORT: "Is it this infrastructure?",
    SUPPORT_TYPE: "Which kind of support?",
    SAME_AWARD: "Are these one award?",
    SAME_ORGANISATION: "Is it this organisation?",
}
SHORT = {
    SUPPORT: "infrastructure",
    SUPPORT_TYPE: "kind of support",
    SAME_AWARD: "one award",
    SAME_ORGANISATION: "organisation",
}


@dataclass(frozen=True)
class Answer:
    """One answer: what is stored, what it says, and its key."""

    value: str
    words: str
    key: str
    more: str = ""


_UNSURE = Answer(UNSURE, "Cannot tell", "u", "a colleague will be asked")
_ANSWERS = {
    SUPPORT: (
        Answer("supports", "Yes", "y", "the award really concerns it"),
        Answer("rejected", "No", "n", "the words mean something else, or only name it in passing"),
        _UNSURE,
    ),
    SUPPORT_TYPE: (
        *(
            Answer(code, name, str(key), more)
            for key, (code, (name, more)) in enumerate(SUPPORT_TYPES.items(), start=1)
        ),
        _UNSURE,
    ),
    SAME_AWARD: (
        Answer("same_award", "Same award", "s", "two records of the same money"),
        Answer("different_award", "Different awards", "d", "each has money of its own"),
        _UNSURE,
    ),
}


def question_of(item: ReviewItem) -> str:
    """Return the question in words."""
    name = item.infrastructure["name"] if item.infrastructure else ""
    if item.kind == SUPPORT:
        return f"Does this award really concern {name}?"
    if item.kind == SUPPORT_TYPE:
        return f"Which kind of support does this award give to {name}?"
    if item.kind == SAME_AWARD:
        return "Are these two records one award?"
    return f"Which organisation is “{item.organisation['name'] if item.organisation else ''}”?"


def title_of(item: ReviewItem) -> str:
    """Return what the item is about, for lists."""
    titles = " / ".join(str(one.award["title"] or "title unknown") for one in item.awards)
    if item.infrastructure:
        return f"{item.infrastructure['name']} in “{titles}”"
    return titles or str(item.organisation["name"] if item.organisation else "")


def answers_of(item: ReviewItem) -> tuple[Answer, ...]:
    """Return what can be answered; of an organisation, the candidates and none of them."""
    if item.kind != SAME_ORGANISATION:
        return _ANSWERS[item.kind]
    named = tuple(
        Answer(row["other_id"], row["other_name"], str(number), _country(row["other_country_code"]))
        for number, row in enumerate(item.candidates, start=1)
    )
    return (*named, Answer(NO_ORGANISATION, "None of these", "n", "it keeps an id of our own"), _UNSURE)


def _country(code: str | None) -> str:
    return country_name(code) if code else "country unknown"


def words_of_value(kind: str, value: str) -> str:
    """Return a stored answer in words, without the item at hand."""
    if value == NO_ORGANISATION:
        return "None of these"
    known = {answer.value: answer.words for answer in _ANSWERS.get(kind, (_UNSURE,))}
    return known.get(value) or (_UNSURE.words if value == UNSURE else value)
