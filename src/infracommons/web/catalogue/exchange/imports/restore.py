"""Puts the claims of a file back into the catalogue, with their moments, authors' roles and order."""

import json
import uuid
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from infracommons.web.catalogue.claims.append import Author, append_claims, log_change, one_writer
from infracommons.web.catalogue.claims.organisations import organisation_for
from infracommons.web.catalogue.claims.profile import replay
from infracommons.web.catalogue.exchange.imports.claim_rows import ClaimRow
from infracommons.web.catalogue.exchange.imports.report import CellNote, ImportReport
from infracommons.web.catalogue.models import Claim, FormerSlug, Infrastructure

if TYPE_CHECKING:
    from datetime import datetime

_OLDER = "older than what the catalogue says of this field; history is not rewritten"
_NO_NAME = "a new infrastructure needs a claim of the field name"


def restore(infrastructure_id: str, rows: Sequence[ClaimRow], report: ImportReport) -> Iterator[tuple[ClaimRow, str]]:
    """Store what the catalogue lacks of one infrastructure; yield each row that is not stored, with the reason."""
    one_writer()
    infrastructure = _known(infrastructure_id)
    if infrastructure is None:
        _restore_new(infrastructure_id, rows, report)
        return
    known = {_content(claim): claim.pk for claim in infrastructure.claims.all()}
    latest: dict[str, datetime] = {}
    for claim in infrastructure.claims.all():
        latest[claim.field] = claim.at
    missing = [row for row in rows if _row_content(row) not in known]
    older = [row for row in missing if row.at and row.claim.field in latest and row.at <= latest[row.claim.field]]
    for row in older:
        yield row, _OLDER
    numbers = {row.key: known[_row_content(row)] for row in rows if _row_content(row) in known and row.key}
    dated = [row for row in missing if row.at and row not in older]
    stored = _append_dated(infrastructure, dated, numbers)
    stored += _append_now(infrastructure, [row for row in missing if row.at is None])
    report.claims += stored
    if stored:
        report.changed += 1
    else:
        report.unchanged += 1


def _known(infrastructure_id: str) -> Infrastructure | None:
    found = Infrastructure.objects.filter(infrastructure_id=infrastructure_id).first()
    former = FormerSlug.objects.filter(slug=infrastructure_id).select_related("infrastructure").first()
    return found or (former.infrastructure if former else None)


def _restore_new(infrastructure_id: str, rows: Sequence[ClaimRow], report: ImportReport) -> None:
    names = [row.claim.value for row in rows if row.claim.field == "name" and row.claim.value]
    if not names:
        report.problems.append(CellNote(rows[0].number, "infrastructure_id", infrastructure_id, _NO_NAME))
        return
    first = rows[0]
    infrastructure = Infrastructure.objects.create(
        infrastructure_id=infrastructure_id,
        name=names[-1],
        listing=first.listing,
        listing_reason=first.listing_reason,
        external_id=first.external_id,
    )
    report.claims += _append_dated(infrastructure, [row for row in rows if row.at], {})
    report.claims += _append_now(infrastructure, [row for row in rows if row.at is None])
    report.new += 1


def _append_dated(infrastructure: Infrastructure, rows: Sequence[ClaimRow], numbers: dict[str, int]) -> int:
    """Store claims at their own moments, in their order in the file, and bring profile and log up to date."""
    stored: set[int] = set()
    for row in rows:
        claim = Claim.objects.create(
            infrastructure=infrastructure,
            field=row.claim.field,
            value=row.claim.value,
            status=row.claim.status,
            evidence=list(row.claim.evidence),
            author_kind=row.author_kind,
            source=row.source,
            checked_on=row.claim.checked_on,
            note=row.claim.note,
            replaces_id=numbers.get(row.replaces),
            at=row.at or timezone.now(),
        )
        numbers[row.key or uuid.uuid4().hex] = claim.pk
        stored.add(claim.pk)
    if rows:
        _catch_up(infrastructure, stored)
    return len(rows)


def _catch_up(infrastructure: Infrastructure, numbers: set[int]) -> None:
    """Make the profile from all claims, and log each moment at which something was claimed."""
    claims = list(infrastructure.claims.order_by("id"))
    infrastructure.profile = replay(claims)
    name, steward = (infrastructure.profile.get(code) or {} for code in ("name", "steward"))
    infrastructure.name = name.get("value") or infrastructure.name
    infrastructure.steward = organisation_for(steward.get("value"))
    infrastructure.created_at = min(claim.at for claim in claims)
    took_over = _taking_over(claims)
    infrastructure.changed_at = max(claim.at for claim in took_over)
    restored = [claim for claim in took_over if claim.pk in numbers]
    for (at, kind), together in groupby(restored, key=lambda claim: (claim.at, claim.author_kind)):
        infrastructure.version += 1
        log_change(infrastructure, "claimed", [claim.field for claim in together], kind, at)
    infrastructure.save()


def _taking_over(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims that changed the profile when they were made; what a program read may only stand beside."""
    claimed: set[str] = set()
    found = []
    for claim in claims:
        if claim.replaces_id is not None or claim.field not in claimed:
            found.append(claim)
        claimed.add(claim.field)
    return found


def _append_now(infrastructure: Infrastructure, rows: Sequence[ClaimRow]) -> int:
    """Append claims without a moment as made now, in the role and from the source that the file names."""
    stored = 0
    for (kind, source), together in groupby(rows, key=lambda row: (row.author_kind, row.source)):
        stored += len(append_claims(infrastructure, [row.claim for row in together], by=Author(kind, source)))
    return stored


def _content(claim: Claim) -> tuple[Any, ...]:
    """Return all that makes a claim this claim, whatever its number."""
    said = (json.dumps(claim.value, sort_keys=True), claim.status, json.dumps(claim.evidence, sort_keys=True))
    return (claim.field, *said, claim.author_kind, claim.source, claim.checked_on, claim.note, claim.at)


def _row_content(row: ClaimRow) -> tuple[Any, ...]:
    claim = row.claim
    said = (json.dumps(claim.value, sort_keys=True), claim.status, json.dumps(list(claim.evidence), sort_keys=True))
    return (claim.field, *said, str(row.author_kind), row.source, claim.checked_on, claim.note, row.at)
