"""Pays each project the median of what voters would give it, where enough of them voted on it.

The order of scaling to the pot and dropping small amounts changes who is paid, so it is part of the rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from infracommons.methods.result import Certificate, Check, Result, Step, largest_remainder, refuse

Order = Literal["scale_then_drop", "scale_drop_scale", "drop_then_scale"]
Scaling = Literal["to_pot", "down_only"]
ZeroVotes = Literal["count", "ignore"]


@dataclass(frozen=True)
class MedianVotes:
    """A pot in minor units, projects, and of each voter what they would give to the projects they voted on."""

    pot: int
    projects: tuple[str, ...]
    ballots: Mapping[str, Mapping[str, int]]

    def __post_init__(self) -> None:
        """Raise MethodInputError for unknown projects and negative amounts."""
        if self.pot < 0:
            refuse("pot", self.pot, "is negative")
        known = set(self.projects)
        for voter, votes in self.ballots.items():
            for project, amount in votes.items():
                if project not in known:
                    refuse(f"ballots.{voter}.{project}", amount, "no such project")
                if amount < 0:
                    refuse(f"ballots.{voter}.{project}", amount, "is negative")


@dataclass(frozen=True)
class MedianRules:
    """quorum: voters that a project needs; drop_at_or_below: minor units a project must be above, None for no limit.

    order: when small amounts are dropped; after scale_then_drop their money stays in the pot, after the other two it
    goes to the others. scaling: to_pot always, or down_only where the medians ask for more than there is. zero_votes:
    whether a vote of nothing counts for the quorum and the median.
    """

    quorum: int
    drop_at_or_below: int | None
    order: Order
    scaling: Scaling
    zero_votes: ZeroVotes


def median(values: list[int]) -> Fraction:
    """Return the middle value, of an even number the mean of the two in the middle; 0 of none.

    >>> median([1, 10, 2])
    Fraction(2, 1)
    """
    ordered, half = sorted(values), len(values) // 2
    if not ordered:
        return Fraction(0)
    return Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half], 2)


def allocate(inputs: MedianVotes, parameters: MedianRules) -> Result:
    """Return what each project gets; a project below the quorum gets nothing."""
    votes = _votes(inputs, parameters)
    medians = {one: median(votes[one]) if len(votes[one]) >= parameters.quorum else Fraction(0) for one in votes}
    kept, dropped = medians, set[str]()
    if parameters.order == "drop_then_scale":
        dropped = _small(kept, parameters)
        kept = _without(kept, dropped)
    scaled = _scaled(kept, inputs.pot, parameters)
    if parameters.order != "drop_then_scale":
        dropped = _small(scaled, parameters)
        if parameters.order == "scale_drop_scale":
            scaled = _scaled(_without(medians, dropped), inputs.pot, parameters)
    amounts = largest_remainder(scaled, int(sum(scaled.values())))
    amounts = {one: 0 if one in dropped else part for one, part in amounts.items()}
    left = inputs.pot - sum(amounts.values())
    return Result(
        method="median_quorum",
        parameters=vars(parameters) | {"rounding": "largest remainder, ties by id"},
        amounts=amounts,
        trace=(
            Step("medians of those above the quorum", medians),
            Step("dropped as too small", {one: medians[one] for one in sorted(dropped)}),
            Step("scaled", scaled),
        ),
        certificate=_certificate(inputs, parameters, votes, amounts),
        selected=tuple(one for one in inputs.projects if amounts[one]),
        losers={one: _loss(len(votes[one]), medians[one], parameters) for one in amounts if not amounts[one]},
        details={
            "votes": {one: len(some) for one, some in votes.items()},
            "medians": medians,
            "not_handed_out": left,
        },
    )


def _votes(inputs: MedianVotes, rules: MedianRules) -> dict[str, list[int]]:
    votes: dict[str, list[int]] = {project: [] for project in inputs.projects}
    for ballot in inputs.ballots.values():
        for project, amount in ballot.items():
            if amount or rules.zero_votes == "count":
                votes[project].append(amount)
    return votes


def _small(amounts: Mapping[str, Fraction], rules: MedianRules) -> set[str]:
    limit = rules.drop_at_or_below
    return {one for one, part in amounts.items() if limit is not None and 0 < part <= limit}


def _without(amounts: Mapping[str, Fraction], dropped: set[str]) -> dict[str, Fraction]:
    return {one: Fraction(0) if one in dropped else part for one, part in amounts.items()}


def _scaled(amounts: Mapping[str, Fraction], pot: int, rules: MedianRules) -> dict[str, Fraction]:
    whole = sum(amounts.values(), Fraction(0))
    if not whole or (rules.scaling == "down_only" and whole <= pot):
        return dict(amounts)
    return {one: part * pot / whole for one, part in amounts.items()}


def _loss(votes: int, middle: Fraction, rules: MedianRules) -> dict[str, Any]:
    if votes < rules.quorum:
        lacking = rules.quorum - votes
        return {"why": "below the quorum", "votes": votes, "would_have_sufficed": f"{lacking} more voters"}
    if not middle:
        return {"why": "half of its voters or more gave it nothing", "votes": votes}
    words = "an amount above the limit, before or after scaling as the order says"
    return {"why": "too small", "median": middle, "would_have_sufficed": words}


def _certificate(
    inputs: MedianVotes, rules: MedianRules, votes: Mapping[str, list[int]], amounts: Mapping[str, int]
) -> Certificate:
    left = inputs.pot - sum(amounts.values())
    short = [one for one, part in amounts.items() if part and len(votes[one]) < rules.quorum]
    words = "the whole pot is handed out" if not left else f"{left} minor units stay in the pot"
    return Certificate(
        (
            Check("not_more_than_the_pot", left >= 0, f"{sum(amounts.values())} of {inputs.pot} minor units"),
            Check("pot_handed_out", not left, words, left or None),
            Check("quorum_kept", not short, "nobody below the quorum is paid", short or None),
        )
    )
