"""What one person, file or program says of one field, checked whole before it is stored."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from infracommons.vocabulary.dates import parse_date
from infracommons.vocabulary.problems import FieldProblem
from infracommons.web.catalogue.fields.addresses import web_address
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.kinds import parse_value
from infracommons.web.catalogue.fields.problems import ClaimProblems, ValueProblem
from infracommons.web.catalogue.fields.statuses import UNKNOWN, statuses_of
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.texts import one_line, paragraphs

_MOST_LINKS, _LONGEST_LABEL, _LONGEST_NOTE = 10, 200, 2000


@dataclass(frozen=True)
class ClaimInput:
    """A checked claim: `value` as `kinds` stores it, or None with a `status`; `evidence` is [{"url", "label"}]."""

    field: str
    value: Any = None
    status: str = ""
    evidence: tuple[dict[str, str], ...] = ()
    checked_on: date | None = None
    note: str = ""

    def says_the_same(self, entry: dict[str, Any] | None) -> bool:
        """Return whether a profile's entry already says this, on this evidence, checked on this day."""
        if entry is None:
            return self.value is None and self.status in {"", UNKNOWN} and not self.evidence and not self.note
        checked = self.checked_on.isoformat() if self.checked_on else None
        said = (self.value, self.status, list(self.evidence), checked, self.note)
        return said == (entry["value"], entry["status"], entry["evidence"], entry["checked_on"], entry["note"])


@dataclass
class RawClaim:
    """A claim before it is checked."""

    value: Any = None
    status: str = ""
    evidence: list[dict[str, str]] = field(default_factory=list)
    checked_on: str | date | None = None
    note: str = ""


def checked_claim(definition: FieldDefinition, raw: RawClaim, book: TermBook) -> ClaimInput:
    """Return the claim as it is stored; a field of another kind than practice has a value or a status, not both.

    Raises ClaimProblems with everything that is wrong, each with its part, value and what to do.
    """
    problems: list[ValueProblem] = []

    def attempt(parse: Any, *args: Any, instead: Any = None) -> Any:  # noqa: ANN401 - any parser of this module
        try:
            return parse(*args)
        except ValueProblem as problem:
            problems.append(problem)
            return instead

    value = attempt(parse_value, definition, raw.value, book)
    status = attempt(_status, definition, raw.status.strip(), value, instead="")
    evidence = attempt(_evidence, definition, raw.evidence, instead=())
    checked_on = attempt(_checked_on, raw.checked_on)
    note = attempt(paragraphs, raw.note, "note", _LONGEST_NOTE, instead="")
    if problems:
        raise ClaimProblems(definition.code, problems)
    return ClaimInput(definition.code, value, status, evidence, checked_on, note)


def _status(definition: FieldDefinition, given: str, value: Any) -> str:  # noqa: ANN401 - a stored value
    if not given:
        return UNKNOWN if definition.kind == "practice" or value is None else ""
    if given not in statuses_of(definition):
        allowed = ", ".join(statuses_of(definition))
        raise ValueProblem("status", given, f"{definition.label} takes one of these statuses: {allowed}.")
    if definition.kind != "practice" and value is not None:
        message = f"{definition.label} has a value and is “{given.replace('_', ' ')}”. Keep one of the two."
        raise ValueProblem("status", given, message)
    return given


def _evidence(definition: FieldDefinition, raw: list[dict[str, str]]) -> tuple[dict[str, str], ...]:
    links: list[dict[str, str]] = []
    for link in raw:
        if not isinstance(link, dict):
            raise ValueProblem("url", link, "Give each link as an address and a label.")
        url = str(link.get("url") or "").strip()
        label = one_line(str(link.get("label") or ""), "label", _LONGEST_LABEL)
        if not url and not label:
            continue
        if not url:
            raise ValueProblem("url", label, "This link has a label but no address. Give the address.")
        checked = {"url": web_address(url), "label": label}
        if checked["url"] not in {one["url"] for one in links}:
            links.append(checked)
    most = definition.most if definition.kind == "practice" and definition.most else _MOST_LINKS
    if len(links) > most:
        raise ValueProblem("url", f"{len(links)} links", f"{definition.label}: {most} links at the most.")
    return tuple(links)


def _checked_on(given: str | date | None) -> date | None:
    if isinstance(given, date) or given is None or not given.strip():
        day = given if isinstance(given, date) else None
    else:
        try:
            day = parse_date(given.strip(), field="checked_on")
        except FieldProblem as error:
            raise ValueProblem("checked_on", given, "Give the day as 2026-05-31.") from error
    if day is not None and day > datetime.now(UTC).date():
        raise ValueProblem("checked_on", day, "This day is in the future. Give the day you looked.")
    return day
