"""Shares a sum in proportion to weights between floors and caps, as water finds its level."""

from collections.abc import Mapping
from fractions import Fraction

Bound = int | Fraction
_NONE: Mapping[str, Bound] = {}


def water_filled(
    weights: Mapping[str, Fraction],
    total: Bound,
    floors: Mapping[str, Bound] = _NONE,
    caps: Mapping[str, Bound] = _NONE,
) -> dict[str, Fraction]:
    """Return exact parts that add up to `total`: one level times each weight, but at least the floor, at most the cap.

    The answer is that of clamping, sharing the rest among those not clamped, and repeating until all fit. Who has no
    floor is missing from `floors` and gets at least nothing; who has no cap is missing from `caps`; who has no weight
    gets the floor. A total below all floors gives the floors, one above all caps the caps: callers who cannot have
    that refuse it before. No floor may be above its cap.
    """
    level = _level(weights, Fraction(total), floors, caps)
    return {name: _clamped(name, level * weight, floors, caps) for name, weight in weights.items()}


def most_allowed(
    weights: Mapping[str, Fraction], floors: Mapping[str, Bound] = _NONE, caps: Mapping[str, Bound] = _NONE
) -> Fraction | None:
    """Return the most that can be shared; None where somebody with weight has no cap."""
    if any(weight and name not in caps for name, weight in weights.items()):
        return None
    return Fraction(sum(caps[name] if weight else floors.get(name, 0) for name, weight in weights.items()))


def _level(
    weights: Mapping[str, Fraction], total: Fraction, floors: Mapping[str, Bound], caps: Mapping[str, Bound]
) -> Fraction:
    """Return the level at which the clamped parts add up; their sum grows along a line between two turns."""
    turns: list[tuple[Fraction, Fraction]] = []  # where the slope of the sum changes, and by how much
    for name, weight in weights.items():
        if weight:
            turns.append((floors.get(name, 0) / weight, weight))
            if name in caps:
                turns.append((caps[name] / weight, -weight))
    shared, level, slope = Fraction(sum(floors.get(name, 0) for name in weights)), Fraction(0), Fraction(0)
    for at, change in sorted(turns):
        if shared + slope * (at - level) >= total:
            break
        shared += slope * (at - level)
        level, slope = at, slope + change
    return level + (total - shared) / slope if slope else level


def _clamped(name: str, part: Fraction, floors: Mapping[str, Bound], caps: Mapping[str, Bound]) -> Fraction:
    part = max(part, Fraction(floors.get(name, 0)))
    return min(part, Fraction(caps[name])) if name in caps else part
