"""What feeds tell of: the newest changes, each with what was claimed, in words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.urls import reverse

from infracommons.web.catalogue.exchange.licences import LICENCE_URL
from infracommons.web.catalogue.exchange.public import LISTINGS, PublicChange, public_changes
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.fields.words import entry_words
from infracommons.web.catalogue.models import Change, Claim

MOST = 50
_AT_ONCE, _MOST_NAMED_IN_QUERY = 200, 500
_LONGEST = 300


@dataclass(frozen=True)
class FeedEntry:
    """One change: its id is a URN of its own, which stays when addresses change."""

    id: str
    title: str
    url: str
    text: str
    at: datetime
    author: str


@dataclass(frozen=True)
class Feed:
    """A feed: `url` is its own address, `page` the one that people read."""

    title: str
    url: str
    page: str
    entries: tuple[FeedEntry, ...]
    made_at: datetime | None = None  # of the release, where the entries come from one
    licence: str = LICENCE_URL  # of everything in it; empty where each entry has its own

    @property
    def updated(self) -> datetime | None:
        """Return the moment of the release, or else of the newest entry."""
        return self.made_at or max((entry.at for entry in self.entries), default=None)


def newest_changes(ids: Collection[str] | None) -> list[PublicChange]:
    """Return the newest public changes of these infrastructures, or of all; MOST at the most."""
    changes = Change.objects.filter(infrastructure__listing__in=LISTINGS).order_by("-id")
    changes = changes.select_related("infrastructure").defer("infrastructure__profile")
    if ids is not None and len(ids) <= _MOST_NAMED_IN_QUERY:
        changes = changes.filter(infrastructure__infrastructure_id__in=ids)
        ids = None
    wanted: Iterable[Change] = changes.iterator(_AT_ONCE)
    if ids is not None:
        among = frozenset(ids)
        wanted = (change for change in wanted if change.infrastructure.infrastructure_id in among)
    return list(islice(public_changes(wanted), MOST))


def entries(changes: Iterable[PublicChange], book: TermBook, root: str) -> tuple[FeedEntry, ...]:
    """Return the entries of a feed, newest first."""
    told = list(changes)
    texts = _texts(told, book)
    return tuple(_entry(public, texts.get(public.change.pk, ""), root) for public in told)


def _entry(public: PublicChange, text: str, root: str) -> FeedEntry:
    change, infrastructure = public.change, public.change.infrastructure
    page = reverse("profile", args=[infrastructure.infrastructure_id])
    return FeedEntry(
        id=f"urn:uuid:{change.nonce}",
        title=f"{infrastructure.name}: {public.words}",
        url=f"{root}{page}",
        text=text or public.words,
        at=change.at,
        author={"steward": "Its team", "curator": "A curator"}.get(change.author_kind, "A program that read a source"),
    )


def _texts(changes: list[PublicChange], book: TermBook) -> dict[int, str]:
    """Return what was claimed with each change: the claims of its fields that were made at its moment."""
    moments = {public.change.at for public in changes}
    keys = {public.change.infrastructure_id for public in changes}
    made: dict[tuple[int, datetime, str], Claim] = {}
    for claim in Claim.objects.filter(infrastructure__in=keys, at__in=moments).order_by("id"):
        made[claim.infrastructure_id, claim.at, claim.field] = claim
    texts = {}
    for public in changes:
        key = (public.change.infrastructure_id, public.change.at)
        lines = [_line(made[*key, code], book) for code in public.fields if (*key, code) in made]
        texts[public.change.pk] = "\n".join(lines)
    return texts


def _line(claim: Claim, book: TermBook) -> str:
    definition = fields()[claim.field]
    words = "; ".join(entry_words(definition, {"value": claim.value, "status": claim.status}, book))
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    return f"{definition.label}: {short}"
