"""Figures of a tariff that was tried out: by group of members, and when one of the largest leaves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from infracommons.methods.mechanisms.fees.members import Member
from infracommons.methods.result import MethodInputError, Result

LARGEST = 20  # of whom it is told what their leaving does


@dataclass(frozen=True)
class Asked:
    """One who was asked: its budget and fee in minor units, and its chance to pay."""

    member: Member
    budget: int
    fee: int
    chance: float


def by_group(asked: Sequence[Asked], key: Callable[[Asked], str]) -> dict[str, dict[str, Any]]:
    """Return for each group how many are asked, what, which part of their budgets that is, and how many may pay."""
    groups: dict[str, list[Asked]] = {}
    for one in asked:
        groups.setdefault(key(one), []).append(one)
    if set(groups) == {""}:
        return {}
    return {
        name: {
            "asked": len(own),
            "fees": sum(one.fee for one in own),
            "part_of_budgets": Fraction(sum(one.fee for one in own), sum(one.budget for one in own)),
            "largest_part_of_a_budget": max(Fraction(one.fee, one.budget) for one in own),
            "uptake": round(sum(one.chance for one in own) / len(own), 6),
        }
        for name, own in sorted(groups.items())
    }


def on_leaving(
    asked: Sequence[Asked], cost: int, tariff: Callable[[tuple[Member, ...]], Result]
) -> dict[str, Mapping[str, Any]]:
    """Return what happens when one leaves and all others stay, for the 20 of the highest fees.

    `missing`: of the cost, at the same fees. `rise_for_others`: the largest rise of a fee where the tariff is worked
    out again, as a part of it; None where it then has no answer.
    """
    whole = sum(one.fee for one in asked)
    fees = {one.member.id: one.fee for one in asked}
    found: dict[str, Mapping[str, Any]] = {}
    for one in sorted(asked, key=lambda own: (-own.fee, own.member.id))[:LARGEST]:
        rest = tuple(other.member for other in asked if other is not one)
        missing = max(0, cost - whole + one.fee)
        found[one.member.id] = {"fee": one.fee, "missing": missing, "rise_for_others": _rise(fees, rest, tariff)}
    return found


def _rise(
    fees: Mapping[str, int], rest: tuple[Member, ...], tariff: Callable[[tuple[Member, ...]], Result]
) -> Fraction | None:
    if not rest:
        return None
    try:
        then = tariff(rest).amounts
    except MethodInputError:
        return None
    return max((Fraction(fee, fees[name]) - 1 for name, fee in then.items() if fees[name]), default=Fraction(0))
