"""The answers worth finding out next: which unknown requirement would change most who comes first."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from infracommons.methods.decisions.needs import Answer, Answers, Need, must_passes, score
from infracommons.methods.result import refuse

EXACT = 10  # up to so many unknowns of one option every combination is gone through
DRAWS = 1024
OUT = Fraction(-1)  # the score of an option that fails a must
Spread = dict[Fraction, Fraction]  # probability by score


@dataclass(frozen=True)
class Question:
    """One unknown answer and what it is worth: the expected part of first-rank probability that it would move.

    0 where no answer changes anybody's chance to come first, 1 at most. `if_met` and `if_not_met` are the chances of
    all options to come first after that answer.
    """

    option: str
    requirement: str
    worth: Fraction
    if_met: Mapping[str, Fraction]
    if_not_met: Mapping[str, Fraction]


@dataclass(frozen=True)
class NextQuestions:
    """The chances to come first as things stand, and the questions, the most telling first.

    `is_exact` is False where an option has too many unknowns to go through all combinations and 1,024 were drawn.
    """

    first_rank: Mapping[str, Fraction]
    questions: tuple[Question, ...]
    is_exact: bool


def next_questions(need: Need, options: Mapping[str, Answers], *, chance_met: Fraction, most: int = 3,
                   seed: int = 0) -> NextQuestions:  # fmt: skip
    """Return the `most` questions whose answer would most change the chances to come first.

    Each unknown is met with probability `chance_met`, not met otherwise, independently of all others; options that
    fail a must never come first, and level options share. Worth is the expected half-sum of changes in chances
    (the total variation distance).
    """
    if not 0 < chance_met < 1:
        refuse("chance_met", chance_met, "above 0 and below 1")
    if not options:
        refuse("options", {}, "there are none")
    spreads = {name: _spread(need, answers, chance_met, seed) for name, answers in options.items()}
    now = first_rank(spreads)
    questions = []
    for name, answers in options.items():
        for requirement in _unknown(need, answers):
            then = {}
            for answer in (Answer.MET, Answer.NOT_MET):
                known = _spread(need, {**answers, requirement: answer}, chance_met, seed)
                then[answer] = first_rank({**spreads, name: known})
            worth = chance_met * _moved(now, then[Answer.MET]) + (1 - chance_met) * _moved(now, then[Answer.NOT_MET])
            questions.append(Question(name, requirement, worth, then[Answer.MET], then[Answer.NOT_MET]))
    questions.sort(key=lambda one: (-one.worth, one.option, one.requirement))
    is_exact = all(len(_unknown(need, answers)) <= EXACT for answers in options.values())
    return NextQuestions(now, tuple(questions[:most]), is_exact)


def first_rank(spreads: Mapping[str, Spread]) -> dict[str, Fraction]:
    """Return each option's chance to come first, given independent scores; level options share; who is out has none."""
    chances = {}
    for name, own in spreads.items():
        others = [spread for other, spread in spreads.items() if other != name]
        chances[name] = sum(
            (chance * _share_of_top(point, others) for point, chance in own.items() if point != OUT), Fraction(0)
        )
    return chances


def _share_of_top(point: Fraction, others: list[Spread]) -> Fraction:
    """Return the expected part of the first place of one with this score."""
    level = [Fraction(1)]  # level[k]: chance that k others are level with it and none is above
    for spread in others:
        below = sum((chance for other, chance in spread.items() if other < point), Fraction(0))
        same = spread.get(point, Fraction(0))
        longer = [*level, Fraction(0)]
        level = [chance * below + (level[k - 1] * same if k else 0) for k, chance in enumerate(longer)]
    return sum((chance / (k + 1) for k, chance in enumerate(level)), Fraction(0))


def _unknown(need: Need, answers: Answers) -> list[str]:
    return [name for name in need.requirements if answers.get(name, Answer.UNKNOWN) is Answer.UNKNOWN]


def _spread(need: Need, answers: Answers, chance_met: Fraction, seed: int) -> Spread:
    """Return the probability of each score of one option."""
    unknown = _unknown(need, answers)
    spread: Spread = {}
    if len(unknown) <= EXACT:
        ways = [(way, chance_met ** sum(way) * (1 - chance_met) ** (len(way) - sum(way)))
                for way in product((True, False), repeat=len(unknown))]  # fmt: skip
    else:
        drawn = np.random.Generator(np.random.PCG64(seed)).random((DRAWS, len(unknown))) < float(chance_met)
        ways = [(tuple(map(bool, line)), Fraction(1, DRAWS)) for line in drawn]
    for way, chance in ways:
        told = {name: Answer.MET if met else Answer.NOT_MET for name, met in zip(unknown, way, strict=True)}
        point = _score(need, {**answers, **told})
        spread[point] = spread.get(point, Fraction(0)) + chance
    return spread


def _score(need: Need, answers: Answers) -> Fraction:
    """Return the score of an option of which all is known."""
    for name, one in need.requirements.items():
        if not one.is_scored and must_passes(need, one, answers.get(name, Answer.UNKNOWN)) is not True:
            return OUT
    return score(need, answers, unknown=Fraction(0))


def _moved(now: Mapping[str, Fraction], then: Mapping[str, Fraction]) -> Fraction:
    change = sum((abs(now[name] - then[name]) for name in now), Fraction(0))
    # That nobody may come first is an outcome too: its chance makes both sides sum to 1.
    return (change + abs(sum(now.values(), Fraction(0)) - sum(then.values(), Fraction(0)))) / 2
