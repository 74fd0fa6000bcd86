"""One field in a form: what is typed, what stands, what is wrong with it, and the choices it offers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from infracommons.web.catalogue.contribute.forms.typed import ENTRY, Typed, rows_of
from infracommons.web.catalogue.fields import statuses
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.terms import TermBook

_WIDGETS = {
    "rich_text": "long", "names": "long", "practice": "long", "yes_no": "yes_no", "term": "terms", "terms": "terms",
    "period": "period", "money": "money", "organisation": "organisation", "identifiers": "rows", "entries": "rows",
    "image": "image",
}  # fmt: skip
_HINTS = {
    "url": "An address that starts with https:// or http://.",
    "contact": "A web address that starts with https://, or an e-mail address.",
    "year": "Four figures, such as 2011.",
    "whole_number": "A whole number, such as 1204.",
    "licence": "An SPDX expression, such as MIT or Apache-2.0 OR GPL-3.0-or-later.",
    "names": "One a line.",
    "rich_text": "Leave an empty line between paragraphs. The tags a, ul, ol, li, strong and em are kept.",
    "period": "Year and month, such as 2024-01.",
}
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_FEW = 12  # up to so many terms are all in sight; more are folded away under those that are chosen


@dataclass(frozen=True)
class Choice:
    """One thing to choose, with the id of its input."""

    code: str
    label: str
    is_chosen: bool
    id: str
    description: str = ""


@dataclass(frozen=True)
class Cell:
    """One input of a row: its name, its id and what it holds."""

    name: str
    id: str
    label: str
    value: str


@dataclass(frozen=True)
class Clash:
    """Another version of a field, which the person has to choose between: whose it is, and what it says."""

    with_whom: str  # "profile" (what stands was changed) or "tab" (the draft was saved elsewhere)
    words: tuple[str, ...]
    current: str = ""  # id of the claim that stands now


@dataclass(frozen=True)
class FieldForm:
    """What the template of one field needs; `extra` is how many more empty rows were asked for."""

    definition: FieldDefinition
    typed: Typed
    book: TermBook
    standing: tuple[str, ...] = ()
    problems: tuple[ValueProblem, ...] = ()
    clash: Clash | None = None
    remarks: Sequence[Any] = ()
    extra: int = 0
    base: str = ""
    is_changed: bool = False
    has_claim_parts: bool = True  # status, evidence, date and note
    hints: Mapping[str, str] = field(default_factory=lambda: _HINTS)

    @property
    def code(self) -> str:
        """The field's code, which its inputs' names start with."""
        return self.definition.code

    @property
    def anchor(self) -> str:
        """The id of the field in the page."""
        return f"f-{self.code}"

    @property
    def widget(self) -> str:
        """The template of the value's inputs."""
        return f"catalogue/contribute/widgets/{_WIDGETS.get(self.definition.kind, 'line')}.html"

    @property
    def hint(self) -> str:
        """How to write the value."""
        return self.hints.get(self.definition.kind, "")

    @property
    def bad(self) -> set[str]:
        """The parts with something wrong."""
        return {self.part_of(problem) for problem in self.problems}

    @property
    def limit(self) -> int | None:
        """The most characters, where a text has such a limit."""
        return self.definition.max_length if self.definition.kind in {"text", "rich_text", "practice"} else None

    @property
    def long_part(self) -> str:
        """The part that the large text box is for."""
        return "statement" if self.definition.kind == "practice" else "value"

    @property
    def inputmode(self) -> str:
        """Which keyboard a telephone shows."""
        return {"year": "numeric", "whole_number": "numeric", "url": "url"}.get(self.definition.kind, "text")

    @property
    def is_practice(self) -> bool:
        """Whether the status is the answer, and not what stands in for one."""
        return self.definition.kind == "practice"

    @property
    def has_text_beside_rows(self) -> bool:
        """Whether text may stand beside the rows."""
        return self.definition.kind == "entries"

    def part_of(self, problem: ValueProblem) -> str:
        """Return the part of the form that a problem belongs to; the value's first one where the problem names none."""
        if problem.part in self.typed:
            return problem.part
        if f"{ENTRY}{problem.part}" in self.typed:
            return f"{ENTRY}{problem.part}"
        first = {"term": "terms", "identifiers": "scheme", "entries": "text", "image": "alt"}
        return first.get(self.definition.kind, next(iter(self.typed)))

    @property
    def statuses(self) -> list[Choice]:
        """The statuses of this field, in words."""
        chosen = self.typed["status"]
        codes = statuses.statuses_of(self.definition)
        odd = () if chosen in {"", *codes} else (chosen,)
        words = {code: statuses.WORDS.get(code, code) for code in (*codes, *odd)}
        return [
            Choice(code, said, code == chosen, f"{self.anchor}-status-{code}", self._means(code))
            for code, said in words.items()
        ]

    def _means(self, code: str) -> str:
        scale = self.book.terms(self.definition.vocabulary or "") if self.is_practice else {}
        return scale[code].description if code in scale else ""

    @property
    def choices(self) -> list[Choice]:
        """The terms to choose from: those in use, and what is chosen already though it no longer is in use."""
        vocabulary = self.definition.vocabulary or ""
        offered = {term.code: term.label for term in self.book.choices(vocabulary)}
        chosen = self.typed["terms"]
        gone = [code for code in chosen if code not in offered]
        offered |= {code: f"{self.book.label(vocabulary, code)} (no longer in use)" for code in gone}
        return [Choice(code, label, code in chosen, f"{self.anchor}-terms-{code}") for code, label in offered.items()]

    @property
    def chosen(self) -> list[Choice]:
        """The terms that are chosen."""
        return [choice for choice in self.choices if choice.is_chosen]

    @property
    def others(self) -> list[Choice]:
        """The terms that are not chosen."""
        return [choice for choice in self.choices if not choice.is_chosen]

    @property
    def is_long_list(self) -> bool:
        """Whether there are too many terms to show at once."""
        return len(self.choices) > _FEW

    @property
    def picture(self) -> list[tuple[str, str]]:
        """What names a stored picture, by part."""
        return [(part, self.typed[part]) for part in ("sha256", "width", "height")]

    @property
    def links(self) -> list[list[Cell]]:
        """The rows of evidence, with empty ones to go on in."""
        return self._rows(("url", "label"), {"url": "Address", "label": "What it shows"}, 1)

    @property
    def rows(self) -> list[list[Cell]]:
        """The rows of the value, with empty ones to go on in."""
        labels = {f"{ENTRY}{part.code}": part.label for part in self.definition.parts}
        return self._rows(rows_of(self.definition), {"scheme": "Scheme", "value": "Value", **labels}, 1)

    def _rows(self, parts: Sequence[str], labels: Mapping[str, str], empty: int) -> list[list[Cell]]:
        filled = list(zip(*(self.typed[part] for part in parts), strict=True))
        rows = [*filled, *[("",) * len(parts)] * (empty + self.extra)]
        return [
            [
                Cell(f"{self.code}.{part}", f"{self.anchor}-{part}-{number}", f"{labels[part]} {number}", said)
                for part, said in zip(parts, row, strict=True)
            ]
            for number, row in enumerate(rows, start=1)
        ]

    @property
    def said_more(self) -> bool:
        """Whether a date or a note is given, so that they are in sight."""
        return bool(self.typed["checked_on"] or self.typed["note"] or self.bad & {"checked_on", "note"})

    @property
    def has_day(self) -> bool:
        """Whether the date checked can be shown in a date input, which drops what is no date."""
        return not self.typed["checked_on"] or bool(_DAY.fullmatch(self.typed["checked_on"]))


@dataclass(frozen=True)
class SummaryLine:
    """One problem in the summary at the top of a page, with the id it leads to."""

    anchor: str
    label: str
    message: str
    value: str = ""


def summary_of(forms: Sequence[FieldForm]) -> list[SummaryLine]:
    """Return every problem of the fields, in order."""
    return [
        SummaryLine(form.anchor, form.definition.label, problem.message, problem.value)
        for form in forms
        for problem in form.problems
    ]
