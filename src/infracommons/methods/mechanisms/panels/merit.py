"""Finds the fairest chances when quality is known as intervals: the most true winners in the worst case (MERIT).

v is the least expected number of true best k among those drawn, over all orders that the intervals allow; chances are
chosen so that v is greatest. Source: A. Goldberg, G. Fanti, N. B. Shah, A Principled Approach to Randomized Selection
under Uncertainty, arXiv 2506.19083, 2025. Solved by cutting planes on HiGHS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog

from infracommons.methods.mechanisms.panels import draw
from infracommons.methods.mechanisms.panels.draw import DrawRules
from infracommons.methods.result import Certificate, Check, Result, Step, refuse

Interval = tuple[float, float]
EXACT = 1e-9  # a cut is made for what is violated by more
GRID = 10**9
SMALL = 2000  # largest denominator that is tried before the grid


@dataclass(frozen=True)
class Intervals:
    """Lower and upper bound of each proposal's quality; `amounts` asked for, in minor units."""

    intervals: Mapping[str, Interval]
    amounts: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raise MethodInputError for no intervals and bounds that are none."""
        if not self.intervals:
            refuse("intervals", {}, "there are no proposals")
        for name, amount in self.amounts.items():
            if name not in self.intervals:
                refuse(f"amounts.{name}", amount, "has no interval")
        for name, (low, high) in self.intervals.items():
            if not (np.isfinite(low) and np.isfinite(high)) or low > high:
                refuse(f"intervals.{name}", (low, high), "must be two numbers, the lower first")


@dataclass(frozen=True)
class MeritRules:
    """fundable: how many can be paid (k)."""

    fundable: int
    draw: DrawRules


def allocate(inputs: Intervals, parameters: MeritRules) -> Result:
    """Return who is drawn, with the chances that make the worst case best."""
    if not 0 <= parameters.fundable <= len(inputs.intervals):
        refuse("fundable", parameters.fundable, f"must be from 0 to {len(inputs.intervals)}")
    chance = merit(inputs.intervals, parameters.fundable)
    worst, worst_case = worst_value(inputs.intervals, chance, parameters.fundable)
    winners = draw.drawn(chance, parameters.draw.seed)
    return Result(
        method="merit_lottery",
        parameters={"fundable": parameters.fundable, "solver": "HiGHS"} | draw.recorded(parameters.draw),
        amounts={name: amount if name in winners else 0 for name, amount in inputs.amounts.items()},
        trace=(
            Step("chances", chance),
            Step("worst case", {"value": worst, "true_best_would_be": list(worst_case)}),
            Step("drawn", {"winners": list(winners)}),
        ),
        certificate=Certificate(
            (_after_the_fact(inputs.intervals, chance), *draw.checks(chance, winners, parameters.draw))
        ),
        selected=tuple(name for name in inputs.intervals if name in winners),
        losers={name: draw.lost(one) for name, one in chance.items() if name not in winners},
        details={"chances": chance, "value": worst, "replay": draw.replay_script(chance, parameters.draw.seed)},
    )


def merit(intervals: Mapping[str, Interval], fundable: int) -> dict[str, Fraction]:
    """Return the chances: equal for equal intervals, and 0 for who is surely worse than somebody with less than 1."""
    names = sorted(intervals, key=lambda name: (-intervals[name][0], -intervals[name][1], name))
    bounds = [intervals[name] for name in names]
    if fundable in {0, len(names)}:
        return dict.fromkeys(intervals, Fraction(int(fundable > 0)))
    solved = _solved(bounds, fundable)
    fair = _evened(bounds, _shifted(bounds, _ordered(bounds, _evened(bounds, solved))))
    exact = _exact(fair, fundable)
    return {name: exact[names.index(name)] for name in intervals}


def worst_value(
    intervals: Mapping[str, Interval], chance: Mapping[str, Fraction], fundable: int
) -> tuple[Fraction, tuple[str, ...]]:
    """Return v of these chances, exactly, and the true best k in the worst case."""
    names = sorted(intervals, key=lambda name: (-intervals[name][0], -intervals[name][1], name))
    cases = _cases([intervals[name] for name in names], [chance[name] for name in names], fundable)
    value, case = min((sum((chance[names[at]] for at in one), Fraction(0)), one) for one in cases)
    return value, tuple(names[at] for at in case)


def _cases(bounds: Sequence[Interval], chance: Sequence[Fraction | float], fundable: int) -> list[tuple[int, ...]]:
    """Return, for each first one left out of the true best, the possible best k with the least chance.

    `bounds` fall by lower bound. If the first `at` are in and the next is not, the others in the best k are those whose
    upper bound comes up to its lower bound.
    """
    found = [tuple(range(fundable))]
    for at in range(fundable):
        able = [one for one in range(at + 1, len(bounds)) if bounds[one][1] >= bounds[at][0]]
        if len(able) >= fundable - at:
            able.sort(key=lambda one: (chance[one], one))
            found.append((*range(at), *sorted(able[: fundable - at])))
    return found


def _solved(bounds: Sequence[Interval], fundable: int) -> list[float]:
    number = len(bounds)
    rows: list[list[float]] = []
    known: set[tuple[int, ...]] = set()
    chance = [fundable / number] * number
    value = float(fundable)
    while True:
        fresh = [
            case
            for case in _cases(bounds, chance, fundable)
            if case not in known and sum(chance[at] for at in case) < value - EXACT
        ]
        if not fresh:
            return chance
        known.update(fresh)
        rows += [[-float(at in case) for at in range(number)] + [1.0] for case in fresh]
        solution = linprog(
            [0.0] * number + [-1.0],
            A_ub=np.array(rows),
            b_ub=np.zeros(len(rows)),
            A_eq=np.array([[1.0] * number + [0.0]]),
            b_eq=[fundable],
            bounds=[(0, 1)] * number + [(0, fundable)],
            method="highs",
        )
        chance, value = [float(one) for one in solution.x[:number]], float(solution.x[number])


def _evened(bounds: Sequence[Interval], chance: Sequence[float]) -> list[float]:
    """Return chances with equal ones for equal intervals: the problem does not tell them apart."""
    return [
        sum(one for one, other in zip(chance, bounds, strict=True) if other == own) / bounds.count(own)
        for own in bounds
    ]


def _ordered(bounds: Sequence[Interval], chance: Sequence[float]) -> list[float]:
    """Return chances exchanged so that no interval with both bounds higher has the lower chance; v does not fall."""
    found, changed = list(chance), True
    while changed:
        changed = False
        for one, (low, high) in enumerate(bounds):
            for other in range(one + 1, len(bounds)):
                if high >= bounds[other][1] and low >= bounds[other][0] and found[one] < found[other] - EXACT:
                    found[one], found[other], changed = found[other], found[one], True
    return found


def _shifted(bounds: Sequence[Interval], chance: Sequence[float]) -> list[float]:
    """Return chances moved from beaten to beating intervals: a best k that has the beaten one has the other too."""
    found = list(chance)
    for one, (low, _) in enumerate(bounds):
        for other in sorted(range(len(bounds)), key=lambda at: bounds[at][1]):
            if bounds[other][1] < low:
                moved = min(1 - found[one], found[other])
                found[one] += moved
                found[other] -= moved
    return found


def _exact(chance: Sequence[float], fundable: int) -> list[Fraction]:
    """Return fractions that add up to k: simple ones where they do, else whole parts of a thousand millionth."""
    simple = [Fraction(min(max(one, 0.0), 1.0)).limit_denominator(SMALL) for one in chance]
    near = all(abs(float(one) - other) < EXACT * 10 for one, other in zip(simple, chance, strict=True))
    if near and sum(simple) == fundable:
        return simple
    parts = [min(max(int(one * GRID), 0), GRID) for one in chance]
    missing = fundable * GRID - sum(parts)
    for at in sorted(range(len(parts)), key=lambda one: (parts[one] - chance[one] * GRID, one)):
        step = min(GRID - parts[at], max(missing, -parts[at])) if 0 < parts[at] < GRID else 0
        parts[at] += step
        missing -= step
    return [Fraction(one, GRID) for one in parts]


def _after_the_fact(intervals: Mapping[str, Interval], chance: Mapping[str, Fraction]) -> Check:
    wrong = [
        (better, worse)
        for better, (low, _) in intervals.items()
        for worse, (_, high) in intervals.items()
        if low > high and chance[better] < 1 and chance[worse] > 0
    ]
    words = "nobody can be drawn who is surely worse than somebody left out"
    return Check("nobody_surely_better_left_out", not wrong, words, wrong or None)
