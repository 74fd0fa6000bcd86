"""Reads labelled pairs of award and infrastructure: is the mention right or wrong?"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from infracommons.pipeline.csv_rows import csv_rows, header
from infracommons.pipeline.raw import documents
from infracommons.vocabulary.definitions import Infrastructure, SearchTerms
from infracommons.vocabulary.problems import FieldProblem, UnusableInputError
from infracommons.vocabulary.text import clean, normal_name

COLUMNS = ("infrastructure", "title", "description", "relevant")
_LABELS = {"true": False, "false": True}  # `relevant` to "is the mention wrong?"
_HASH_LENGTH = 12  # hexadecimal digits; enough to tell some thousand texts apart
_BRACKETS = re.compile(r" \(([^)]*)\)")


@dataclass(frozen=True)
class LabelledPair:
    """One labelled pair: cleaned texts, the infrastructure, and whether the mention is a wrong one."""

    title: str
    description: str
    infrastructure: Infrastructure
    is_wrong: bool

    @property
    def text(self) -> str:
        """Title and description."""
        return f"{self.title}\n{self.description}"

    @property
    def text_hash(self) -> str:
        """A one-way key of the text, whatever its case and punctuation."""
        words = " ".join(re.findall(r"\w+", self.text.casefold()))
        return hashlib.sha256(words.encode()).hexdigest()[:_HASH_LENGTH]


def read_gold(gold: Path, catalogue: Sequence[Infrastructure]) -> list[LabelledPair]:
    """Return the labelled pairs of a CSV file with the columns COLUMNS; `relevant` is TRUE or FALSE.

    An infrastructure that the catalogue lacks is known by its name alone.
    Raises UnusableInputError, naming the file, the row and the value, for anything else.
    """
    document = next(iter(documents(gold)), None)
    if document is None or (missing := sorted(set(COLUMNS) - set(header(document)))):
        message = f"{gold}: no column {', '.join(missing) if document else COLUMNS[0]}; needs {', '.join(COLUMNS)}"
        raise UnusableInputError(message)
    by_name = {form: i for i in catalogue for alias in (*i.aliases, i.name) for form in _forms(alias)}
    try:
        pairs = [_pair(f"{gold.name}, {place}", row, by_name) for place, row in csv_rows(document)]
    except UnusableInputError:
        raise
    except ValueError as error:
        message = f"{gold}: not readable as CSV ({error})"
        raise UnusableInputError(message) from error
    if not pairs:
        message = f"{gold}: no rows"
        raise UnusableInputError(message)
    return pairs


def _pair(place: str, row: Mapping[str, str], by_name: Mapping[str, Infrastructure]) -> LabelledPair:
    try:
        name, label = row["infrastructure"].strip(), row["relevant"].strip().lower()
        title, description = clean(row["title"]), clean(row["description"])
    except FieldProblem as problem:
        message = f"{place}: {problem}"
        raise UnusableInputError(message) from problem
    if label not in _LABELS:
        message = f"{place}: relevant: {row['relevant']!r} is neither TRUE nor FALSE"
        raise UnusableInputError(message)
    if not name:
        message = f"{place}: infrastructure: empty"
        raise UnusableInputError(message)
    known = next((by_name[form] for form in _forms(name) if form in by_name), None)
    return LabelledPair(title, description, known or _unknown(name), _LABELS[label])


def _forms(name: str) -> Iterator[str]:
    """Yield a name in the forms it is compared in: whole, without its brackets, and what the brackets hold."""
    inside = _BRACKETS.search(clean(name))
    for form in (name, _BRACKETS.sub("", clean(name)), inside[1] if inside else ""):
        if short := normal_name(form).replace(" ", ""):
            yield short


def _unknown(name: str) -> Infrastructure:
    """Return an infrastructure of which only the name is known, found by its name as a whole."""
    expression = rf"\b{re.escape(_BRACKETS.sub('', clean(name)))}\b"
    fields: Mapping[str, tuple[str, ...]] = {"title": (expression,), "description": (expression,)}
    return Infrastructure(
        infrastructure_id=normal_name(name).replace(" ", "-"),
        name=name, summary="", homepage="", categories=(),
        terms=SearchTerms(dict(fields)),  # type: ignore[arg-type]
    )  # fmt: skip
