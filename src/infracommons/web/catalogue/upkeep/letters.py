"""Writes to stewards about values that grew old and links that broke: one letter an infrastructure and run."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from infracommons.vocabulary.figures import counted
from infracommons.web.catalogue.claims.notices import notify
from infracommons.web.catalogue.claims.stewards import stewards_of
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure, UpkeepEvent
from infracommons.web.catalogue.upkeep.ages import PATIENCE, StaleValue


@transaction.atomic
def ask_about(infrastructure: Infrastructure, values: Sequence[StaleValue]) -> int:
    """Ask each steward to check these values; return how many people were asked."""
    lines = "\n".join(f"- {value.definition.label}: {value.words}" for value in values)
    number = counted(len(values), "value")
    text = (
        f"{number} of {infrastructure.name} should be checked again:\n\n{lines}\n\n"
        "Please look at them: what is still right takes one press of a button, what has changed can be corrected. "
        f"What is not checked within {PATIENCE.days} days is shown as uncertain."
    )
    path = reverse("renew", args=[infrastructure.infrastructure_id])
    return _tell(infrastructure, "stale", f"{infrastructure.name}: {number} to check", text, path)


@transaction.atomic
def tell_of_broken(events: Sequence[UpkeepEvent]) -> int:
    """Tell the stewards of each infrastructure which of its links broke; return how many people were told."""
    told = 0
    for key in dict.fromkeys(event.infrastructure_id for event in events):
        mine = [event for event in events if event.infrastructure_id == key]
        told += _tell_of(mine[0].infrastructure, mine)
    return told


def _tell_of(infrastructure: Infrastructure, events: Sequence[UpkeepEvent]) -> int:
    lines = "\n".join(f"- {field(event.field).label}: {event.detail}" for event in events)
    number = counted(len(events), "link")
    text = (
        f"{number} on the profile of {infrastructure.name} stopped working. Each was tried three times over several "
        f"days.\n\n{lines}\n\nPlease give the new address, or other evidence."
    )
    path = reverse("propose", args=[infrastructure.infrastructure_id])
    return _tell(infrastructure, "broken_link", f"{infrastructure.name}: {number} broken", text, path)


def _tell(infrastructure: Infrastructure, kind: str, subject: str, text: str, path: str) -> int:
    return sum(notify(person, kind, subject, text, path) is not None for person in stewards_of(infrastructure))
