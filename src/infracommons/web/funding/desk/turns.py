"""Which items come to a reviewer, in which order: those nobody answered, or those that want a second opinion."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from infracommons.insights.release import Release, Row
from infracommons.insights.review_filters import REVIEW_KINDS, SECOND, ReviewFilters
from infracommons.insights.review_queue import review_counts, review_items, review_queue
from infracommons.web.accounts.models import User
from infracommons.web.funding.desk.standing import done_for_all, held_by_others, second_wanted
from infracommons.web.funding.models import ReviewDecision
from infracommons.web.shared.paged import address

_SKIPPED = "review_skipped"
_MOST_SKIPPED = 200


@dataclass(frozen=True)
class Waiting:
    """One page of what waits, and how much of each kind there is in all."""

    rows: list[Row]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """All that waits."""
        return sum(self.counts.values())


def waiting(request: HttpRequest, release: Release, asked: ReviewFilters, person: User, *, rows: int) -> Waiting:
    """Return the page asked for, of so many rows."""
    skip = (asked.page - 1) * rows
    if asked.turn == SECOND:
        found = _second(release, asked, [*second_wanted(person)], set(skipped(request)))
        return Waiting(found[skip : skip + rows], _by_kind(found))
    done = [*done_for_all(), *held_by_others(person), *skipped(request)]
    return Waiting(review_queue(release, asked, done, rows=rows, skip=skip), review_counts(release, asked, done))


def candidates(request: HttpRequest, release: Release, asked: ReviewFilters, person: User, most: int) -> list[str]:
    """Return the names of the next items, best first."""
    if asked.turn == SECOND:
        found = _second(release, asked, [*second_wanted(person)], set(skipped(request)))
        return [row["item"] for row in found[:most]]
    done = [*done_for_all(), *held_by_others(person), *skipped(request)]
    return [row["item"] for row in review_queue(release, asked, done, rows=most)]


def _second(release: Release, asked: ReviewFilters, firsts: Sequence[ReviewDecision], out: set[str]) -> list[Row]:
    """Return the items of first answers in their order; what this release no longer has as an item has no figures."""
    kept = [
        first
        for first in firsts
        if first.item not in out and asked.kind in ("", first.kind) and asked.infrastructure in ("", first.other_id)
    ]
    known = review_items(release, [first.item for first in kept])
    return [known.get(first.item) or _settled(first) for first in kept]


def _settled(first: ReviewDecision) -> Row:
    return {
        "item": first.item, "kind": first.kind, "subject_id": first.subject_id, "other_id": first.other_id,
        "stake_usd": None, "is_stake_known": False, "doubt": None, "weight": None,
    }  # fmt: skip


def _by_kind(rows: Sequence[Row]) -> dict[str, int]:
    return {kind: sum(row["kind"] == kind for row in rows) for kind in REVIEW_KINDS}


def skipped(request: HttpRequest) -> list[str]:
    """Return the items that the person skipped in this session."""
    return list(request.session.get(_SKIPPED, []))


def skip(request: HttpRequest, item: str) -> None:
    """Leave an item out for the rest of the session; of very many skipped ones the oldest come back."""
    request.session[_SKIPPED] = [*(one for one in skipped(request) if one != item), item][-_MOST_SKIPPED:]


def bring_back(request: HttpRequest) -> None:
    """Let the skipped items come again."""
    request.session.pop(_SKIPPED, None)


def item_address(item: str, asked: ReviewFilters) -> str:
    """Return the address of an item's page, with the filters of the queue that it came from."""
    return address(reverse("review_item", args=item.split("|")), asked)
