"""Keeps one row for each address in use, and tells in the public log which ones broke and which were mended."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.db import transaction

from infracommons.web.catalogue.models import Link, UpkeepEvent
from infracommons.web.catalogue.models.links import LinkOutcome
from infracommons.web.catalogue.upkeep.uses import Use, uses
from infracommons.web.catalogue.upkeep.visits import BAD

T = TypeVar("T")
BROKEN, MENDED = "link_broken", "link_mended"
_BATCH = 500
_LONGEST_DETAIL = 500
_MENDED_BY = (LinkOutcome.OK, LinkOutcome.MOVED, LinkOutcome.REFUSED)


@dataclass(frozen=True)
class Collected:
    """How many addresses are in use, how many of them are new, and how many are no longer used."""

    used: int
    added: int
    dropped: int


def key_of(url: str) -> str:
    """Return the key under which an address is stored."""
    return hashlib.sha256(url.encode()).hexdigest()


def collect() -> Collected:
    """Bring the rows of links in line with what current public claims name; rows no longer used stay, unvisited."""
    known = dict(Link.objects.values_list("key", "is_used").iterator())
    seen: set[str] = set()
    added = 0
    for fresh in _batches(_unknown(known, seen)):
        Link.objects.bulk_create([Link(key=key, url=url) for key, url in fresh], ignore_conflicts=True)
        added += len(fresh)
    dropped = [key for key, is_used in known.items() if is_used and key not in seen]
    back = [key for key, is_used in known.items() if not is_used and key in seen]
    for keys, is_used in ((dropped, False), (back, True)):
        for batch in _batches(keys):
            Link.objects.filter(key__in=batch).update(is_used=is_used)
    return Collected(len(seen), added, len(dropped))


def _unknown(known: Mapping[str, bool], seen: set[str]) -> Iterator[tuple[str, str]]:
    """Yield key and address of each address without a row, once; note the keys of all addresses in `seen`."""
    for use in uses():
        key = key_of(use.url)
        if key not in seen:
            seen.add(key)
            if key not in known:
                yield key, use.url


def _batches(things: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(things)
    while batch := list(islice(rest, _BATCH)):
        yield batch


@transaction.atomic
def log_links(now: datetime) -> tuple[list[UpkeepEvent], list[UpkeepEvent]]:
    """Log each use of a link that has broken, and each that has been mended; return both. Twice logs nothing more."""
    last = _last_events()
    bad = {link.key: link for link in Link.objects.filter(is_used=True, outcome__in=BAD)}
    broken = [
        _event(use, bad[key], now)
        for use in (uses() if bad else ())
        if (key := key_of(use.url)) in bad and (use.claim, bad[key].pk) not in last
    ]
    mended = [
        _mended(event, now) for event in last.values() if event.link is not None and event.link.outcome in _MENDED_BY
    ]
    UpkeepEvent.objects.bulk_create([*broken, *mended])
    return broken, mended


def _last_events() -> dict[tuple[int | None, int | None], UpkeepEvent]:
    """Return the break that is still open for each claim that stands and each link."""
    events = UpkeepEvent.objects.filter(kind__in=(BROKEN, MENDED), claim__replaced_by=None).select_related("link")
    last: dict[tuple[int | None, int | None], UpkeepEvent] = {}
    for event in events.order_by("pk"):
        last[event.claim_id, event.link_id] = event
    return {use: event for use, event in last.items() if event.kind == BROKEN}


def _event(use: Use, link: Link, now: datetime) -> UpkeepEvent:
    check = link.checks.order_by("-pk").first()
    why = (check.detail if check else "") or LinkOutcome(link.outcome).label
    return UpkeepEvent(
        infrastructure_id=use.infrastructure,
        field=use.field,
        claim_id=use.claim,
        link=link,
        kind=BROKEN,
        detail=f"{link.url[: _LONGEST_DETAIL - 120]}: {why[:110]}",
        at=now,
    )


def _mended(event: UpkeepEvent, now: datetime) -> UpkeepEvent:
    return UpkeepEvent(
        infrastructure_id=event.infrastructure_id,
        field=event.field,
        claim_id=event.claim_id,
        link=event.link,
        kind=MENDED,
        detail=(event.link.url if event.link else "")[:_LONGEST_DETAIL],
        at=now,
    )
