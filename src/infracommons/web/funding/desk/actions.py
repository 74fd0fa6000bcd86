"""What reviewers do: take an item up, answer it, take an answer back, ask a colleague, settle a disagreement."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from infracommons.insights.review_item import ReviewItem
from infracommons.web.accounts.models import User
from infracommons.web.accounts.permissions import role_of
from infracommons.web.funding.desk.questions import UNSURE, answers_of, title_of
from infracommons.web.funding.desk.standing import standing_of, withdrawable
from infracommons.web.funding.models import OpinionRequest, ReviewDecision, ReviewHold, Step
from infracommons.web.funding.models.review import LONGEST_ITEM, LONGEST_NOTE

HELD_FOR = timedelta(minutes=15)
SECOND_IN = 10  # one item in so many is asked of a second person


class ReviewError(ValueError):
    """Something that cannot be stored; the message says why and what to do."""


@dataclass(frozen=True)
class Seen:
    """What was on the screen when somebody answered."""

    release_id: str
    machine_was_hidden: bool


def take(item: str, *, by: User) -> bool:
    """Hold an item for a person, for a quarter of an hour; False where a colleague has it."""
    now = timezone.now()
    until = now + HELD_FOR
    if ReviewHold.objects.filter(item=item, by=by).update(until=until):
        return True
    if ReviewHold.objects.filter(item=item, until__lte=now).update(by=by, until=until):
        return True
    try:
        with transaction.atomic():
            ReviewHold.objects.create(item=item, by=by, until=until)
    except IntegrityError:
        return False
    return True


def let_go(item: str, *, by: User) -> None:
    """Give an item back."""
    ReviewHold.objects.filter(item=item, by=by).delete()


@transaction.atomic
def answer(item: ReviewItem, value: str, note: str, *, by: User, seen: Seen) -> ReviewDecision:
    """Store a person's answer, in place of one that they gave before.

    Raises ReviewError for an answer that the item does not have, for a note that is too long, and where a colleague
    has the item on the screen.
    """
    if not take(item.name, by=by):
        message = "A colleague has this item on the screen. Nothing was stored; go on with the next one."
        raise ReviewError(message)
    before = ReviewDecision.in_force().filter(item=item.name, by=by, step=Step.ANSWER).first()
    if before:
        withdraw(before, by=by, release_id=seen.release_id)
    stored = _store(item, value, note, Step.ANSWER, by, seen)
    let_go(item.name, by=by)
    return stored


@transaction.atomic
def settle(item: ReviewItem, value: str, note: str, *, by: User, seen: Seen) -> ReviewDecision:
    """Store what counts where people disagree. Raises ReviewError where they do not, and as `answer` does."""
    standing = standing_of(item.name)
    if not standing.is_disputed:
        message = "Nobody disagrees about this item any more. Nothing was stored."
        raise ReviewError(message)
    if value == UNSURE:
        message = "“Cannot tell” settles nothing. Choose one of the other answers."
        raise ReviewError(message)
    return _store(item, value, note, Step.SETTLEMENT, by, seen)


def _store(item: ReviewItem, value: str, note: str, step: Step, by: User, seen: Seen) -> ReviewDecision:
    known = {one.value: one.words for one in answers_of(item)}
    if value not in known:
        message = f"“{value[:60]}” is no answer to this question. Choose one of the answers shown."
        raise ReviewError(message)
    cleaned = " ".join(note.replace("\0", " ").split())
    if len(cleaned) > LONGEST_NOTE:
        message = f"The note has {len(cleaned):,} characters; shorten it to {LONGEST_NOTE:,}. Nothing was stored yet."
        raise ReviewError(message)
    record_id, other_record_id = (*item.record_ids, "", "")[:2]
    return ReviewDecision.objects.create(
        kind=item.kind, item=item.name, subject_id=item.subject_id, other_id=item.other_id, record_id=record_id,
        other_record_id=other_record_id, step=step, value=value, note=cleaned, by=by, role=role_of(by),
        words=known[value][:LONGEST_ITEM], title=title_of(item)[:LONGEST_ITEM],
        release_id=seen.release_id, machine_value=item.machine_value, machine_was_hidden=seen.machine_was_hidden,
        is_second_wanted=step == Step.ANSWER and (value == UNSURE or is_in_share(item.name)),
    )  # fmt: skip


def is_in_share(item: str) -> bool:
    """Return whether the item is among those that two people answer: the same ones whoever answers first."""
    return int(hashlib.sha256(item.encode()).hexdigest(), 16) % SECOND_IN == 0


@transaction.atomic
def withdraw(decision: ReviewDecision, *, by: User, release_id: str) -> ReviewDecision:
    """Take a decision back by a row of its own. Raises ReviewError where somebody did already."""
    try:
        with transaction.atomic():
            return ReviewDecision.objects.create(
                kind=decision.kind, item=decision.item, subject_id=decision.subject_id, other_id=decision.other_id,
                step=Step.WITHDRAWAL, withdraws=decision, by=by, role=role_of(by), release_id=release_id,
                title=decision.title,
            )  # fmt: skip
    except IntegrityError as error:
        message = "This decision was taken back already. Nothing was stored."
        raise ReviewError(message) from error


def undo(*, by: User, release_id: str) -> ReviewDecision:
    """Take back the newest of a person's own decisions and return it. Raises ReviewError where there is none."""
    last = withdrawable(by).first()
    if last is None:
        message = "You have no answer left that could be undone."
        raise ReviewError(message)
    withdraw(last, by=by, release_id=release_id)
    return last


def ask_second(item: str, *, by: User) -> bool:
    """Ask colleagues for a second opinion; False where somebody asked already."""
    _, is_new = OpinionRequest.objects.get_or_create(item=item, defaults={"by": by})
    return is_new


def take_next(candidates: Callable[[int], list[str]], *, by: User) -> str | None:
    """Hold the first free item and return it, None where none is left; `candidates` gives so many, best first.

    Two people who ask at once get two items: who loses the first takes the next.
    """
    for item in candidates(20):
        if take(item, by=by):
            return item
    return None
