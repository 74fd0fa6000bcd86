"""Reports what members could save by merging or by splitting under a tariff: how well it stands against gaming."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

from infracommons.methods.mechanisms.fees.cost_shares import CostShare, CostShareParameters, share_cost
from infracommons.methods.mechanisms.fees.members import Member
from infracommons.methods.result import Certificate, Check, MethodInputError, Result

MOST_MEMBERS = 40
MOST_PAIRS = 200  # of which each is a calculation of its own


@dataclass(frozen=True)
class Gain:
    """Members that act together, what they pay as they are and as they would be, in minor units."""

    members: tuple[str, ...]
    act: str
    now: int
    then: int

    @property
    def saving(self) -> int:
        """Return what they save; negative where they would lose."""
        return self.now - self.then


def merge_and_split(inputs: CostShare, parameters: CostShareParameters) -> tuple[tuple[Gain, ...], Check]:
    """Return every merger of two alike in income group and discounts, every split in two halves, and the check.

    A gain of one minor unit is rounding and does not count. Over 200 pairs, only pairs of neighbours in size.
    """
    amounts = share_cost(inputs, parameters).amounts
    gains = []
    for one, other in _mergers(inputs.members):
        rest = tuple(member for member in inputs.members if member.id not in {one.id, other.id})
        then = _paid(replace(inputs, members=(*rest, _merged(one, other))), parameters, (one.id,))
        if then is not None:
            gains.append(Gain((one.id, other.id), "merge", amounts[one.id] + amounts[other.id], then))
    for one in inputs.members:
        rest = tuple(member for member in inputs.members if member is not one)
        first, second = _half(one, one.id, up=True), _half(one, f"{one.id} (second half)", up=False)
        then = _paid(replace(inputs, members=(*rest, first, second)), parameters, (first.id, second.id))
        if then is not None:
            gains.append(Gain((one.id,), "split", amounts[one.id], then))
    best = max(gains, key=lambda gain: gain.saving, default=None)
    clear = best is None or best.saving <= 2  # two fees, each rounded  # noqa: PLR2004
    witness = None if clear or best is None else {"members": best.members, "act": best.act, "saving": best.saving}
    words = "nobody saves by merging with another or by splitting in halves"
    return tuple(gains), Check("merging_and_splitting", clear, words, witness)


def share_cost_and_report(inputs: CostShare, parameters: CostShareParameters) -> Result:
    """Return the shares of a cost with the test of merging and splitting in the certificate, up to 40 members."""
    result = share_cost(inputs, parameters)
    words = f"merging and splitting are tried up to {MOST_MEMBERS} members"
    check = Check("merging_and_splitting", None, words)
    if len(inputs.members) <= MOST_MEMBERS:
        _, check = merge_and_split(inputs, parameters)
    return replace(result, certificate=Certificate((*result.certificate.checks, check)))


def _paid(inputs: CostShare, parameters: CostShareParameters, names: tuple[str, ...]) -> int | None:
    try:
        amounts = share_cost(inputs, parameters).amounts
    except MethodInputError:  # the caps leave no room for the target any more, so nobody could do it
        return None
    return sum(amounts[name] for name in names)


def _mergers(members: tuple[Member, ...]) -> list[tuple[Member, Member]]:
    order = sorted(members, key=lambda one: (one.size, one.id))
    found = [pair for pair in combinations(order, 2) if _kind(pair[0]) == _kind(pair[1])]
    if len(found) > MOST_PAIRS:
        found = [pair for pair in pairwise(order) if _kind(pair[0]) == _kind(pair[1])]
    return found[:MOST_PAIRS]


def _kind(one: Member) -> object:
    return (
        one.income_group,
        one.discounts,
        one.floor is None,
        one.cap is None,
        one.last_fee is None,
        tuple(one.measures),
    )


def _merged(one: Member, other: Member) -> Member:
    measures = {name: value + other.measures[name] for name, value in one.measures.items()}
    sums: dict[str, Any] = {}
    for name in ("floor", "cap", "last_fee"):
        mine, theirs = getattr(one, name), getattr(other, name)
        sums[name] = None if mine is None or theirs is None else mine + theirs
    return replace(one, size=one.size + other.size, measures=measures, **sums)


def _half(one: Member, name: str, *, up: bool) -> Member:
    def cut(amount: int | None) -> int | None:
        return None if amount is None else (amount + int(up)) // 2

    measures = {key: value / 2 for key, value in one.measures.items()}
    return replace(
        one,
        id=name,
        size=one.size * Fraction(1, 2),
        measures=measures,
        floor=cut(one.floor),
        cap=cut(one.cap),
        last_fee=cut(one.last_fee),
    )
