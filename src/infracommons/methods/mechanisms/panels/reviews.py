"""What a panel said: scores of proposals by reviewers, without those who have a conflict of interest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from infracommons.methods.result import refuse

LEAST_REVIEWS = 3  # fewer cannot tell proposals, reviewers and chance apart


@dataclass(frozen=True)
class Review:
    """One score; higher is better."""

    proposal: str
    reviewer: str
    score: float


@dataclass(frozen=True)
class Panel:
    """All reviews. `conflicts`: pairs (reviewer, proposal); `amounts`: what a proposal asks for, in minor units."""

    reviews: tuple[Review, ...]
    conflicts: frozenset[tuple[str, str]] = frozenset()
    amounts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise MethodInputError for scores that are none, two by one reviewer, and too few to rank by."""
        seen: set[tuple[str, str]] = set()
        for number, one in enumerate(self.reviews):
            if not np.isfinite(one.score):
                refuse(f"reviews[{number}].score", one.score, "is not a number")
            if (one.reviewer, one.proposal) in seen:
                refuse(f"reviews[{number}]", f"{one.reviewer} on {one.proposal}", "is a second review of one person")
            seen.add((one.reviewer, one.proposal))
        if not self.reviews:
            refuse("reviews", [], "nobody reviewed anything")
        for name, amount in self.amounts.items():
            if name not in {one.proposal for one in self.reviews}:
                refuse(f"amounts.{name}", amount, "is asked for by a proposal that nobody reviewed")
        if not self.counted:
            refuse("reviews", len(self.reviews), "every reviewer has a conflict of interest: no review counts")
        lost = {one.proposal for one in self.reviews} - set(self.proposals)
        if lost:
            refuse("reviews", sorted(lost), "have reviews only by people with a conflict of interest")
        if len(self.counted) < LEAST_REVIEWS or len(self.proposals) < 2:  # noqa: PLR2004 - two to rank
            refuse("reviews", len(self.counted), "are too few: at least three reviews of at least two proposals")

    @cached_property
    def counted(self) -> tuple[Review, ...]:
        """The reviews without those of people with a conflict."""
        return tuple(one for one in self.reviews if (one.reviewer, one.proposal) not in self.conflicts)

    @cached_property
    def proposals(self) -> tuple[str, ...]:
        """Proposals in the order in which reviews name them."""
        return tuple(dict.fromkeys(one.proposal for one in self.counted))

    @cached_property
    def reviewers(self) -> tuple[str, ...]:
        """Reviewers in the order in which reviews name them."""
        return tuple(dict.fromkeys(one.reviewer for one in self.counted))

    def table(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return scores (proposal by reviewer, 0 where there is none), and 1 where there is one."""
        rows = {name: place for place, name in enumerate(self.proposals)}
        columns = {name: place for place, name in enumerate(self.reviewers)}
        scores = np.zeros((len(rows), len(columns)))
        present = np.zeros_like(scores)
        for one in self.counted:
            scores[rows[one.proposal], columns[one.reviewer]] = one.score
            present[rows[one.proposal], columns[one.reviewer]] = 1
        return scores, present

    def strangers(self) -> list[tuple[str, str]]:
        """Return the conflicts that name a reviewer or a proposal no review names: perhaps a slip of the pen."""
        people, proposals = {one.reviewer for one in self.reviews}, {one.proposal for one in self.reviews}
        return sorted(pair for pair in self.conflicts if pair[0] not in people or pair[1] not in proposals)

    def means(self) -> dict[str, float]:
        """Return the plain mean of each proposal's scores."""
        scores, present = self.table()
        return dict(zip(self.proposals, (scores.sum(1) / present.sum(1)).tolist(), strict=True))

    def leave_one_out(self) -> dict[str, tuple[float, float]]:
        """Return the lowest and highest mean of each proposal when any one of its reviews is left out."""
        found = {}
        for name in self.proposals:
            own = [one.score for one in self.counted if one.proposal == name]
            rest = [(sum(own) - one) / (len(own) - 1) for one in own] if len(own) > 1 else own
            found[name] = (min(rest), max(rest))
        return found

    def parts(self) -> list[set[str]]:
        """Return the sets of proposals that shared reviewers tie together; more than one cannot be compared."""
        groups: list[set[str]] = []
        for reviewer in self.reviewers:
            own = {one.proposal for one in self.counted if one.reviewer == reviewer}
            touching = [group for group in groups if group & own]
            groups = [group for group in groups if not group & own] + [own.union(*touching)]
        return groups
