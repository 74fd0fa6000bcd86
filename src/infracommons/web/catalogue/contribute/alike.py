"""Finds what is listed or suggested already under a name or a website, so that nobody suggests it again unawares."""

from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from urllib.parse import urlsplit

from django.urls import reverse

from infracommons.vocabulary.text import normal_name
from infracommons.web.catalogue.claims.state import Mark, is_in_log, latest_change
from infracommons.web.catalogue.claims.workflow import REVISION, SUBMITTED
from infracommons.web.catalogue.models import Change, Infrastructure, Proposal
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.catalogue.models.proposal import ProposalKind

_MOST = 8


@dataclass(frozen=True)
class Alike:
    """Something that may be the same: its name, what is the same, where to read of it."""

    name: str
    why: str
    path: str
    is_listed: bool


@dataclass(frozen=True)
class _Facts:
    slug: str
    name: str
    names: frozenset[str]
    site: tuple[str, str]


class _Known:
    """Names and sites of what is listed, read again only where something has changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._latest: Mark | None = None
        self._facts: dict[int, _Facts] = {}

    def facts(self) -> list[_Facts]:
        latest = latest_change()
        with self._lock:
            if latest != self._latest:
                self._read()
                self._latest = latest
            return list(self._facts.values())

    def _read(self) -> None:
        rows = Infrastructure.objects.all()
        if self._latest and is_in_log(self._latest):
            later = Change.objects.filter(id__gt=self._latest[0])
            changed = set(later.values_list("infrastructure__pk", flat=True))
            rows = rows.filter(pk__in=changed)
        else:
            self._facts, changed = {}, set()
        for key in changed:
            self._facts.pop(key, None)
        columns = ("pk", "infrastructure_id", "name", "profile__aliases__value", "profile__website__value")
        for key, slug, name, aliases, website in rows.filter(listing=Listing.LISTED).values_list(*columns).iterator():
            names = [name, *(aliases if isinstance(aliases, list) else [])]
            self._facts[key] = _Facts(slug, name, frozenset(map(normal_name, names)), _site(website))


_known = _Known()


def alike(name: str, website: str) -> list[Alike]:
    """Return what is listed, or suggested and not decided, under this name or at this website; at most eight."""
    wanted, site = normal_name(name), _site(website)
    found = [one for facts in (*_known.facts(), *_suggested()) if (one := _compared(facts, wanted, site))]
    return found[:_MOST]


def _compared(facts: _Facts, wanted: str, site: tuple[str, str]) -> Alike | None:
    if wanted and wanted in facts.names:
        why = "has this name" if normal_name(facts.name) == wanted else "is also known by this name"
    elif site[0] and _is_same_site(site, facts.site):
        why = "has this website"
    else:
        return None
    path = reverse("profile", args=[facts.slug]) if facts.slug else reverse("suggested")
    return Alike(facts.name, why, path, is_listed=bool(facts.slug))


def _suggested() -> Iterator[_Facts]:
    waiting = Proposal.objects.filter(kind=ProposalKind.SUGGESTION, state__in=(SUBMITTED, REVISION))
    for name, typed in waiting.values_list("name", "typed"):
        yield _Facts("", name, frozenset([normal_name(name)]), _site(typed.get("website", {}).get("value")))


def _site(address: object) -> tuple[str, str]:
    """Return host and path of an address; empty for what is none."""
    try:
        parts = urlsplit(address if isinstance(address, str) else "")
        host = parts.hostname or ""
    except ValueError:
        return "", ""
    return host.removeprefix("www."), parts.path.rstrip("/")


def _is_same_site(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Return whether two addresses are of one site; two projects on one platform are not."""
    return one[0] == other[0] and (one[1] == other[1] or "" in {one[1], other[1]})
