"""Turns events of the upkeep log into what the page and the feed show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.models import Infrastructure, UpkeepEvent
from infracommons.web.catalogue.upkeep.log_filters import WORDS


@dataclass(frozen=True)
class LogRow:
    """One event in words; `address` is the profile it is about, `label` its field's."""

    key: int
    at: datetime
    infrastructure: Infrastructure
    address: str
    label: str
    words: str
    detail: str


def log_rows(events: Iterable[UpkeepEvent]) -> list[LogRow]:
    """Return the rows of these events, in their order."""
    known = fields()
    return [
        LogRow(
            key=event.pk,
            at=event.at,
            infrastructure=event.infrastructure,
            address=reverse("profile", args=[event.infrastructure.infrastructure_id]),
            label=known[event.field].label if event.field in known else event.field,
            words=WORDS.get(event.kind, event.kind),
            detail=event.detail,
        )
        for event in events
    ]
