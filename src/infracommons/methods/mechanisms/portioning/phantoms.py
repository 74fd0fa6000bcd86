"""Divides a pot by votes on its division so that nobody gains by voting other than they think: moving phantoms.

To the n votes on a project come n + 1 made-up ones (phantoms) that all move up together; each project gets the median
of votes and phantoms, at the moment when the medians add up to the whole. Source: R. Freeman, D. M. Pennock, D. Peters,
J. Wortman Vaughan, Truthful Aggregation of Budget Proposals, Journal of Economic Theory 193 (2021).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

import numpy as np

from infracommons.methods.result import Certificate, Check, Result, Step, largest_remainder, refuse

Family = Literal["independent_markets", "utilitarian"]
Division = Mapping[str, Fraction]


@dataclass(frozen=True)
class DivisionVotes:
    """A pot in minor units, projects, and of each voter how they would divide it: parts of any sum, one positive."""

    pot: int
    projects: tuple[str, ...]
    ballots: Mapping[str, Division]

    def __post_init__(self) -> None:
        """Raise MethodInputError for unknown projects, negative parts, ballots and votes that say nothing."""
        if self.pot < 0:
            refuse("pot", self.pot, "is negative")
        if not self.ballots:
            refuse("ballots", {}, "nobody voted, so there is nothing to divide by")
        known = set(self.projects)
        for voter, parts in self.ballots.items():
            for project, part in parts.items():
                if project not in known:
                    refuse(f"ballots.{voter}.{project}", part, "no such project")
                if part < 0:
                    refuse(f"ballots.{voter}.{project}", part, "is negative")
            if not any(parts.values()):
                refuse(f"ballots.{voter}", dict(parts), "sums to zero")

    def divisions(self) -> dict[str, dict[str, Fraction]]:
        """Return each ballot as parts of 1, for every project."""
        return {
            voter: {one: Fraction(parts.get(one, 0)) / sum(parts.values()) for one in self.projects}
            for voter, parts in self.ballots.items()
        }


@dataclass(frozen=True)
class PhantomRules:
    """independent_markets: in proportion to single-minded voters; utilitarian: least total distance to the votes."""

    family: Family


def allocate(inputs: DivisionVotes, parameters: PhantomRules) -> Result:
    """Return what each project gets of the pot, all of which is handed out."""
    divisions = inputs.divisions()
    moment, shares = divided(inputs.projects, list(divisions.values()), parameters.family)
    amounts = largest_remainder(shares, inputs.pot)
    means = {one: sum((own[one] for own in divisions.values()), Fraction(0)) / len(divisions) for one in shares}
    distances = {voter: distance(own, shares) for voter, own in divisions.items()}
    return Result(
        method="moving_phantoms",
        parameters={"family": parameters.family, "rounding": "largest remainder, ties by id"},
        amounts=amounts,
        trace=(Step("the phantoms stop where the medians add up to the whole", {"moment": moment}),),
        certificate=_certificate(inputs, shares, amounts),
        selected=tuple(one for one in amounts if amounts[one]),
        losers={
            one: {"why": "the median of votes and phantoms is zero", "mean_vote": means[one]}
            for one in amounts
            if not amounts[one]
        },
        details={"shares": shares, "mean_votes": means, "distance_of_voters": distances},
    )


def divided(
    projects: Sequence[str], divisions: Sequence[Division], family: Family
) -> tuple[Fraction, dict[str, Fraction]]:
    """Return the moment (0 to 1) at which the phantoms stop, and the exact shares then, which add up to 1."""
    number = len(divisions)
    falling = {one: sorted((own[one] for own in divisions), reverse=True) for one in projects}
    bends = {Fraction(0), Fraction(1)}
    for place in range(number + 1):
        when = _when(family, place, number)
        for votes in falling.values():
            for near in (number - place - 1, number - place):  # the votes between which this phantom is the median
                if 0 <= near < number and (bend := when(votes[near])) is not None:
                    bends.add(bend)
        bends |= _kinks(family, place, number)
    moments = sorted(bend for bend in bends if 0 <= bend <= 1)

    def medians(moment: Fraction) -> dict[str, Fraction]:
        phantoms = [_phantom(family, place, number, moment) for place in range(number + 1)]
        return {one: _median(phantoms, votes) for one, votes in falling.items()}

    first, after = 0, len(moments) - 1
    while first < after:  # the first bend at which the medians make the whole
        middle = (first + after) // 2
        if sum(medians(moments[middle]).values()) >= 1:
            after = middle
        else:
            first = middle + 1
    right = moments[first]
    end = sum(medians(right).values())
    if end == 1 or first == 0:
        return right, medians(right)
    left = moments[first - 1]
    start = sum(medians(left).values())
    moment = left + (1 - start) * (right - left) / (end - start)
    return moment, medians(moment)


def distance(one: Division, other: Division) -> Fraction:
    """Return the sum of differences, project by project: what a voter is taken to dislike."""
    return sum((abs(one[name] - other[name]) for name in one), Fraction(0))


def misreport_search(
    inputs: DivisionVotes, parameters: PhantomRules, seed: int, tries: int
) -> tuple[str, Division] | None:
    """Return a voter and an untrue ballot that brings the shares nearer to what they think, or None if none is found.

    Ballots are drawn at random, small whole numbers and uniform divisions in turn; deterministic by seed.
    """
    draws = np.random.Generator(np.random.PCG64(seed))
    truth, names = inputs.divisions(), list(inputs.projects)
    _, honest = divided(names, list(truth.values()), parameters.family)
    for turn in range(tries):
        voter = list(truth)[turn % len(truth)]
        parts = draws.integers(0, 1 + 3 * (turn % 40), len(names)) + (0 if turn % 2 else draws.integers(0, 2))
        if not parts.sum():
            continue
        untrue = {name: Fraction(int(part), int(parts.sum())) for name, part in zip(names, parts, strict=True)}
        _, found = divided(names, list((truth | {voter: untrue}).values()), parameters.family)
        if distance(truth[voter], found) < distance(truth[voter], honest):
            return voter, untrue
    return None


def _phantom(family: Family, place: int, number: int, moment: Fraction) -> Fraction:
    """Return where a phantom is at a moment; place 0 moves first or furthest."""
    if family == "independent_markets":
        return min(moment * (number - place), Fraction(1))
    return min(max(moment * (number + 1) - place, Fraction(0)), Fraction(1))


def _when(family: Family, place: int, number: int) -> Callable[[Fraction], Fraction | None]:
    """Return the function that says when a phantom comes to a height."""
    if family == "independent_markets":
        return lambda height: height / (number - place) if number > place else None
    return lambda height: (height + place) / (number + 1)


def _kinks(family: Family, place: int, number: int) -> set[Fraction]:
    """Return when a phantom starts or stops moving."""
    if family == "independent_markets":
        return {Fraction(1, number - place)} if number > place else set()
    return {Fraction(place, number + 1), Fraction(place + 1, number + 1)}


def _median(phantoms: Sequence[Fraction], votes: Sequence[Fraction]) -> Fraction:
    """Return the median of n + 1 phantoms and n votes, both falling, without sorting them together."""
    number = len(votes)
    mixed = (min(phantoms[place], votes[number - place - 1]) for place in range(number))
    return max((*mixed, phantoms[number]))


def _certificate(inputs: DivisionVotes, shares: Division, amounts: Mapping[str, int]) -> Certificate:
    left = inputs.pot - sum(amounts.values())
    divisions = list(inputs.divisions().values())
    same = all(one == other for one, other in pairwise(divisions))
    unanimous = not same or all(shares[name] == divisions[0][name] for name in shares)
    truthful = "proved for every moving-phantom rule where voters dislike the sum of differences; see misreport_search"
    return Certificate(
        (
            Check("pot_handed_out", not left, "the whole pot is handed out", left or None),
            Check("unanimity", unanimous, "where all voters agree, that is the division"),
            Check("truth_pays", True, truthful),  # noqa: FBT003 - holds
        )
    )
