"""Keeps one snapshot of the catalogue in this process, and renews it when the log of changes has moved on."""

import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from infracommons.web.catalogue.claims.state import is_in_log, latest_change
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.registry import vocabularies
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Change, Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.catalogue.search.bits import gathered, patched, places_in
from infracommons.web.catalogue.search.documents import Document, document_of
from infracommons.web.catalogue.search.snapshot import CatalogueIndex, Moment
from infracommons.web.catalogue.search.text_index import TextIndex

__all__ = ["CatalogueIndex", "catalogue_index"]

_ROWS_AT_ONCE = 500
_MOST_PATCHED = 2000  # from here on, starting anew is quicker


def catalogue_index() -> CatalogueIndex:
    """Return the catalogue as it is listed now; costs three small queries while nothing has changed."""
    return _KEEPER.current()


def snapshot_of(rows: Iterable[Infrastructure], moment: Moment, text: TextIndex) -> CatalogueIndex:
    """Return the snapshot of these rows, whose text goes into an empty index; it holds one row's text at a time."""
    places: dict[int, int] = {}
    documents: list[Document] = []

    def texts() -> Iterator[tuple[int, dict[str, str]]]:
        for row in rows:
            document = document_of(row, moment.book)
            places[row.pk] = len(documents)
            yield len(documents), document.text
            documents.append(replace(document, text={}))

    stored = text.put(texts())
    bits = gathered([(place, one.pairs) for place, one in enumerate(documents)])
    terms = gathered([(place, one.terms) for place, one in enumerate(documents)])
    return CatalogueIndex(moment, tuple(documents), places, bits, terms, stored)


class _Keeper:
    """Holds the snapshot. Who meets an outdated one renews it; others go on with it meanwhile."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: CatalogueIndex | None = None
        self._text = TextIndex()

    def current(self) -> CatalogueIndex:
        held, moment = self._held, _moment()
        if held is not None and held.moment == moment:
            return held
        if held is not None and not self._lock.acquire(blocking=False):
            return held
        if held is None:
            self._lock.acquire()
        try:
            self._held = self._renewed(_moment())
            return self._held
        finally:
            self._lock.release()

    def _renewed(self, moment: Moment) -> CatalogueIndex:
        held = self._held
        if held is None or held.moment.definitions != moment.definitions or not _goes_on(held.moment):
            return self._made_anew(moment)
        if held.moment == moment:
            return held
        keys = _changed(held.moment, moment) | _touched(held, moment.book)
        return self._made_anew(moment) if len(keys) > _MOST_PATCHED else self._brought_up(held, moment, keys)

    def _made_anew(self, moment: Moment) -> CatalogueIndex:
        self._text = TextIndex()
        return snapshot_of(_rows().filter(listing=Listing.LISTED).iterator(_ROWS_AT_ONCE), moment, self._text)

    def _brought_up(self, held: CatalogueIndex, moment: Moment, keys: set[int]) -> CatalogueIndex:
        """Return the snapshot with some infrastructures read again; a new one takes the next place, none moves."""
        if not keys:
            return replace(held, moment=moment)
        places, documents = dict(held.places), list(held.documents)
        rows = {row.pk: row for row in _rows().filter(pk__in=keys)}
        before: dict[int, Document | None] = {}
        texts: dict[int, dict[str, str] | None] = {}
        for key in sorted(keys):
            row = rows.get(key)
            is_listed = row is not None and row.listing == Listing.LISTED
            if key not in places:
                if not is_listed:
                    continue
                places[key] = len(documents)
                documents.append(None)
            place = places[key]
            document = document_of(row, moment.book) if row is not None and is_listed else None
            before[place], texts[place] = documents[place], document.text if document else None
            documents[place] = replace(document, text={}) if document else None
        return CatalogueIndex(
            moment,
            tuple(documents),
            places,
            patched(held.bits, [(place, _pairs(old), _pairs(documents[place])) for place, old in before.items()]),
            patched(held.terms, [(place, _terms(old), _terms(documents[place])) for place, old in before.items()]),
            self._text.put(texts.items()),
        )


def _moment() -> Moment:
    return Moment(latest_change(), term_book(), timezone.now().date(), str(settings.INFRACOMMONS_DEFINITIONS))


def _goes_on(moment: Moment) -> bool:
    """Return whether the log still has the change that was the latest then; a rolled-back or other log has not."""
    return moment.change is not None and is_in_log(moment.change)


def _changed(before: Moment, now: Moment) -> set[int]:
    if before.change == now.change or before.change is None:
        return set()
    later = Change.objects.filter(id__gt=before.change[0])
    return set(later.order_by().values_list("infrastructure_id", flat=True).distinct())


def _touched(held: CatalogueIndex, book: TermBook) -> set[int]:
    """Return the keys of those that claim a term which curators have changed."""
    if held.book is book:
        return set()
    mask = 0
    for vocabulary in vocabularies():
        for code, places in held.terms.get(vocabulary, {}).items():
            if held.book.current(vocabulary, code) != book.current(vocabulary, code):
                mask |= places
    key_at = {place: key for key, place in held.places.items()}
    return {key_at[place] for place in places_in(mask, range(len(held.documents)))}


def _rows() -> QuerySet[Infrastructure]:
    return Infrastructure.objects.select_related("steward").order_by("pk")


def _pairs(document: Document | None) -> Iterable[tuple[str, str]]:
    return document.pairs if document else ()


def _terms(document: Document | None) -> Iterable[tuple[str, str]]:
    return document.terms if document else ()


_KEEPER = _Keeper()
