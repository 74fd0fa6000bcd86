"""The records of OAI-PMH: one an infrastructure, deleted ones kept, in the order of their last change."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from infracommons.web.catalogue.exchange.oai.arguments import OaiError, Span
from infracommons.web.catalogue.exchange.oai.tokens import Place
from infracommons.web.catalogue.exchange.public import public_infrastructures
from infracommons.web.catalogue.fields.terms import TermBook, TermFacts
from infracommons.web.catalogue.models import FormerSlug, Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

PAGE = 100
_CATEGORIES = "categories"
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_SET = re.compile(r"[a-z0-9_]+")
_AT_ONCE = 200


@dataclass(frozen=True)
class Record:
    """One record: its id here, the day it changed, the sets it is in; a deleted one has no description."""

    slug: str
    infrastructure: Infrastructure
    is_deleted: bool
    sets: tuple[str, ...]

    @property
    def datestamp(self) -> str:
        """Return when it changed, in the repository's granularity."""
        return stamp(self.infrastructure.changed_at)


def stamp(moment: datetime) -> str:
    """Return a moment (UTC) as the protocol writes it."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def sets_of(infrastructure: Infrastructure, book: TermBook) -> tuple[str, ...]:
    """Return the sets of an infrastructure: its categories as they are called today."""
    value = (infrastructure.profile.get(_CATEGORIES) or {}).get("value") or {"terms": []}
    terms = (book.current(_CATEGORIES, code) for code in value["terms"])
    return tuple(dict.fromkeys(term.code for term in terms if term))


def all_sets(book: TermBook) -> list[TermFacts]:
    """Return the categories that are sets: those that stand for themselves, whatever led to them."""
    return [term for code, term in book.terms(_CATEGORIES).items() if book.current(_CATEGORIES, code) == term]


def check_set(name: str) -> None:
    """Raise OaiError badArgument for a name that no set can have; one that is merely empty has no records."""
    if name and not _SET.fullmatch(name):
        message = f"set must be the code of a category, as ListSets has them, not {name[:80]!r}"
        raise OaiError("badArgument", message)


def changed_within(span: Span) -> QuerySet[Infrastructure]:
    """Return every infrastructure that changed in this time, in the order of change."""
    rows = public_infrastructures().order_by("changed_at", "pk").prefetch_related("former_slugs")
    rows = rows.filter(changed_at__gte=span.since) if span.since else rows
    return rows.filter(changed_at__lt=span.before) if span.before else rows


def records(rows: QuerySet[Infrastructure], wanted: str, book: TermBook) -> Iterator[Record]:
    """Yield the records of a set (empty: of all); an id that an infrastructure once had is a deleted record."""
    for infrastructure in rows.iterator(_AT_ONCE):
        sets = sets_of(infrastructure, book)
        if wanted and wanted not in sets:
            continue
        for former in sorted(infrastructure.former_slugs.all(), key=lambda one: one.pk):
            yield Record(former.slug, infrastructure, is_deleted=True, sets=sets)
        is_deleted = infrastructure.listing == Listing.WITHDRAWN
        yield Record(infrastructure.infrastructure_id, infrastructure, is_deleted, sets)


def size_of(rows: QuerySet[Infrastructure], wanted: str, book: TermBook) -> int:
    """Return how many records there are; those of a set have to be looked at one by one."""
    if wanted:
        return sum(1 for _ in records(rows, wanted, book))
    return rows.count() + FormerSlug.objects.filter(infrastructure__in=rows.order_by().values("pk")).count()


def after(rows: QuerySet[Infrastructure], place: Place) -> QuerySet[Infrastructure]:
    """Return the infrastructures behind the one at which a page ended."""
    at = datetime.fromisoformat(place.at)
    return rows.filter(Q(changed_at__gt=at) | Q(changed_at=at, pk__gt=place.key))


def record_of(slug: str, book: TermBook) -> Record | None:
    """Return the record of an id, today's or a former one."""
    if not _SLUG.fullmatch(slug):  # PostgreSQL refuses some signs, which no id has
        return None
    infrastructure = public_infrastructures().filter(infrastructure_id=slug).first()
    if infrastructure:
        is_deleted = infrastructure.listing == Listing.WITHDRAWN
        return Record(slug, infrastructure, is_deleted, sets_of(infrastructure, book))
    former = FormerSlug.objects.filter(slug=slug).select_related("infrastructure").first()
    if former is None or not public_infrastructures().filter(pk=former.infrastructure_id).exists():
        return None
    return Record(slug, former.infrastructure, is_deleted=True, sets=sets_of(former.infrastructure, book))
