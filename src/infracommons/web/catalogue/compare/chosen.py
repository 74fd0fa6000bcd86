"""Finds the infrastructures that an address names, keeps their order, and says what became of the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from infracommons.web.catalogue.compare.asked import MOST, ComparisonAsked, address
from infracommons.web.catalogue.models import FormerSlug, Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

FOUND, BAD, NOT_FOUND = 200, 400, 404
_LOOKED_UP = 100


@dataclass(frozen=True)
class Notice:
    """One thing that a reader should know of what they asked for, and where to go on: (label, address)."""

    text: str
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Chosen:
    """The columns; `asked` names no others. `is_moved` where an id was written in another way or is a former one."""

    columns: tuple[Infrastructure, ...]
    asked: ComparisonAsked
    notices: tuple[Notice, ...] = ()
    status: int = FOUND
    is_moved: bool = False


def choose(asked: ComparisonAsked) -> Chosen:
    """Return the listed infrastructures that are asked for, twelve at the most."""
    once = list(dict.fromkeys(asked.ids))
    rows = _rows(once[:_LOOKED_UP])
    current = _current([one for one in once[:_LOOKED_UP] if one not in rows])
    if current:
        moved = tuple(current.get(one, one) for one in asked.ids)
        return Chosen((), asked.but(ids=moved, add=asked.add), is_moved=True)
    found = [rows[one] for one in once if one in rows and rows[one].listing == Listing.LISTED]
    columns = tuple(found[:MOST])
    kept = asked.but(ids=tuple(one.infrastructure_id for one in columns), add=asked.add)
    lost = [
        _lost(one, rows.get(one), kept) for one in once[:_LOOKED_UP] if one not in {x.infrastructure_id for x in found}
    ]
    beyond = [*(one.infrastructure_id for one in found[MOST:]), *once[_LOOKED_UP:]]
    notices = [*_twice(asked.ids, rows), *lost, *_beyond(beyond, rows, kept)]
    return Chosen(columns, kept, tuple(notices), NOT_FOUND if lost else BAD if beyond else FOUND)


def _rows(ids: list[str]) -> dict[str, Infrastructure]:
    found = Infrastructure.objects.select_related("successor").filter(infrastructure_id__in=ids) if ids else ()
    return {one.infrastructure_id: one for one in found}


def _current(missing: list[str]) -> dict[str, str]:
    """Return the id of today for former ids, and for ids written in capitals."""
    if not missing:
        return {}
    lower = {one: one.lower() for one in missing}
    former = FormerSlug.objects.filter(slug__in=lower.values()).values_list("slug", "infrastructure__infrastructure_id")
    known = dict(former) | {one: one for one in _rows([low for one, low in lower.items() if low != one])}
    return {one: known[low] for one, low in lower.items() if low in known}


def _twice(ids: Iterable[str], rows: Mapping[str, Infrastructure]) -> list[Notice]:
    seen = list(ids)
    names = [rows[one].name if one in rows else one for one in dict.fromkeys(seen) if seen.count(one) > 1]
    return [Notice(f"{name} is named more than once; it is shown once.") for name in names]


def _lost(one: str, row: Infrastructure | None, kept: ComparisonAsked) -> Notice:
    if row is None or row.listing == Listing.DECLINED:
        again = address(kept.but(add=one))
        return Notice(f"Nothing that is listed has the id “{one}”.", ((f"Look for “{one}” among names", again),))
    if row.listing == Listing.SUGGESTED:
        return Notice(
            f"{row.name} is suggested and not listed yet, so there is nothing to compare.",
            ((f"About {row.name}", reverse("profile", args=[one])),),
        )
    reason = f" Reason: {row.listing_reason}" if row.listing_reason else ""
    return Notice(f"{row.name} was withdrawn from the catalogue.{reason}", _successor(row, kept))


def _successor(row: Infrastructure, kept: ComparisonAsked) -> tuple[tuple[str, str], ...]:
    after = row.successor
    if after is None or after.listing != Listing.LISTED or after.infrastructure_id in kept.ids:
        return ()
    return ((f"Add {after.name}, which followed it", address(kept.but(ids=(*kept.ids, after.infrastructure_id)))),)


def _beyond(ids: list[str], rows: Mapping[str, Infrastructure], kept: ComparisonAsked) -> list[Notice]:
    if not ids:
        return []
    named = [rows[one].name if one in rows else one for one in ids[:MOST]]
    more = f" and {len(ids) - MOST:,} more" if len(ids) > MOST else ""
    others = address(kept.but(ids=tuple(ids[:MOST])))
    text = f"A comparison holds {MOST}; the first {MOST} are shown. Left out: {', '.join(named)}{more}."
    return [Notice(text, (("Compare those left out instead", others),))]
