"""The answers worth finding out next: which unknown requirement would change most who comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np

from infracommons.methods.decisions.needs import Answer, Answers, Need, must_passes, score
from infracommons.methods.decisions.table import Floats
from infracommons.methods.result import refuse

GRID = 1024  # steps of a score from 0 to 1 where there are too many to keep apart
MOST_SCORES = 2 * GRID  # of one option, more than the steps of a grid with its gains rounded up
AT_ONCE = 200_000  # cells of a block of scores, so that memory stays small
DIGITS = 12  # chances are sums of many products; what is left of rounding is cut off
OUT = Fraction(-1)  # the score of an option that fails a must
Spread = dict[Fraction, float]  # probability by score


@dataclass(frozen=True)
class Question:
    """One unknown answer and what it is worth: the expected part of first-rank probability that it would move.

    0 where no answer changes anybody's chance to come first, 1 at most. `if_met` and `if_not_met` are the chances of
    all options to come first after that answer.
    """

    option: str
    requirement: str
    worth: float
    if_met: Mapping[str, float]
    if_not_met: Mapping[str, float]


@dataclass(frozen=True)
class NextQuestions:
    """The chances to come first as things stand, and the questions, the most telling first.

    `is_exact` is False where an option has too many possible scores and they were rounded to steps of 1/1024.
    """

    first_rank: Mapping[str, float]
    questions: tuple[Question, ...]
    is_exact: bool


def next_questions(need: Need, options: Mapping[str, Answers], *, chance_met: Fraction, most: int = 3) -> NextQuestions:
    """Return the `most` questions whose answer would most change the chances to come first.

    Each unknown is met with probability `chance_met`, not met otherwise, independently of all others; options that
    fail a must never come first, and level options share. Worth is the expected half-sum of changes in chances
    (the total variation distance).
    """
    if not 0 < chance_met < 1:
        refuse("chance_met", chance_met, "above 0 and below 1")
    if not options:
        refuse("options", {}, "there are none")
    spreads, is_exact = {}, True
    for name, answers in options.items():
        spreads[name], sure = _spread(need, answers, chance_met)
        is_exact &= sure
    now = first_rank(spreads)
    questions = []
    for name, answers in options.items():
        unknown = [one for one in need.requirements if answers.get(one, Answer.UNKNOWN) is Answer.UNKNOWN]
        told = [{**answers, one: answer} for one in unknown for answer in (Answer.MET, Answer.NOT_MET)]
        chances = _with(spreads, name, [_spread(need, own, chance_met)[0] for own in told])
        for one, met, not_met in zip(unknown, chances[::2], chances[1::2], strict=True):
            worth = float(chance_met) * _moved(now, met) + float(1 - chance_met) * _moved(now, not_met)
            questions.append(Question(name, one, round(worth, DIGITS), met, not_met))
    questions.sort(key=lambda one: (-one.worth, one.option, one.requirement))
    return NextQuestions(now, tuple(questions[:most]), is_exact)


def first_rank(spreads: Mapping[str, Spread]) -> dict[str, float]:
    """Return each option's chance to come first, given independent scores; level options share; who is out has none."""
    name = next(iter(spreads))
    return _with(spreads, name, [spreads[name]])[0]


def _with(spreads: Mapping[str, Spread], changed: str, instead: list[Spread]) -> list[dict[str, float]]:
    """Return the chances of all options for each spread that `changed` has instead of its own.

    Who has a score takes 1/(1 + k) of the first place where k others are level and none is above. The mean of that is
    the integral over t from 0 to 1 of the product of (chance below + t chance level) of all others: a polynomial,
    which Gauss' quadrature integrates without error.
    """
    if not instead:
        return []
    names = [changed, *(name for name in spreads if name != changed)]
    points = sorted({*(point for one in (*spreads.values(), *instead) for point in one)} - {OUT})
    new_level, new_below = _chances(instead, points)
    level, below = _chances([spreads[name] for name in names[1:]], points)
    nodes, shares = np.polynomial.legendre.leggauss(len(names) // 2 + 1)
    at, shares = (nodes + 1) / 2, shares / 2
    found = np.zeros((len(instead), len(names)))
    step = max(1, AT_ONCE // (len(names) * len(at)))
    for start in range(0, len(points), step):
        part = slice(start, start + step)
        each = below[:, part, None] + at * level[:, part, None]
        before, after = _products(each), _products(each[::-1])[::-1]
        found[:, 0] += new_level[:, part] @ (before[-1] @ shares)
        others = before[:-1] * after[1:]
        found[:, 1:] += new_below[:, part] @ (level[:, part] * (others @ shares)).T
        found[:, 1:] += new_level[:, part] @ (level[:, part] * (others @ (shares * at))).T
    return [dict(sorted(zip(names, np.round(row, DIGITS).tolist(), strict=True))) for row in found]


def _products(factors: Floats) -> Floats:
    """Return the product of the first 0, 1, 2, ... factors."""
    return np.concatenate([np.ones((1, *factors.shape[1:])), np.cumprod(factors, axis=0)])


def _chances(spreads: list[Spread], points: list[Fraction]) -> tuple[Floats, Floats]:
    """Return for each option its chances of each score and of a lower one; who is out is below all."""
    level = np.array([[one.get(point, 0.0) for point in points] for one in spreads]).reshape(len(spreads), len(points))
    out = np.array([one.get(OUT, 0.0) for one in spreads])
    return level, out[:, None] + np.cumsum(level, axis=1) - level


def _spread(need: Need, answers: Answers, chance_met: Fraction) -> tuple[Spread, bool]:
    """Return the probability of each score of one option, and whether the scores are exact."""
    least, passes = score(need, answers, unknown=Fraction(0)), Fraction(1)
    gains = []
    for name, one in need.requirements.items():
        answer = answers.get(name, Answer.UNKNOWN)
        if not one.is_scored:
            passed = must_passes(need, one, answer)
            met = chance_met if must_passes(need, one, Answer.MET) else 1 - chance_met
            passes *= met if passed is None else Fraction(passed)
        elif answer is Answer.UNKNOWN:
            gains.append(score(need, {**answers, name: Answer.MET}, unknown=Fraction(0)) - least)
    spread = _summed(least, gains, float(chance_met))
    is_exact = spread is not None
    if spread is None:
        spread = _summed(_on_grid(least), [_on_grid(gain) for gain in gains], float(chance_met)) or {}
    passing = {point: chance * float(passes) for point, chance in spread.items()}
    return {OUT: float(1 - passes), **passing}, is_exact


def _summed(least: Fraction, gains: list[Fraction], chance: float) -> Spread | None:
    """Return the probability of each sum of gains, each there or not; None where there are too many sums."""
    unit = lcm(least.denominator, *(gain.denominator for gain in gains))
    spread = {int(least * unit): 1.0}
    for gain in (int(gain * unit) for gain in gains):
        longer = {point: before * (1 - chance) for point, before in spread.items()}
        for point, before in spread.items():
            longer[point + gain] = longer.get(point + gain, 0.0) + before * chance
        spread = longer
        if len(spread) > MOST_SCORES:
            return None
    return {Fraction(point, unit): part for point, part in spread.items()}


def _on_grid(part: Fraction) -> Fraction:
    return Fraction(round(part * GRID), GRID)


def _moved(now: Mapping[str, float], then: Mapping[str, float]) -> float:
    change = sum(abs(now[name] - then[name]) for name in now)
    # That nobody may come first is an outcome too: its chance makes both sides sum to 1.
    return (change + abs(sum(now.values()) - sum(then.values()))) / 2
