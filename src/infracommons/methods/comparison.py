"""Sets results of several mechanisms on one input side by side: equity, concentration, satisfaction, regret, work.

Everything is exact. Amounts are of one currency and one sign: who gets, or who pays. Definitions:

- equity: Gini coefficient of the amounts over all who could get or pay under any of the rules, zeros included;
- concentration: Herfindahl index of the same amounts;
- satisfaction of a person: the money that goes to what they support, as a part of the largest sum that any of the rules
  hands out; weights of support are scaled so that what they support most counts whole;
- regret of a person: their satisfaction under the rule that is best for them, less that under this rule;
- a person counts by their weight in means: a voter of weight 2 as two voters; extremes are of persons as they are;
- regret of a recipient: the amount under the rule that is best for them, less that under this rule;
- administrative cost: how many amounts there are to work out and tell, and how many transfers of money.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from infracommons.methods.health.concentration import gini, herfindahl
from infracommons.methods.result import Result, refuse

Support = Mapping[str, Mapping[str, Fraction]]  # person: what they support, with weights
_ENOUGH_TO_COMPARE = 2
_ALIKE: Mapping[str, Fraction] = {}


@dataclass(frozen=True)
class Compared:
    """One rule beside the others. None: cannot be told, as there is no money, or nobody says what they support."""

    label: str
    method: str
    total: int
    winners: int
    gini: Fraction | None
    herfindahl: Fraction | None
    satisfaction_mean: Fraction | None
    satisfaction_least: Fraction | None
    left_out: int | None  # persons who support nothing that gets money
    left_out_part: Fraction | None  # their part of all weight
    regret_mean: Fraction | None
    regret_most: Fraction | None
    recipient_regret_mean: Fraction
    recipient_regret_most: int
    amounts: int
    transfers: int
    failing: tuple[str, ...]  # properties that its certificate says do not hold


def compare(
    results: Mapping[str, Result],
    support: Support,
    recipients: Collection[str] = (),
    weights: Mapping[str, Fraction] = _ALIKE,
) -> tuple[Compared, ...]:
    """Return each result, by its label, measured beside the others.

    `recipients` are all who could get money; those that a result names are added. `weights` says how much a person
    counts, 1 where it does not. MethodInputError for fewer than two.
    """
    if len(results) < _ENOUGH_TO_COMPARE:
        refuse("runs", list(results), "at least two are needed to compare")
    all_recipients = sorted({*recipients, *(name for one in results.values() for name in (*one.amounts, *one.losers))})
    best = {name: max(one.amounts.get(name, 0) for one in results.values()) for name in all_recipients}
    satisfied = {label: _satisfaction(one, support, _largest(results)) for label, one in results.items()}
    most = {person: max(found[person] for found in satisfied.values()) for person in support}
    counts = {person: weights.get(person, Fraction(1)) for person in support}
    return tuple(_compared(label, one, best, satisfied[label], most, counts) for label, one in results.items())


def _largest(results: Mapping[str, Result]) -> int:
    return max(one.total for one in results.values())


def _satisfaction(one: Result, support: Support, largest: int) -> dict[str, Fraction]:
    return {person: _of_person(one, weights, largest) for person, weights in support.items()}


def _of_person(one: Result, weights: Mapping[str, Fraction], largest: int) -> Fraction:
    heaviest = max(weights.values(), default=Fraction(0))
    if not heaviest or not largest:
        return Fraction(0)
    got = sum((one.amounts.get(name, 0) * weight for name, weight in weights.items()), Fraction(0))
    return got / heaviest / largest


def _compared(
    label: str,
    one: Result,
    best: Mapping[str, int],
    satisfied: Mapping[str, Fraction],
    most: Mapping[str, Fraction],
    counts: Mapping[str, Fraction],
) -> Compared:
    amounts = [one.amounts.get(name, 0) for name in best]
    spread = amounts if all(amount >= 0 for amount in amounts) else []
    regrets = {person: most[person] - own for person, own in satisfied.items()}
    lost = [best[name] - one.amounts.get(name, 0) for name in best]
    paid = sum(1 for amount in amounts if amount)
    return Compared(
        label=label,
        method=one.method,
        total=one.total,
        winners=paid,
        gini=gini(spread),
        herfindahl=herfindahl(spread),
        satisfaction_mean=_mean(satisfied, counts),
        satisfaction_least=min(satisfied.values(), default=None),
        left_out=sum(1 for own in satisfied.values() if not own) if satisfied else None,
        left_out_part=_mean({person: Fraction(not own) for person, own in satisfied.items()}, counts),
        regret_mean=_mean(regrets, counts),
        regret_most=max(regrets.values(), default=None),
        recipient_regret_mean=Fraction(sum(lost), len(lost)) if lost else Fraction(0),
        recipient_regret_most=max(lost, default=0),
        amounts=len(one.amounts),
        transfers=paid,
        failing=tuple(check.name for check in one.certificate.failing),
    )


def _mean(values: Mapping[str, Fraction], counts: Mapping[str, Fraction]) -> Fraction | None:
    """Return the mean by weight; None where nobody has any."""
    whole = sum(counts.values(), Fraction(0))
    return sum((value * counts[person] for person, value in values.items()), Fraction(0)) / whole if whole else None
