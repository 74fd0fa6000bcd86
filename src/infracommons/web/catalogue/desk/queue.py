"""The queue of the desk: what waits, oldest first, and how much of each kind."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from infracommons.vocabulary.figures import counted
from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.workflow import REVISION, SUBMITTED
from infracommons.web.catalogue.desk import filters
from infracommons.web.catalogue.desk.filters import QueueFilters
from infracommons.web.catalogue.models import Infrastructure, Proposal, Stewardship, UpkeepEvent
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.catalogue.models.links import LinkOutcome
from infracommons.web.catalogue.models.proposal import ProposalKind
from infracommons.web.catalogue.models.stewardship import StewardshipState
from infracommons.web.shared.paged import Pages, page_of

_KINDS = {
    filters.NEW: ProposalKind.SUGGESTION,
    filters.CHANGED: ProposalKind.PROFILE,
    filters.DISPUTED: ProposalKind.CORRECTION,
}
_BROKEN = (LinkOutcome.BROKEN, LinkOutcome.NOT_PUBLIC)


@dataclass(frozen=True)
class QueueItem:
    """One line of the queue; `since` is when it came to wait."""

    address: str
    title: str
    kind: str
    detail: str
    since: datetime | None
    due_on: date | None = None
    is_overdue: bool = False
    assignee: str = ""


@dataclass(frozen=True)
class Queue:
    """One page of the queue."""

    items: list[QueueItem]
    pages: Pages


def counts(person: User) -> dict[str, int]:
    """Return how much waits in each tab."""
    return {tab: _rows(QueueFilters(tab=tab), person).count() for tab in filters.TABS}


def queue(asked: QueueFilters, person: User, path: str, today: date) -> Queue:
    """Return the page of the queue that the filters ask for."""
    page: Any = page_of(_rows(asked, person), path, asked)
    make = {filters.STEWARDSHIPS: _of_stewardship, filters.STALE: _of_stale, filters.BROKEN: _of_broken}.get(asked.tab)
    items = [make(row) if make else _of_proposal(row, today) for row in page.rows]
    return Queue(items, page.pages)


def _rows(asked: QueueFilters, person: User) -> QuerySet[Any]:
    if asked.tab == filters.STEWARDSHIPS:
        return _stewardships(asked)
    if asked.tab in {filters.STALE, filters.BROKEN}:
        return _ageing(asked)
    return _proposals(asked, person)


def _proposals(asked: QueueFilters, person: User) -> QuerySet[Proposal]:
    rows = Proposal.objects.select_related("infrastructure", "assigned_to")
    if asked.tab == filters.MINE:
        rows = rows.filter(assigned_to=person, state__in=(SUBMITTED, REVISION))
    else:
        rows = rows.filter(state=REVISION if asked.tab == filters.SENT_BACK else SUBMITTED)
    if asked.tab in _KINDS:
        rows = rows.filter(kind=_KINDS[asked.tab])
    if asked.assigned:
        rows = rows.filter(assigned_to=person if asked.assigned == "me" else None)
    if asked.q:
        rows = rows.filter(Q(name__icontains=asked.q) | Q(infrastructure__name__icontains=asked.q))
    oldest = (F("submitted_at").asc(nulls_last=True), "pk")
    rows = rows.annotate(claim_count=Count("claims"))
    return rows.order_by(F("due_on").asc(nulls_last=True), *oldest) if asked.sort == "due" else rows.order_by(*oldest)


def _stewardships(asked: QueueFilters) -> QuerySet[Stewardship]:
    rows = Stewardship.objects.filter(state=StewardshipState.ASKED).select_related("infrastructure", "person")
    rows = rows.filter(infrastructure__name__icontains=asked.q) if asked.q else rows
    return rows.order_by("asked_at", "pk")


def _ageing(asked: QueueFilters) -> QuerySet[Infrastructure]:
    """Return listed infrastructures with events of claims that still stand, those waiting longest first."""
    events = UpkeepEvent.objects.filter(infrastructure=OuterRef("pk"), claim__replaced_by=None).order_by()
    if asked.tab == filters.STALE:
        events = events.filter(kind="stale")
    else:
        events = events.filter(kind="link_broken", link__outcome__in=_BROKEN)
    what = "claim" if asked.tab == filters.STALE else "link"
    summed = events.values("infrastructure").annotate(number=Count(what, distinct=True), first=Min("at"))
    rows = Infrastructure.objects.filter(Exists(events), listing=Listing.LISTED)
    rows = rows.filter(name__icontains=asked.q) if asked.q else rows
    found = rows.annotate(number=Subquery(summed.values("number")), since=Subquery(summed.values("first")))
    return found.defer("profile").order_by("since", "pk")


def _of_proposal(proposal: Any, today: date) -> QueueItem:  # noqa: ANN401 - annotated
    waits = proposal.state == SUBMITTED
    return QueueItem(
        address=reverse("desk_proposal", args=[proposal.public_id]),
        title=proposal.infrastructure.name if proposal.infrastructure else proposal.name,
        kind=proposal.get_kind_display(),
        detail=counted(proposal.claim_count, "claim") if proposal.claim_count else "a dispute in words",
        since=proposal.submitted_at,
        due_on=proposal.due_on,
        is_overdue=bool(waits and proposal.due_on and proposal.due_on < today),
        assignee=(proposal.assigned_to.name or "a colleague") if proposal.assigned_to else "",
    )


def _of_stewardship(asked: Stewardship) -> QueueItem:
    return QueueItem(
        address=f"{reverse('desk_stewards')}#request-{asked.pk}",
        title=asked.infrastructure.name,
        kind="a stewardship",
        detail="someone asks to speak for it",
        since=asked.asked_at,
    )


def _of_stale(infrastructure: Any) -> QueueItem:  # noqa: ANN401 - annotated
    return QueueItem(
        address=reverse("renew", args=[infrastructure.infrastructure_id]),
        title=infrastructure.name,
        kind="stale values",
        detail=counted(infrastructure.number, "value"),
        since=infrastructure.since,
    )


def _of_broken(infrastructure: Any) -> QueueItem:  # noqa: ANN401 - annotated
    log = f"{reverse('upkeep_log')}?infrastructure={infrastructure.infrastructure_id}&kind=link_broken"
    return QueueItem(
        address=log,
        title=infrastructure.name,
        kind="broken links",
        detail=counted(infrastructure.number, "link"),
        since=infrastructure.since,
    )
