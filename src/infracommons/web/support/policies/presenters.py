"""Turns policies into what templates show: chips, choices, rows, matrix, clauses by requirement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse

from infracommons.insights.policies.effect import holds_on
from infracommons.insights.policies.filters import PolicyFilters
from infracommons.insights.policies.load import Policies, Terms
from infracommons.insights.policies.requirements import clauses_on, strength_on
from infracommons.insights.policies.timeline import day_words, timeline
from infracommons.insights.query_string import to_query
from infracommons.vocabulary.figures import day
from infracommons.vocabulary.policies import NOT_SAID, STRENGTHS, Clause, Instrument, PolicyTerm
from infracommons.web.shared.paged import address

LABELS = {"region": "Region", "kind": "Kind", "requirement": "Requirement", "category": "Category affected"}
HELD = {
    True: "holds, as far as we know",
    False: "does not hold, as far as we know",
    None: "whether it holds is unknown",
}


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address without it."""

    field: str
    value: str
    without: str


@dataclass(frozen=True)
class Choice:
    """One option of a filter."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class MatrixRow:
    """One policy and what it says to each requirement: must, should, may or not said."""

    instrument: Instrument
    words: tuple[str, ...]


def terms_of(policies: Policies) -> Mapping[str, Terms]:
    """Return the list that each filter chooses from."""
    used = {code for one in policies.instruments.values() for code in one.categories}
    return {
        "region": policies.regions,
        "kind": policies.kinds,
        "requirement": policies.requirements,
        "category": {code: term for code, term in policies.categories.items() if code in used},
    }


def chips(path: str, policies: Policies, asked: PolicyFilters) -> list[Chip]:
    """Return one chip for each value of each active filter."""
    found = []
    for field, terms in terms_of(policies).items():
        values: tuple[str, ...] = getattr(asked, field)
        for value in values:
            left = asked.changed(field, tuple(other for other in values if other != value))
            label = terms[value].label if value in terms else policies.categories[value].label
            found.append(Chip(LABELS[field], label, address(path, left)))
    if asked.in_force_on:
        found.append(Chip("Holds on", day(asked.in_force_on), address(path, replace(asked, in_force_on=None))))
    return found


def filter_form(policies: Policies, asked: PolicyFilters) -> list[dict[str, Any]]:
    """Return for each filter its label, what is chosen and what can be added; short lists are boxes to tick."""
    return [
        {
            "field": field,
            "label": LABELS[field],
            "chosen": getattr(asked, field),
            "is_short": field in {"region", "kind"},
            "choices": [Choice(code, term.label, code in getattr(asked, field)) for code, term in terms.items()],
        }
        for field, terms in terms_of(policies).items()
    ]


def rows(policies: Policies, instruments: Iterable[Instrument]) -> list[dict[str, Any]]:
    """Return the lines of the list, region by region."""
    return [
        {
            "instrument": span.instrument,
            "region": policies.regions[span.instrument.region].label,
            "kind": policies.kinds[span.instrument.kind].label,
            "adopted": span.adopted,
            "in_force": span.in_force,
            "ended": span.ended,
            "must": sum(clause.strength == "must" for clause in span.instrument.clauses),
            "clauses": len(span.instrument.clauses),
        }
        for span in timeline(policies, instruments)
    ]


def matrix(policies: Policies, instruments: Iterable[Instrument]) -> list[MatrixRow]:
    """Return what each policy says to each requirement, in the order of the requirements."""
    return [
        MatrixRow(span.instrument, tuple(strength_on(span.instrument, code) for code in policies.requirements))
        for span in timeline(policies, instruments)
    ]


def by_requirement(policies: Policies, one: Instrument) -> list[tuple[PolicyTerm, tuple[Clause, ...]]]:
    """Return the requirements that a policy speaks of, each with its clauses, strongest first."""
    found = [(term, clauses_on(one, code)) for code, term in policies.requirements.items()]
    return [(term, clauses) for term, clauses in found if clauses]


def tally(words: Sequence[str]) -> list[tuple[str, int]]:
    """Return how often each word is said: must, should, may, not said."""
    return [(word, words.count(word)) for word in (*STRENGTHS, NOT_SAID)]


def category_links(policies: Policies, one: Instrument) -> list[tuple[str, str]]:
    """Return label and search of the infrastructures of each category that a policy affects."""
    search = reverse("discover")
    return [(policies.categories[code].label, f"{search}?categories={code}") for code in one.categories]


def held_words(one: Instrument, today: date) -> str:
    """Return whether a policy holds today, in words."""
    return HELD[holds_on(one, today)]


def applies_words(one: Instrument, clause: Clause) -> str:
    """Return from when a clause applies: its own day, else that of the policy."""
    return day_words(clause.applies_from or (one.adopted if one.in_force == "not_applicable" else one.in_force))


def query_of(asked: PolicyFilters) -> str:
    """Return the query string with its question mark, or nothing."""
    query = to_query(asked)
    return f"?{query}" if query else ""
