"""Names the state of the catalogue, by which caches, entity tags and the search index know what they have already."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max

from infracommons.web.catalogue.models import Change, Claim, Term, TermEvent, UpkeepEvent

Mark = tuple[int, UUID]  # a change of the log: its id, and the nonce that no other log has
TermState = tuple[int | None, datetime | None, int, int | None]


def latest_change() -> Mark | None:
    """Return the latest change of the log; None where it is empty."""
    return Change.objects.order_by("-id").values_list("id", "nonce").first()


def is_in_log(mark: Mark) -> bool:
    """Return whether the log has this change: one that was rolled back, or another database's, has not."""
    identity, nonce = mark
    return Change.objects.filter(id=identity, nonce=nonce).exists()


def term_state() -> TermState:
    """Return what changes with every term: the latest event and its moment, how many terms, the newest one."""
    event = TermEvent.objects.aggregate(last=Max("id"), at=Max("at"))
    terms = Term.objects.aggregate(count=Count("id"), last=Max("id"))
    return event["last"], event["at"], terms["count"], terms["last"]


def catalogue_state() -> tuple[object, ...]:
    """Return what changes with each row that a page or file may show; five small queries by key.

    A claim counts beside the log of changes, which has none of a program's claim that stands beside a person's.
    """
    latest = [rows.aggregate(last=Max("id"))["last"] for rows in (Claim.objects, UpkeepEvent.objects)]
    return latest_change(), *latest, term_state()
