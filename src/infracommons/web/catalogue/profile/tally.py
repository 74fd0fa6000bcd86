"""Keeps, for each listed infrastructure, what coverage counts of it; a change reads that infrastructure only."""

import threading
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from django.conf import settings

from infracommons.web.catalogue.claims.profile import Entry, Profile
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.definition import FieldDefinition
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.catalogue.profile.visible import is_answered, shown_fields

_AT_ONCE = 500
PARTS = 4  # numbers for each known field, see Tally
State = tuple[int, datetime]


@dataclass(frozen=True)
class Tally:
    """One infrastructure as it was at `state`, its version and the moment it changed; codes are those of today's terms.

    `known` has four numbers for each known field: its place among the fields, 1 with evidence, the day it was checked
    and the last day on which it is fresh, as ordinals, 0 for none.
    """

    state: State
    known: "array[int]"
    countries: tuple[str, ...]
    categories: tuple[str, ...]


class _Keeper:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[int, Tally] = {}
        self._made_with: tuple[TermBook, str] | None = None

    def tallies(self) -> list[Tally]:
        with self._lock:
            book = term_book()
            made_with = (book, str(settings.INFRACOMMONS_DEFINITIONS))
            if self._made_with is None or self._made_with[0] is not book or self._made_with[1] != made_with[1]:
                self._held, self._made_with = {}, made_with
            rows = Infrastructure.objects.filter(listing=Listing.LISTED).values_list("pk", "version", "changed_at")
            states = {pk: (version, changed_at) for pk, version, changed_at in rows}
            wanted = [pk for pk, state in states.items() if pk not in self._held or self._held[pk].state != state]
            self._held |= dict(_read(wanted, book))
            self._held = {pk: self._held[pk] for pk in states if pk in self._held}
            return list(self._held.values())


_KEEPER = _Keeper()


def tallies() -> list[Tally]:
    """Return one tally for each listed infrastructure."""
    return _KEEPER.tallies()


def _read(keys: Iterable[int], book: TermBook) -> Iterator[tuple[int, Tally]]:
    rest, fields = iter(keys), shown_fields(consent=False)
    while some := list(islice(rest, _AT_ONCE)):
        rows = Infrastructure.objects.filter(pk__in=some).values_list("pk", "version", "changed_at", "profile")
        for pk, version, changed_at, profile in rows:
            yield pk, tally_of((version, changed_at), profile, fields, book)


def tally_of(state: State, profile: Profile, fields: list[FieldDefinition], book: TermBook) -> Tally:
    """Return what coverage counts of one profile."""
    known = array("l")
    for place, definition in enumerate(fields):
        entry = profile.get(definition.code)
        if entry is not None and is_answered(definition, entry, book):
            known.extend((place, bool(entry["evidence"]), _checked(entry), _last_fresh(definition, entry)))
    return Tally(state, known, _terms(profile, "country", book), _terms(profile, "categories", book))


def _checked(entry: Entry) -> int:
    return date.fromisoformat(entry["checked_on"]).toordinal() if entry["checked_on"] else 0


def _last_fresh(definition: FieldDefinition, entry: Entry) -> int:
    if definition.max_age_days is None:
        return 0
    since = date.fromisoformat(entry["checked_on"] or entry["at"][:10])
    return (since + timedelta(days=definition.max_age_days)).toordinal()


def _terms(profile: Profile, code: str, book: TermBook) -> tuple[str, ...]:
    chosen = (profile.get(code, {}).get("value") or {}).get("terms", [])
    current = (book.current(field(code).vocabulary or "", one) for one in chosen)
    return tuple(dict.fromkeys(term.code for term in current if term))
