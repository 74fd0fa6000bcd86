"""Tells how a profile came about: every claim with what it replaced, and the difference between two days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from infracommons.web.catalogue.claims.profile import Entry, Profile, differences, entry_of
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import field, fields
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import entry_words
from infracommons.web.catalogue.models import Claim
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.profile.rows import Evidence, author_words, evidence_of

NOTHING = "not claimed"


@dataclass(frozen=True)
class PastClaim:
    """One claim in words, and what stood there before."""

    claim: int
    code: str
    label: str
    on: date
    old: tuple[str, ...]  # empty where it was the first claim of its field
    new: tuple[str, ...]
    evidence: list[Evidence]
    author: str
    checked_on: date | None
    note: str
    stands_beside: bool  # a program's, which never took the place of a person's


@dataclass(frozen=True)
class Difference:
    """One field in which two days differ; `is_only_proof` where the words are the same and evidence or note are not."""

    code: str
    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    is_only_proof: bool


def past_claims(claims: Sequence[Claim], people: Mapping[int, str], book: TermBook) -> list[PastClaim]:
    """Return claims in words, newest first; `claims` in the order they were made, all that readers may see."""
    known = {claim.pk: claim for claim in claims}
    first: dict[str, int] = {}
    for claim in claims:
        first.setdefault(claim.field, claim.pk)
    found = []
    for claim in claims:
        before = known.get(claim.replaces_id or 0)
        entry = entry_of(claim)
        found.append(
            PastClaim(
                claim=claim.pk,
                code=claim.field,
                label=field(claim.field).label,
                on=claim.at.date(),
                old=entry_words(field(claim.field), entry_of(before), book) if before else (),
                new=entry_words(field(claim.field), entry, book),
                evidence=evidence_of(entry, {}),
                author=author_words(claim.author_kind, claim.source, people.get(claim.author_id or 0, "")),
                checked_on=claim.checked_on,
                note=claim.note,
                stands_beside=_stands_beside(claim, first),
            )
        )
    return found[::-1]


def shown_differences(before: Profile, after: Profile, book: TermBook) -> list[Difference]:
    """Return what two profiles say differently, in the order of a profile; both hold what readers may see only."""
    found = {code: (old, new) for code, old, new in differences(before, after)}
    return [_difference(one, *found[one.code], book) for one in fields().values() if one.code in found]


def _difference(definition: FieldDefinition, old: Entry | None, new: Entry | None, book: TermBook) -> Difference:
    before, after = (entry_words(definition, entry, book) if entry else (NOTHING,) for entry in (old, new))
    return Difference(definition.code, definition.label, before, after, before == after)


def _stands_beside(claim: Claim, first: Mapping[str, int]) -> bool:
    is_program = claim.author_kind == AuthorKind.HARVESTER
    return is_program and claim.replaces_id is None and first[claim.field] != claim.pk
