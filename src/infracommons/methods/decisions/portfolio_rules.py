"""A portfolio problem and its answer: candidates, rules, what was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from infracommons.methods.result import refuse

LARGEST = 10**9  # steps of the common unit of values: beyond it a solver cannot tell sets apart


@dataclass(frozen=True)
class Candidate:
    """One option: what it costs (minor units), its value, whose it is, the groups it is in, and what it rests on.

    `requires` are candidates without which it makes no sense.
    """

    candidate_id: str
    cost: int
    value: Fraction
    recipient: str = ""
    groups: frozenset[str] = frozenset()
    requires: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """Budget in minor units; at most this part of the budget for one recipient; least and most number from a group.

    `exclusive` are sets of candidates of which at most one is chosen.
    """

    budget: int
    largest_share: Fraction = Fraction(1)
    at_least: Mapping[str, int] | None = None
    at_most: Mapping[str, int] | None = None
    exclusive: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True)
class Portfolio:
    """The chosen, by id in the order given, their value and cost, and whether that is proved to be the best.

    `is_feasible` is False where no set keeps all rules; then nothing is chosen.
    """

    selected: tuple[str, ...]
    value: Fraction
    cost: int
    is_feasible: bool
    is_proved: bool = True


@dataclass(frozen=True)
class Lack:
    """What keeps one candidate out.

    `value_lost`: by how much the best set that has it is worse, None where no set may have it. `enters_at`: the
    highest cost, in minor units, at which a set with it is as good as the best one; None where even a gift would not
    do. `lower_by` is its cost less that.
    """

    candidate_id: str
    value_lost: Fraction | None
    enters_at: int | None
    lower_by: int | None
    words: str


def check(candidates: Sequence[Candidate], rules: Rules) -> None:
    """Raise MethodInputError for what no set can be chosen from."""
    ids = [one.candidate_id for one in candidates]
    if not ids:
        refuse("candidates", ids, "there are none")
    for place, one in enumerate(candidates):
        if one.candidate_id in ids[:place]:
            refuse(f"candidates[{place}].candidate_id", one.candidate_id, "comes twice")
        _check_one(one, f"candidates[{place}]", ids)
    if rules.budget < 0:
        refuse("budget", rules.budget, "negative")
    if not 0 < rules.largest_share <= 1:
        refuse("largest_share", rules.largest_share, "above 0 and at most 1")
    for names in rules.exclusive:
        for name in sorted(names - set(ids)):
            refuse("exclusive", name, "is not a candidate")
    _check_groups(candidates, rules)


def _check_groups(candidates: Sequence[Candidate], rules: Rules) -> None:
    groups = set().union(*(one.groups for one in candidates))
    for where, numbers in (("at_least", rules.at_least), ("at_most", rules.at_most)):
        for group, count in (numbers or {}).items():
            if count < 0 or group not in groups:
                refuse(f"{where}.{group}", count, "negative" if count < 0 else "no candidate is in that group")


def _check_one(one: Candidate, where: str, ids: list[str]) -> None:
    if one.cost < 0:
        refuse(f"{where}.cost", one.cost, "negative")
    if one.value < 0:
        refuse(f"{where}.value", one.value, "negative")
    for name in one.requires:
        if name not in ids:
            refuse(f"{where}.requires", name, "is not a candidate")
