"""Appends claims to an infrastructure: the only place where claims are written."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from infracommons.web.catalogue.claims.organisations import organisation_for
from infracommons.web.catalogue.claims.profile import Entry, entry_of
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.fields.registry import field as field_of
from infracommons.web.catalogue.models import Change, Claim, Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind

if TYPE_CHECKING:
    from infracommons.web.accounts.models import User

_SHOWN_FIELDS = 3


class ConflictError(RuntimeError):
    """Someone else changed a field in the meantime; `fields` are {code: the entry that stands now, or None}."""

    def __init__(self, fields: Mapping[str, Entry | None]) -> None:
        self.fields = dict(fields)
        super().__init__(f"changed in the meantime: {', '.join(sorted(fields))}")


@dataclass(frozen=True)
class Author:
    """Who claims: the role, the person where there is one, and what readers see as the source."""

    kind: AuthorKind
    source: str
    person: "User | None" = None


@transaction.atomic
def append_claims(
    infrastructure: Infrastructure,
    claims: Iterable[ClaimInput],
    *,
    by: Author,
    seen: Mapping[str, int | None] | None = None,
) -> list[Claim]:
    """Append what says something new, bring the profile up to date, and log the change; return the new claims.

    `seen` are the ids of the claims that the author saw, by field (None: saw none). Raises ConflictError where one of
    them is no longer the current one; then nothing is stored.
    """
    one_writer()
    locked = Infrastructure.objects.select_for_update().get(pk=infrastructure.pk)
    fresh = [claim for claim in claims if not claim.says_the_same(locked.profile.get(claim.field))]
    _refuse_conflicts(locked, fresh, seen or {})
    now = timezone.now()
    stored: list[Claim] = []
    changed: list[str] = []
    for claim in fresh:
        row = _stored(locked, claim, by, now)
        stored += [row] if row else []
        changed += [row.field] if row and _take_over(locked, row) else []
    if changed:
        _follow(locked, changed)
        locked.version += 1
        locked.changed_at = now
        locked.save()
        log_change(locked, "claimed", list(dict.fromkeys(changed)), by.kind, now)
    for name in ("profile", "version", "changed_at", "name", "steward_id"):
        setattr(infrastructure, name, getattr(locked, name))
    return stored


def _refuse_conflicts(locked: Infrastructure, fresh: list[ClaimInput], seen: Mapping[str, int | None]) -> None:
    current = {claim.field: locked.profile.get(claim.field) for claim in fresh if claim.field in seen}
    clashes = {code: entry for code, entry in current.items() if (entry and entry["claim"]) != seen[code]}
    if clashes:
        raise ConflictError(clashes)


def _stored(infrastructure: Infrastructure, claim: ClaimInput, by: Author, now: Any) -> Claim | None:  # noqa: ANN401
    """Store the claim; None where a program says again what it said last time beside a person's claim."""
    before = infrastructure.profile.get(claim.field)
    is_beside = by.kind == AuthorKind.HARVESTER and before and before["author_kind"] != AuthorKind.HARVESTER
    if is_beside and _is_said_already(infrastructure, claim):
        return None
    return Claim.objects.create(
        infrastructure=infrastructure,
        field=claim.field,
        value=claim.value,
        status=claim.status,
        evidence=list(claim.evidence),
        author_kind=by.kind,
        author=by.person,
        source=by.source,
        checked_on=claim.checked_on,
        note=claim.note,
        replaces_id=before["claim"] if before and not is_beside else None,
        at=now,
    )


def _is_said_already(infrastructure: Infrastructure, claim: ClaimInput) -> bool:
    said = infrastructure.claims.filter(field=claim.field, author_kind=AuthorKind.HARVESTER).order_by("id").last()
    return said is not None and claim.says_the_same(entry_of(said))


def _take_over(infrastructure: Infrastructure, claim: Claim) -> bool:
    """Put the claim into the profile, unless it only stands beside a person's; return whether it did."""
    if claim.replaces_id is None and claim.field in infrastructure.profile:
        return False
    infrastructure.profile[claim.field] = entry_of(claim)
    return True


def _follow(infrastructure: Infrastructure, changed: list[str]) -> None:
    """Bring the columns that stand for claims up to date."""
    if "name" in changed and infrastructure.profile["name"]["value"]:
        infrastructure.name = infrastructure.profile["name"]["value"]
    if "steward" in changed:
        infrastructure.steward = organisation_for(infrastructure.profile["steward"]["value"])


def log_change(infrastructure: Infrastructure, kind: str, fields: list[str], author_kind: str, at: Any) -> Change:  # noqa: ANN401
    """Log that something happened; callers came by `one_writer`, so that ids follow time."""
    one_writer()
    labels = [field_of(code).label for code in fields]
    more = f" and {len(labels) - _SHOWN_FIELDS} more" if len(labels) > _SHOWN_FIELDS else ""
    summary = f"{kind}: {', '.join(labels[:_SHOWN_FIELDS])}{more}" if labels else kind
    return Change.objects.create(
        infrastructure=infrastructure,
        kind=kind,
        fields=fields,
        author_kind=author_kind,
        summary=summary[:300],
        at=at,
        nonce=uuid.uuid4(),
    )


def one_writer() -> None:
    """Wait for other writers of claims and of the log until the transaction ends (SQLite has one writer anyway).

    Called before an infrastructure's row is locked: an import that goes on to another row and a curator who holds that
    row would otherwise wait for each other.
    """
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(b"changes"[:7], "big")])
