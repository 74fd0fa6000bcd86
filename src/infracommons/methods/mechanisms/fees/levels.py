"""Divides a sum by weights between floors and caps, to the minor unit: clamp, share the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from infracommons.methods.filling import most_allowed, water_filled
from infracommons.methods.result import refuse


@dataclass(frozen=True)
class Bounds:
    """The least and most that one pays, in minor units; `high` None: no most."""

    low: int = 0
    high: int | None = None


def between(target: int, weights: Mapping[str, Fraction], bounds: Mapping[str, Bounds]) -> dict[str, Fraction]:
    """Return exact fees that add up to `target`: each weight times one price, clamped to its bounds.

    The answer is the one of clamping, dividing the rest among those not clamped, and repeating until all fit; here
    the price that does it is found at once. Raises MethodInputError with the missing sum where no price does.
    """
    least = sum(one.low for one in bounds.values())
    if least > target:
        refuse("target", target, f"the floors together are {least - target} minor units more than the target")
    floors = {name: one.low for name, one in bounds.items()}
    caps = {name: one.high for name, one in bounds.items() if one.high is not None}
    most = most_allowed(weights, floors, caps)
    if most is not None and most < target:
        weightless = "" if all(weights.values()) else " (members of weight zero pay no more than their floors)"
        words = f"the caps together are {target - most} minor units less than the target{weightless}"
        refuse("target", target, words)
    return water_filled(weights, target, floors, caps)


def rounded_to(exact: Mapping[str, Fraction], total: int) -> dict[str, int]:
    """Return each rounded down or up, the largest remainders up, ties to the id that comes first, to add to `total`.

    No fee leaves whole bounds by it, and the order of fees stays. MethodInputError where `total` is too far away.
    """
    amounts = {name: part.numerator // part.denominator for name, part in exact.items()}
    left = total - sum(amounts.values())
    if not 0 <= left <= len(amounts):
        refuse("total", total, f"is {left} minor units from the sum of the exact parts")
    for name in sorted(exact, key=lambda one: (amounts[one] - exact[one], one))[:left]:
        amounts[name] += 1
    return amounts


def rounded(value: Fraction, rule: str) -> int:
    """Return one whole minor unit: rule `half_up`, `half_even`, `down` or `up`."""
    below = value.numerator // value.denominator
    rest = value - below
    if rule == "half_even":
        return round(value)
    return below + {"half_up": int(2 * rest >= 1), "up": int(rest > 0), "down": 0}[rule]


ROUNDINGS = ("half_up", "half_even", "down", "up")
