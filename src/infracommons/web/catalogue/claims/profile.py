"""Replays claims into a profile: what an infrastructure's latest claims say, today or on any day."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from infracommons.web.catalogue.models.claim import AuthorKind, Claim
from infracommons.web.catalogue.models.infrastructure import Infrastructure

Entry = dict[str, Any]  # claim, value, status, evidence, author_kind, author, source, checked_on, note, at
Profile = dict[str, Entry]


def replay(claims: Iterable[Claim]) -> Profile:
    """Return what the claims, in the order they were made, say: the last of each field.

    What a program read never takes the place of what a person claimed, unless it says that it replaces it.
    """
    profile: Profile = {}
    for claim in claims:
        before = profile.get(claim.field)
        if before is not None and _stands_back(claim, before):
            continue
        profile[claim.field] = entry_of(claim)
    return profile


def _stands_back(claim: Claim, before: Entry) -> bool:
    is_program = claim.author_kind == AuthorKind.HARVESTER
    return is_program and before["author_kind"] != AuthorKind.HARVESTER and claim.replaces_id != before["claim"]


def entry_of(claim: Claim) -> Entry:
    """Return a claim as an entry of a profile: JSON that holds all a reader may see of it."""
    return {
        "claim": claim.pk,
        "value": claim.value,
        "status": claim.status,
        "evidence": claim.evidence,
        "author_kind": claim.author_kind,
        "author": claim.author_id,
        "source": claim.source,
        "checked_on": claim.checked_on.isoformat() if claim.checked_on else None,
        "note": claim.note,
        "at": claim.at.isoformat(),
    }


def end_of(day: date) -> datetime:
    """Return the last moment of a day, UTC."""
    return datetime.combine(day, time.max, UTC)


def profile_as_of(infrastructure: Infrastructure, day: date) -> Profile:
    """Return what the claims made up to the end of that day (UTC) said."""
    return replay(infrastructure.claims.filter(at__lte=end_of(day)).order_by("id"))


def differences(before: Profile, after: Profile) -> list[tuple[str, Entry | None, Entry | None]]:
    """Return (field, old, new) for each field in which two profiles say something else, in alphabetical order."""
    return [
        (field, before.get(field), after.get(field))
        for field in sorted(before.keys() | after.keys())
        if _said(before.get(field)) != _said(after.get(field))
    ]


def _said(entry: Entry | None) -> tuple[Any, ...] | None:
    return None if entry is None else (entry["value"], entry["status"], entry["evidence"], entry["note"])


def age_in_days(entry: Entry, today: date) -> int:
    """Return the days since the value was checked, or since it was claimed where nobody checked it."""
    checked = entry["checked_on"]
    since = date.fromisoformat(checked) if checked else datetime.fromisoformat(entry["at"]).date()
    return max((today - since) // timedelta(days=1), 0)
