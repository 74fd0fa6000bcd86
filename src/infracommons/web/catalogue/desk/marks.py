"""Reads what a curator marked in the form of a proposal: a verdict on each claim, with reasons and overrides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from infracommons.vocabulary.figures import counted
from infracommons.web.catalogue.desk.review import ClaimReview

ACCEPT, REJECT = "accept", "reject"
LONGEST_REASON = 2000


@dataclass(frozen=True)
class Mark:
    """What was marked at one claim; `seen` is the claim that stood when the page was shown, "none" for none."""

    verdict: str = ""
    reason: str = ""
    is_over: bool = False
    seen: str = "none"


@dataclass(frozen=True)
class MarkProblem:
    """What is missing at one claim, and the part of the form where it is missing."""

    field: str
    part: str
    message: str


@dataclass(frozen=True)
class Summary:
    """In numbers, what a decision will do."""

    publishes: int
    repeats: int
    rejects: int
    tells: int
    adds: str  # name of the infrastructure that it adds

    @property
    def sentence(self) -> str:
        """The numbers in words."""
        parts = [f"publishes {counted(self.publishes, 'claim')}", f"rejects {self.rejects:,}"]
        if self.repeats:
            parts.append(f"leaves {self.repeats:,} as they stand, because they say nothing new")
        if self.adds:
            parts.insert(0, f"adds {self.adds} to the catalogue")
        tells = counted(self.tells, "person", "people")
        return f"This {', '.join(parts)}, and notifies {tells}."


def marks_in(posted: QueryDict, reviews: Sequence[ClaimReview], *, accept_all: bool = False) -> dict[str, Mark]:
    """Return what the form says of each claim; with `accept_all`, acceptance wherever nothing is marked."""
    return {review.claim.field: _mark(posted, review, accept_all=accept_all) for review in reviews}


def _mark(posted: QueryDict, review: ClaimReview, *, accept_all: bool) -> Mark:
    code = review.claim.field
    verdict = posted.get(f"verdict-{code}", "")
    if verdict not in {ACCEPT, REJECT}:
        verdict = ACCEPT if accept_all else ""
    return Mark(
        verdict=verdict,
        reason=posted.get(f"reason-{code}", "").strip(),
        is_over=posted.get(f"over-{code}") == "1",
        seen=posted.get(f"seen-{code}", "none"),
    )


def problems_in(marks: Mapping[str, Mark], reviews: Sequence[ClaimReview], *, name_is_taken: bool) -> list[MarkProblem]:
    """Return everything that keeps these marks from being carried out, in the order of the page."""
    found = []
    for review in reviews:
        mark = marks[review.claim.field]
        if problem := _problem(mark, review, name_is_taken=name_is_taken):
            found.append(MarkProblem(review.claim.field, *problem))
    return found


def _problem(mark: Mark, review: ClaimReview, *, name_is_taken: bool) -> tuple[str, str] | None:
    label = review.label
    if not mark.verdict:
        return "verdict", f"{label}: accept or reject it."
    if len(mark.reason) > LONGEST_REASON:
        return "reason", f"{label}: the reason has {len(mark.reason):,} characters; {LONGEST_REASON:,} are allowed."
    if mark.verdict == ACCEPT:
        return _collision(mark, review, name_is_taken=name_is_taken)
    return None if mark.reason else ("reason", f"{label}: give a reason, which the proposer reads.")


def _collision(mark: Mark, review: ClaimReview, *, name_is_taken: bool) -> tuple[str, str] | None:
    label = review.label
    if mark.seen != review.seen:
        return "verdict", f"{label} was changed while you decided. Look at what stands now."
    if review.is_overtaken and not mark.is_over:
        return "over", f"{label}: a newer value stands. Say that the proposed one takes its place, or reject it."
    if review.claim.field == "name" and name_is_taken and not mark.is_over:
        return "over", f"{label}: an infrastructure of this name is there. Say that this is another, or reject it."
    return None


def summary_of(marks: Mapping[str, Mark], reviews: Sequence[ClaimReview], *, adds: str, tells: int) -> Summary:
    """Return what carrying out these marks does."""
    accepted = [review for review in reviews if marks[review.claim.field].verdict == ACCEPT]
    repeats = sum(review.says_nothing_new for review in accepted)
    return Summary(
        publishes=len(accepted) - repeats,
        repeats=repeats,
        rejects=len(reviews) - len(accepted),
        tells=tells,
        adds=adds if accepted else "",
    )
