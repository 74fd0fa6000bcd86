"""What the stored decisions say: who answered what, which items are done for whom, and where people disagree."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from infracommons.insights.review_filters import REVIEW_KINDS
from infracommons.methods.agreement import Agreement, agreement
from infracommons.web.accounts.models import User
from infracommons.web.funding.desk.questions import UNSURE
from infracommons.web.funding.models import OpinionRequest, ReviewDecision, ReviewHold, Step


@dataclass(frozen=True)
class Standing:
    """What people say of one item now: their answers, oldest first, and the settlement where there is one."""

    answers: tuple[ReviewDecision, ...]
    settlement: ReviewDecision | None

    @property
    def decision(self) -> ReviewDecision | None:
        """What counts: the settlement, else the first answer where all agree; nothing where nobody can tell."""
        if self.settlement:
            return self.settlement
        told = [answer for answer in self.answers if answer.value != UNSURE]
        return told[0] if told and not self.is_disputed else None

    @property
    def is_disputed(self) -> bool:
        """Whether people gave different answers and nobody settled it; who cannot tell contradicts nobody."""
        told = {answer.value for answer in self.answers if answer.value != UNSURE}
        return self.settlement is None and len(told) > 1

    def of(self, person: User) -> ReviewDecision | None:
        """Return this person's answer."""
        return next((answer for answer in self.answers if answer.by_id == person.pk), None)


def standing_of(item: str) -> Standing:
    """Return what people say of one item now."""
    return _standing(ReviewDecision.in_force().filter(item=item).select_related("by"))


def standings() -> Iterator[tuple[str, Standing]]:
    """Yield each item that has an answer or settlement in force, in the order of their names, with its standing."""
    rows: list[ReviewDecision] = []
    for row in ReviewDecision.in_force().order_by("item", "id").iterator():
        if rows and rows[0].item != row.item:
            yield rows[0].item, _standing(rows)
            rows = []
        rows.append(row)
    if rows:
        yield rows[0].item, _standing(rows)


def _standing(rows: Iterable[ReviewDecision]) -> Standing:
    found = list(rows)
    settled = [row for row in found if row.step == Step.SETTLEMENT]
    return Standing(tuple(row for row in found if row.step == Step.ANSWER), settled[-1] if settled else None)


def done_for_all() -> tuple[str, ...]:
    """Return the items that somebody answered."""
    last = ReviewDecision.objects.order_by("id").values_list("pk", "at").last()
    return _done_until(last) if last else ()


@lru_cache(maxsize=2)
def _done_until(_last: tuple[int, datetime]) -> tuple[str, ...]:
    """Return the items answered when this row was the last: rows are only added, so that it stands for all of them."""
    return tuple(ReviewDecision.in_force().order_by().values_list("item", flat=True).distinct())


def held_by_others(person: User) -> list[str]:
    """Return the items that colleagues have on their screens."""
    held = ReviewHold.objects.filter(until__gt=timezone.now()).exclude(by=person)
    return list(held.values_list("item", flat=True))


def second_wanted(person: User) -> QuerySet[ReviewDecision]:
    """Return the first answers on which a second opinion of this person is wanted, the oldest first.

    Wanted is one on a share of items, where the first could not tell, and where a colleague asks.
    """
    others = ReviewDecision.in_force().filter(item=OuterRef("item")).exclude(pk=OuterRef("pk"))
    asked = OpinionRequest.objects.filter(item=OuterRef("item"))
    held = ReviewHold.objects.filter(item=OuterRef("item"), until__gt=timezone.now()).exclude(by=person)
    alone = ReviewDecision.in_force().filter(step=Step.ANSWER).exclude(by=person)
    wanted = alone.filter(Q(is_second_wanted=True) | Exists(asked))
    return wanted.exclude(Exists(others)).exclude(Exists(held)).order_by("id")


def done_today(person: User | None = None) -> int:
    """Return how many answers in force were given today (UTC), by one person or by all."""
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    today = ReviewDecision.in_force().filter(at__gte=midnight, step=Step.ANSWER)
    return (today.filter(by=person) if person else today).count()


def _answered_twice() -> Iterator[tuple[str, Standing]]:
    many = (
        ReviewDecision.in_force().filter(step=Step.ANSWER).order_by().values("item")
        .annotate(people=Count("by", distinct=True)).filter(people__gt=1).values("item")
    )  # fmt: skip
    rows: defaultdict[str, list[ReviewDecision]] = defaultdict(list)
    for row in ReviewDecision.in_force().filter(item__in=many).order_by("item", "id"):
        rows[row.item].append(row)
    for item, found in rows.items():
        yield item, _standing(found)


@dataclass(frozen=True)
class Agreements:
    """Agreement by kind, over the first two answers of each item, and the items on which people disagree."""

    by_kind: dict[str, Agreement]
    disputed: list[Standing]


def agreements() -> Agreements:
    """Return how far reviewers agree."""
    pairs: dict[str, list[tuple[str, str]]] = {kind: [] for kind in REVIEW_KINDS}
    disputed = []
    for _, standing in _answered_twice():
        first, second = standing.answers[:2]
        pairs[first.kind].append((first.value, second.value))
        if standing.is_disputed:
            disputed.append(standing)
    return Agreements({kind: agreement(answers) for kind, answers in pairs.items()}, disputed)


def waiting_for_settlement() -> int:
    """Return how many items people disagree on."""
    return len(agreements().disputed)


def withdrawable(person: User) -> QuerySet[ReviewDecision]:
    """Return this person's answers and settlements in force, the newest first."""
    return ReviewDecision.in_force().filter(by=person).order_by(F("id").desc())
