"""Whole minor units from exact amounts, negative ones too, that still add up."""

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from infracommons.methods.result import refuse


def whole(exact: Fraction) -> int:
    """Return the nearest minor unit, a half away from zero."""
    return floor(exact + Fraction(1, 2)) if exact >= 0 else -floor(Fraction(1, 2) - exact)


def adding_up(exact: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Return each amount rounded down or up, the largest remainders up, ties to the name that comes first.

    MethodInputError where `total` is not the rounded sum of the amounts.
    """
    amounts = {name: floor(part) for name, part in exact.items()}
    left = total - sum(amounts.values())
    if not 0 <= left <= len(amounts):
        refuse("total", total, f"is {left} minor units from the sum of the parts")
    for name in sorted(exact, key=lambda one: (amounts[one] - exact[one], one))[:left]:
        amounts[name] += 1
    return amounts
