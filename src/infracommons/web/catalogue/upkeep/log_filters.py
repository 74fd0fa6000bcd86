"""What the address of the public upkeep log asks for."""

from dataclasses import dataclass

from django.db.models import QuerySet

from infracommons.insights.award_filters import PAGE
from infracommons.insights.query_string import choice, matching, one
from infracommons.web.catalogue.models import Infrastructure, UpkeepEvent

WORDS = {
    "stale": "past its age",
    "asked": "team asked",
    "uncertain": "uncertain",
    "renewed": "checked again",
    "link_broken": "link broken",
    "link_mended": "link works again",
}


@dataclass(frozen=True)
class LogFilters:
    """One infrastructure, one kind of event, a page."""

    infrastructure: str = one("", matching(r"[-a-zA-Z0-9_]{1,200}"), "the id of an infrastructure, such as arxiv")
    kind: str = one("", *choice(WORDS))
    page: int = one(1, *PAGE)


def logged(asked: LogFilters) -> QuerySet[UpkeepEvent]:
    """Return the events asked for, newest first, with their infrastructures."""
    events = UpkeepEvent.objects.select_related("infrastructure", "link").order_by("-pk")
    if asked.kind:
        events = events.filter(kind=asked.kind)
    if asked.infrastructure:
        events = events.filter(infrastructure__infrastructure_id=asked.infrastructure)
    return events


def named(asked: LogFilters) -> Infrastructure | None:
    """Return the infrastructure that the filters name; None where they name none or an unknown one."""
    return Infrastructure.objects.filter(infrastructure_id=asked.infrastructure).first()
