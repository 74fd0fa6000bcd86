"""How far two reviewers agree, beyond what chance alone would bring about."""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple


class Agreement(NamedTuple):
    """Of `pairs` items that two reviewers answered: the share answered alike, and Cohen's kappa.

    Both are None without a pair; kappa also where both only ever gave one answer, for chance then explains everything.
    """

    pairs: int
    alike: int
    share: float | None
    kappa: float | None


def agreement(answers: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    """Return the agreement of pairs of answers, the first reviewer's and the second's.

    Kappa is (observed - expected) / (1 - expected), where expected is how often two reviewers with these shares of
    answers would agree by chance (Cohen 1960, Educational and Psychological Measurement 20, 37-46).
    """
    pairs = len(answers)
    alike = sum(first == second for first, second in answers)
    if not pairs:
        return Agreement(0, 0, None, None)
    firsts, seconds = (Counter(column) for column in zip(*answers, strict=True))
    by_chance = sum(count * seconds[answer] for answer, count in firsts.items())  # of pairs squared
    if by_chance == pairs * pairs:
        return Agreement(pairs, alike, alike / pairs, None)
    return Agreement(pairs, alike, alike / pairs, (alike * pairs - by_chance) / (pairs * pairs - by_chance))
