"""Decides who speaks for an infrastructure: grants, refuses, ends; the person is told each time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from infracommons.web.catalogue.claims.notices import notify
from infracommons.web.catalogue.fields.texts import paragraphs
from infracommons.web.catalogue.models import Stewardship
from infracommons.web.catalogue.models.stewardship import StewardshipState

if TYPE_CHECKING:
    from infracommons.web.accounts.models import User

_LONGEST_REASON = 2000


class StewardshipProblem(ValueError):  # noqa: N818 - it describes what was asked for
    """What a curator asked for cannot be done; the text says why and what to do."""


@dataclass(frozen=True)
class Way:
    """One way from a state to another."""

    from_state: StewardshipState
    to_state: StewardshipState
    needs_reason: bool
    says: str


WAYS = {
    "grant": Way(StewardshipState.ASKED, StewardshipState.GRANTED, needs_reason=False, says="You now speak for"),
    "refuse": Way(StewardshipState.ASKED, StewardshipState.REFUSED, needs_reason=True, says="You do not speak for"),
    "end": Way(StewardshipState.GRANTED, StewardshipState.ENDED, needs_reason=True, says="You no longer speak for"),
}


@transaction.atomic
def decide_stewardship(key: int, action: str, *, by: "User", reason: str = "") -> Stewardship:
    """Take one way of WAYS and tell the person, with the reason.

    Raises StewardshipProblem where someone else was quicker or the reason is missing, ValueProblem for one too long.
    """
    locked = Stewardship.objects.select_for_update().get(pk=key)
    way = WAYS[action]
    if locked.state != way.from_state:
        message = f"Nothing was stored: this stewardship is {locked.get_state_display()} already."
        raise StewardshipProblem(message)
    said = paragraphs(reason, "reason", _LONGEST_REASON)
    if way.needs_reason and not said:
        message = "Give a reason: the person reads it."
        raise StewardshipProblem(message)
    locked.state, locked.reason = way.to_state, said
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save()
    name = locked.infrastructure.name
    text = f"{way.says} {name}." + (f"\n\nReason: {said}" if said else "")
    if way.to_state == StewardshipState.GRANTED:
        text += "\n\nYou can propose changes to all of its profile. A curator looks at them before they are published."
    path = reverse("profile", args=[locked.infrastructure.infrastructure_id])
    notify(locked.person, "stewardship", f"{way.says} {name}", text, path)
    return locked
