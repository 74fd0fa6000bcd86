"""Measures how well the kind of support is told, against awards that analysts labelled."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infracommons.methods.agreement import agreement
from infracommons.methods.matching.finder import Finder
from infracommons.methods.support_type.passages import Place, passages
from infracommons.methods.support_type.rules import Case, SupportTypeRules
from infracommons.pipeline.csv_rows import csv_rows, header
from infracommons.pipeline.definitions import load_catalogue
from infracommons.pipeline.raw import documents
from infracommons.pipeline.stages.match import field_finders
from infracommons.vocabulary.definitions import Infrastructure, TextField
from infracommons.vocabulary.problems import UnusableInputError
from infracommons.vocabulary.tables import SUPPORT_TYPES
from infracommons.vocabulary.text import clean, normal_name

_COLUMNS = ("oi_name", "grant_title", "grant_description", "recipient", "award_supercat", "award_cat")
_ACTIVITIES = {"RESEARCH & DEVELOPMENT": "research_and_development", "OPERATIONS": "operations", "OTHER": "other"}
_DIRECT_OR_ADJACENT = {"direct", "adjacent"}


@dataclass(frozen=True)
class Told:
    """One labelled award: what analysts said, what the rules say, and why."""

    row: str
    gold: str
    gold_activity: str | None
    told: str
    told_activity: str | None
    reason: str


def evaluate(gold: Path, definitions: Path) -> dict[str, Any]:
    """Return n, accuracy, kappa (Cohen), direct_adjacent_accuracy, activity_accuracy and confusion.

    direct_adjacent_accuracy is over the rows labelled DIRECT or ADJACENT; activity_accuracy over those labelled DIRECT
    and told so. Raises UnusableInputError for a file without the columns or labels of the gold data.
    """
    rows = told(gold, definitions)
    pairs = [(row.gold, row.told) for row in rows]
    both_direct = [(row.gold_activity, row.told_activity) for row in rows if row.gold == row.told == "direct"]
    return {
        "n": len(pairs),
        "accuracy": accuracy(pairs),
        "kappa": kappa(pairs),
        "direct_adjacent_accuracy": accuracy([pair for pair in pairs if pair[0] in _DIRECT_OR_ADJACENT]),
        "activity_accuracy": accuracy(both_direct),
        "confusion": {f"{g} told {t}": count for (g, t), count in sorted(Counter(pairs).items())},
    }


def told(gold: Path, definitions: Path) -> list[Told]:
    """Return the labelled awards with the verdict of the rules on each."""
    catalogue = load_catalogue(definitions)
    named = _by_name(catalogue)
    finders = field_finders(catalogue)
    told = []
    place = "the first line"
    try:
        for place, row in _rows(gold):
            told.append(_told(row, place, named, finders))
    except ValueError as error:  # UnusableInputError and FieldProblem are such
        said = str(error).removeprefix(f"{gold}: ")
        message = f"{gold}: {said}" if said.startswith((place, "no ")) else f"{gold}: {place}: {said}"
        raise UnusableInputError(message) from error
    if not told:
        message = f"{gold}: no rows"
        raise UnusableInputError(message)
    return told


def accuracy(pairs: Sequence[tuple[object, object]]) -> float | None:
    """Return the share of pairs that agree, 0 to 1; None of no pairs."""
    return round(sum(a == b for a, b in pairs) / len(pairs), 4) if pairs else None


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa: agreement beyond that of two raters who only share these frequencies; None of no pairs."""
    if not pairs:
        return None
    found = agreement(pairs).kappa
    return 1.0 if found is None else round(found, 4)  # one label only, on both sides


def _rows(gold: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    document = next(iter(documents(gold)))
    if missing := sorted(set(_COLUMNS) - set(header(document))):
        message = f"{gold}: no column {', '.join(missing)}; needs {', '.join(_COLUMNS)}"
        raise UnusableInputError(message)
    yield from csv_rows(document)


def _told(
    row: Mapping[str, str], place: str, named: Mapping[str, Infrastructure], finders: Mapping[TextField, Finder]
) -> Told:
    label, kind = row["award_supercat"].strip().lower(), _ACTIVITIES.get(row["award_cat"].strip().upper())
    if label not in SUPPORT_TYPES:
        message = f"{place}: award_supercat {row['award_supercat']!r} is none of {', '.join(SUPPORT_TYPES)}"
        raise UnusableInputError(message)
    infrastructure = _infrastructure(row["oi_name"], place, named)
    texts: dict[TextField, str] = {
        "title": clean(row["grant_title"]),
        "description": clean(row["grant_description"]),
    }
    words = passages(texts, list(_places(texts, infrastructure, finders)))
    verdict = SupportTypeRules(infrastructure).verdict(Case(row["recipient"], words))
    return Told(place, label, kind, verdict.support_type, verdict.activity, verdict.reason)


def _places(
    texts: Mapping[TextField, str], infrastructure: Infrastructure, finders: Mapping[TextField, Finder]
) -> Iterator[Place]:
    for name, text in texts.items():
        for found in finders[name].find([text]):
            if found.infrastructure_id == infrastructure.infrastructure_id:
                yield Place(name, found.start, found.end)


def _infrastructure(cell: str, place: str, named: Mapping[str, Infrastructure]) -> Infrastructure:
    """Return the infrastructure of a cell like `["OSF"]`; one that the catalogue lacks is known by its name alone."""
    try:
        names = [name for name in json.loads(cell) if isinstance(name, str)]
    except (json.JSONDecodeError, TypeError) as error:
        message = f"{place}: oi_name {cell!r} is not a JSON list of names ({error})"
        raise UnusableInputError(message) from error
    if not names:
        message = f"{place}: oi_name {cell!r} names no infrastructure"
        raise UnusableInputError(message)
    known = next((named[form] for name in names for form in _forms(name) if form in named), None)
    return known or Infrastructure("", names[0], "", "", ())


def _by_name(catalogue: Sequence[Infrastructure]) -> dict[str, Infrastructure]:
    by_alias = {form: i for i in catalogue for alias in i.aliases for form in _forms(alias)}
    return by_alias | {form: i for i in catalogue for form in _forms(i.name)}


def _forms(name: str) -> tuple[str, ...]:
    """Return a name as it is and without what it has in brackets: "Open Science Framework (OSF)"."""
    return normal_name(clean(name)), normal_name(clean(name).partition(" (")[0])
