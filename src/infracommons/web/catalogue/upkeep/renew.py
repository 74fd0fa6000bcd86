"""Says of values past their age that they are still right: the same claims again, checked today."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from infracommons.web.catalogue.claims.append import Author, append_claims, one_writer
from infracommons.web.catalogue.claims.profile import Entry
from infracommons.web.catalogue.claims.stewards import is_steward
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.models import Claim, Infrastructure, UpkeepEvent
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.upkeep.ages import RENEWED

if TYPE_CHECKING:
    from infracommons.web.accounts.models import User


@transaction.atomic
def renew(infrastructure: Infrastructure, seen: Mapping[str, int], *, by: "User", today: date) -> list[Claim]:
    """Append the values of these fields again as checked today; `seen` are the claims that the person looked at.

    Raises ConflictError where one of them no longer stands (then nothing is stored), KeyError for a field without a
    value. A value that was checked today already stays as it is.
    """
    one_writer()
    locked = Infrastructure.objects.select_for_update().get(pk=infrastructure.pk)
    inputs = [_again(code, locked.profile[code], today) for code in seen]
    claims = append_claims(infrastructure, inputs, by=_author(infrastructure, by), seen=seen)
    UpkeepEvent.objects.bulk_create(
        [
            UpkeepEvent(
                infrastructure=infrastructure, field=claim.field, claim=claim, kind=RENEWED,
                detail=claim.source, at=timezone.now(),
            )
            for claim in claims
        ]
    )  # fmt: skip
    return claims


def _again(code: str, entry: Entry, today: date) -> ClaimInput:
    return ClaimInput(code, entry["value"], entry["status"], tuple(entry["evidence"]), today, entry["note"])


def _author(infrastructure: Infrastructure, person: "User") -> Author:
    if is_steward(person, infrastructure):
        return Author(AuthorKind.STEWARD, f"{infrastructure.name} team", person)
    return Author(AuthorKind.CURATOR, "a curator", person)
