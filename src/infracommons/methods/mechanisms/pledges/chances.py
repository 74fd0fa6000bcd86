"""Works out exactly how likely pledges reach their threshold, what is missing on average, and what bonuses may cost."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from infracommons.methods.mechanisms.pledges.pledge import Pledge, Threshold
from infracommons.methods.result import refuse

MOST_STATES = 200_000  # different sums and numbers of pledges that are followed at the same time
State = tuple[int, int, int, bool]  # money, pledgers, different values before this one, one of this value is there


@dataclass(frozen=True)
class Chances:
    """What may happen. Probabilities and means are exact; money in minor units.

    `shortfall`: the mean of what the money lacks, 0 where nothing lacks. `failures`: by number of pledges at hand, the
    probability that so many are there and the threshold is missed; the bonuses to be paid go by it.
    """

    success: Fraction
    shortfall: Fraction
    failures: Mapping[int, Fraction]

    def reserve(self, bonus: int, certainty: Fraction) -> int:
        """Return the least money that is enough for all bonuses with this certainty."""
        covered = self.success
        if covered >= certainty:
            return 0
        for count in sorted(self.failures):
            covered += self.failures[count]
            if covered >= certainty:
                return count * bonus
        return max(self.failures, default=0) * bonus


def chances(pledges: Sequence[Pledge], threshold: Threshold) -> Chances:
    """Return the chances, pledges being kept or not independently of each other, exactly.

    MethodInputError where the threshold counts different values of more than one group, or where there are more
    different sums than can be followed: round the pledges to whole hundreds then.
    """
    if len(threshold.different) > 1:
        refuse("threshold.different", dict(threshold.different), "chances are exact for one group at most")
    group = next(iter(threshold.different), "")
    states: dict[State, Fraction] = {(0, 0, 0, False): Fraction(1)}
    value: str | None = None
    for one in sorted(pledges, key=lambda pledge: pledge.groups.get(group, "")):
        mine = one.groups.get(group, "")
        if mine != value:
            states, value = _next_value(states), mine
        states = _with(states, one, counts=bool(mine))
    needed = threshold.different.get(group, 0)
    success, shortfall, failures = Fraction(0), Fraction(0), defaultdict[int, Fraction](Fraction)
    for (amount, count, different, _), probability in _next_value(states).items():
        shortfall += probability * max(0, threshold.amount - amount)
        if amount >= threshold.amount and count >= threshold.count and different >= needed:
            success += probability
        else:
            failures[count] += probability
    return Chances(success, shortfall, dict(failures))


def count_distribution(probabilities: Sequence[Fraction]) -> list[Fraction]:
    """Return how likely exactly 0, 1, ..., n of independent events happen (the Poisson binomial distribution).

    Source: Y. H. Wang, On the Number of Successes in Independent Trials, Statistica Sinica 3 (1993).

    >>> count_distribution([Fraction(1, 2), Fraction(1, 2)])
    [Fraction(1, 4), Fraction(1, 2), Fraction(1, 4)]
    """
    found = [Fraction(1)]
    for chance in probabilities:
        after = [part * (1 - chance) for part in [*found, Fraction(0)]]
        for number, part in enumerate(found):
            after[number + 1] += part * chance
        found = after
    return found


def _with(states: Mapping[State, Fraction], one: Pledge, *, counts: bool) -> dict[State, Fraction]:
    after: dict[State, Fraction] = defaultdict(Fraction)
    for (amount, count, different, here), probability in states.items():
        if one.probability < 1:
            after[amount, count, different, here] += probability * (1 - one.probability)
        if one.probability > 0:
            after[amount + one.amount, count + 1, different, here or counts] += probability * one.probability
    if len(after) > MOST_STATES:
        refuse("pledges", len(after), "there are too many different sums to follow exactly; round the pledges")
    return after


def _next_value(states: Mapping[State, Fraction]) -> dict[State, Fraction]:
    after: dict[State, Fraction] = defaultdict(Fraction)
    for (amount, count, different, here), probability in states.items():
        after[amount, count, different + int(here), False] += probability
    return after
