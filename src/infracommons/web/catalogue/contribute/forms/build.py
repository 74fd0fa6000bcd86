"""Makes the fields of a page: what is typed beside what stands, with problems, conflicts and curators' remarks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from infracommons.web.catalogue.contribute.changes import Entry, FieldChange, claim_id, said_in
from infracommons.web.catalogue.contribute.forms.field_form import Clash, FieldForm
from infracommons.web.catalogue.contribute.forms.typed import BESIDE, Typed, typed_claim, typed_from_entry
from infracommons.web.catalogue.fields.claim_input import checked_claim
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.problems import ClaimProblems
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import entry_words

_MORE_ROWS = 3


@dataclass(frozen=True)
class Around:
    """What the fields of a page stand in: what the profile says, what was found, what others wrote.

    `saved` are versions that another tab saved; `added` is the field for which more empty rows were asked for.
    """

    profile: Mapping[str, Entry]
    book: TermBook
    changes: Iterable[FieldChange] = ()
    saved: Mapping[str, Typed] = field(default_factory=dict)
    remarks: Mapping[str, list[Any]] = field(default_factory=dict)
    added: str = ""


def forms_of(definitions: Iterable[FieldDefinition], typed: Mapping[str, Typed], around: Around) -> list[FieldForm]:
    """Return a form for each field: with what is typed, else with what stands."""
    changes = {change.definition.code: change for change in around.changes}
    return [_form(one, typed.get(one.code), changes.get(one.code), around) for one in definitions]


def _form(definition: FieldDefinition, typed: Typed | None, change: FieldChange | None, around: Around) -> FieldForm:
    code, entry = definition.code, around.profile.get(definition.code)
    said = typed_from_entry(definition, entry) if typed is None else typed
    standing = entry_words(definition, entry, around.book)
    clash = None
    if code in around.saved:
        clash = Clash("tab", _words(definition, around.saved[code], around.book))
    elif change is not None and change.is_overtaken:
        clash = Clash("profile", standing, claim_id(entry))
    return FieldForm(
        definition, said, around.book, standing, change.problems if change else (), clash,
        around.remarks.get(code, ()), extra=_MORE_ROWS if around.added == code else 0,
        base=said.get("base", claim_id(entry)), is_changed=change is not None and change.is_change,
    )  # fmt: skip


def _words(definition: FieldDefinition, typed: Typed, book: TermBook) -> tuple[str, ...]:
    """Return what is typed in words, as stored where it can be read and as typed where it cannot."""
    try:
        said = said_in(definition, checked_claim(definition, typed_claim(definition, typed), book), book)
    except ClaimProblems:
        parts = (part for name, part in typed.items() if name not in BESIDE)
        return tuple(text for part in parts for text in ([part] if isinstance(part, str) else part) if text)
    links = tuple(link["url"] for link in said.links)
    return (*said.answer, *links, *filter(None, (said.checked_on and f"checked on {said.checked_on}", said.note)))
