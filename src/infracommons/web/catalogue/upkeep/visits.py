"""Visits the links that are due, several hosts at a time, and keeps how each answered."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from infracommons import __version__
from infracommons.web.catalogue.models import Link, LinkCheck
from infracommons.web.catalogue.models.links import LinkOutcome
from infracommons.web.catalogue.upkeep.reach import Finding, Visitor

BAD = (LinkOutcome.BROKEN, LinkOutcome.NOT_PUBLIC)
FAILURES_TO_BREAK = 3
WEEK = timedelta(days=7)
AFTER_FAILURES = {1: timedelta(days=1), 2: timedelta(days=3)}  # then weekly, as for links that answer
MOST_A_RUN = 500
_AT_ONCE = 8
_HOSTS_TO_DOUBT = 3
OFFLINE = "No site could be reached: this machine seems to have no way to the web. Nothing was stored of this."

VisitAll = Callable[[Sequence[str]], dict[str, Finding]]


@dataclass(frozen=True)
class Visited:
    """What one run found: links visited, those that did not answer, and a problem of our own."""

    visited: int = 0
    failed: int = 0
    problem: str = ""


def due(now: datetime) -> QuerySet[Link]:
    """Return the links in use whose next visit has come, those waiting longest first."""
    is_due = Q(checked_at=None)
    for failures, wait in AFTER_FAILURES.items():
        is_due |= Q(failures=failures, checked_at__lte=now - wait)
    is_due |= ~Q(failures__in=AFTER_FAILURES) & Q(checked_at__lte=now - WEEK)
    return Link.objects.filter(is_due, is_used=True).order_by(F("checked_at").asc(nulls_first=True), "pk")


def check_due(now: datetime, *, most: int = MOST_A_RUN, visit_all: VisitAll | None = None) -> Visited:
    """Visit what is due and store it; where no host at all can be reached, store nothing and say so."""
    links = list(due(now)[:most])
    if not links:
        return Visited()
    findings = (visit_all or visit_public)([link.url for link in links])
    hosts = {urlsplit(link.url).hostname for link in links}
    if len(hosts) >= _HOSTS_TO_DOUBT and not any(finding.is_reached for finding in findings.values()):
        return Visited(problem=OFFLINE)
    failed = 0
    for link in links:
        failed += _keep(link, findings[link.url], now)
    return Visited(len(links), failed)


@transaction.atomic
def _keep(link: Link, finding: Finding, now: datetime) -> bool:
    """Store a visit. A link that fails keeps its outcome until it has failed three times in a row."""
    LinkCheck.objects.create(
        link=link, at=now, outcome=finding.outcome, http_status=finding.http_status, detail=finding.detail
    )
    has_failed = finding.outcome in BAD
    link.failures = link.failures + 1 if has_failed else 0
    if not has_failed or link.failures >= FAILURES_TO_BREAK:
        link.outcome = finding.outcome
    link.checked_at = now
    link.save(update_fields=["failures", "outcome", "checked_at"])
    return has_failed


def user_agent() -> str:
    """Return who asks, and where the asked can read why."""
    return f"Infracommons-link-check/{__version__} (+{settings.INFRACOMMONS_ADDRESS}{reverse('upkeep_log')})"


def visit_public(urls: Sequence[str]) -> dict[str, Finding]:
    """Visit public addresses on the web."""
    return asyncio.run(visit_all(urls, Visitor))


async def visit_all(urls: Iterable[str], visitor_of: Callable[[httpx.AsyncClient], Visitor]) -> dict[str, Finding]:
    """Return how each address answers; the addresses of one host are visited one after another."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        by_host[urlsplit(url).hostname or ""].append(url)
    findings: dict[str, Finding] = {}
    gate = asyncio.Semaphore(_AT_ONCE)
    # Connections are not kept: one made for a host must not serve another host at the same network address.
    limits = httpx.Limits(max_keepalive_connections=0)
    headers = {"User-Agent": user_agent(), "Accept": "*/*"}
    async with httpx.AsyncClient(trust_env=False, limits=limits, headers=headers, timeout=None) as client:  # noqa: S113
        visitor = visitor_of(client)  # it bounds each request as a whole, which a time-out of httpx does not

        async def visit_host(mine: list[str]) -> None:
            async with gate:
                for url in mine:
                    findings[url] = await visitor.visit(url)

        async with asyncio.TaskGroup() as group:
            for mine in by_host.values():
                group.create_task(visit_host(mine))
    return findings
