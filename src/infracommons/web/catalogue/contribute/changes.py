"""Works out what a form would change: each field's claim, checked and held against what stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infracommons.web.catalogue.claims.profile import entry_of
from infracommons.web.catalogue.contribute.forms.typed import Typed, typed_claim
from infracommons.web.catalogue.fields.claim_input import ClaimInput, checked_claim
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.problems import ClaimProblems, ValueProblem
from infracommons.web.catalogue.fields.registry import claimable_fields
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import entry_words
from infracommons.web.catalogue.models import Claim, Infrastructure

Entry = dict[str, Any]
_LONGEST_ID = 18  # figures, within what databases take


@dataclass(frozen=True)
class Said:
    """What an entry or a claim says, in words: the answer and what stands beside it."""

    answer: tuple[str, ...]
    links: tuple[dict[str, str], ...] = ()
    checked_on: str = ""
    note: str = ""


@dataclass(frozen=True)
class FieldChange:
    """One field of a form: its claim or what is wrong with it, and the entry it would replace."""

    definition: FieldDefinition
    entry: Entry | None
    claim: ClaimInput | None = None
    problems: tuple[ValueProblem, ...] = ()
    is_overtaken: bool = False  # the entry is no longer the one that the person saw

    @property
    def is_change(self) -> bool:
        """Whether it says anything new."""
        return self.claim is not None and not self.claim.says_the_same(self.entry)


def changes_in(typed: Mapping[str, Typed], profile: Mapping[str, Entry], book: TermBook) -> list[FieldChange]:
    """Return each typed field, in the order of a profile, whether or not it says anything new."""
    return [
        _change(definition, typed[definition.code], profile.get(definition.code), book)
        for definition in claimable_fields()
        if definition.code in typed
    ]


def _change(definition: FieldDefinition, typed: Typed, entry: Entry | None, book: TermBook) -> FieldChange:
    base, current = typed.get("base"), claim_id(entry)
    overtaken = base is not None and base != current
    try:
        claim = checked_claim(definition, typed_claim(definition, typed), book)
    except ClaimProblems as wrong:
        return FieldChange(definition, entry, problems=wrong.problems, is_overtaken=overtaken)
    change = FieldChange(definition, entry, claim, is_overtaken=overtaken)
    # Whoever now says what already stands has nothing to decide.
    return change if change.is_change else FieldChange(definition, entry, claim)


def claim_id(entry: Entry | None) -> str:
    """Return the id of the claim that an entry is, as forms carry it; empty where nothing is claimed."""
    return str(entry["claim"]) if entry else ""


def is_claim_id(text: str) -> bool:
    """Return whether a text that a form sent can be the id of a claim."""
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID


def seen_entry(infrastructure: Infrastructure, code: str, base: str) -> Entry | None:
    """Return the entry that a person saw, by the claim's id in the form: it need not be the one that stands now."""
    current: Entry | None = infrastructure.profile.get(code)
    if base == claim_id(current):
        return current
    kept = Claim.objects.filter(infrastructure=infrastructure, field=code)
    seen = kept.filter(pk=int(base)).first() if is_claim_id(base) else None
    return entry_of(seen) if seen else None


def said_by(definition: FieldDefinition, entry: Entry | None, book: TermBook) -> Said:
    """Return what stands, in words."""
    if entry is None:
        return Said(entry_words(definition, None, book))
    words = entry_words(definition, entry, book)
    return Said(words, tuple(entry["evidence"]), entry["checked_on"] or "", entry["note"])


def said_in(definition: FieldDefinition, claim: ClaimInput, book: TermBook) -> Said:
    """Return what is proposed, in words."""
    checked = claim.checked_on.isoformat() if claim.checked_on else None
    entry = {"value": claim.value, "status": claim.status, "evidence": claim.evidence, "checked_on": checked}
    return said_by(definition, {**entry, "note": claim.note}, book)
