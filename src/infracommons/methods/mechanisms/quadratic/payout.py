"""From ideal matches to money: the pool is scaled, caps are kept, and whole minor units add up."""

from collections.abc import Mapping
from fractions import Fraction


def to_pay(ideal: Mapping[str, Fraction], pool: int, *, saturate: bool) -> Fraction:
    """Return how much is handed out before caps: the ideal sum, or the pool where that is less or all is to go out."""
    wanted = sum(ideal.values(), Fraction(0))
    if not wanted:
        return Fraction(0)
    return Fraction(pool) if saturate or wanted > pool else wanted


def scaled(ideal: Mapping[str, Fraction], total: Fraction) -> dict[str, Fraction]:
    """Return parts of `total` in proportion to the ideal matches."""
    wanted = sum(ideal.values(), Fraction(0))
    return {project: match * total / wanted if wanted else Fraction(0) for project, match in ideal.items()}


def in_minor_units(exact: Mapping[str, Fraction]) -> dict[str, int]:
    """Return whole minor units, each within one of its exact part, that add up to the exact sum rounded down."""
    amounts = {name: part.numerator // part.denominator for name, part in exact.items()}
    whole = sum(exact.values(), Fraction(0))
    left = whole.numerator // whole.denominator - sum(amounts.values())
    for name in sorted(exact, key=lambda one: (amounts[one] - exact[one], one))[:left]:
        amounts[name] += 1
    return amounts
