"""Shares a pot in proportion to weights between floors and caps, by the level at which they just add up (water)."""

from collections.abc import Mapping
from fractions import Fraction

from infracommons.methods.result import refuse


def water_filled(
    weights: Mapping[str, Fraction], total: Fraction | int, floors: Mapping[str, int], caps: Mapping[str, int]
) -> dict[str, Fraction]:
    """Return exact parts that add up to `total`: level times weight, but at least the floor and at most the cap.

    Who has no cap is missing from `caps`; who has no floor from `floors`. Who has no weight gets the floor. Raises
    MethodInputError where floors ask for more than the total, caps let through less, or a floor is above its cap.
    """
    low = {name: Fraction(floors.get(name, 0)) for name in weights}
    for name in weights:
        if name in caps and low[name] > caps[name]:
            refuse(f"floors.{name}", floors[name], f"is above the cap of {caps[name]}")
    if sum(low.values()) > total:
        refuse("floors", int(sum(low.values())), f"together ask for {sum(low.values()) - total} more than there is")
    if (most := most_allowed(weights, floors, caps)) is not None and most < total:
        refuse("caps", int(most), f"together leave {total - most} that nobody may take")
    live = {name: weight for name, weight in weights.items() if weight}
    if not live:
        if sum(low.values()) < total:
            refuse("weights", dict(weights), "sum to zero, so nobody can get the money")
        return low
    level = _level(live, Fraction(total) - sum(low[name] for name in weights if name not in live), low, caps)
    return {name: _clamped(name, level, weights, low, caps) for name in weights}


def most_allowed(
    weights: Mapping[str, Fraction], floors: Mapping[str, int], caps: Mapping[str, int]
) -> Fraction | None:
    """Return the most that may be handed out; None where somebody with weight has no cap."""
    if any(weight and name not in caps for name, weight in weights.items()):
        return None
    return Fraction(sum(caps[name] if weight else floors.get(name, 0) for name, weight in weights.items()))


def _clamped(
    name: str,
    level: Fraction,
    weights: Mapping[str, Fraction],
    low: Mapping[str, Fraction],
    caps: Mapping[str, int],
) -> Fraction:
    part = max(low[name], level * weights[name])
    return min(part, Fraction(caps[name])) if name in caps and weights[name] else part


def _level(
    weights: Mapping[str, Fraction], total: Fraction, low: Mapping[str, Fraction], caps: Mapping[str, int]
) -> Fraction:
    """Return the level at which the clamped parts add up to the total; between two bends the sum is a straight line."""

    def handed_out(level: Fraction) -> Fraction:
        return sum((_clamped(name, level, weights, low, caps) for name in weights), Fraction(0))

    bends = {low[name] / weight for name, weight in weights.items()}
    bends |= {caps[name] / weight for name, weight in weights.items() if name in caps}
    places = sorted(bends)
    first, after = 0, len(places)
    while first < after:  # the first bend at which enough is handed out
        middle = (first + after) // 2
        if handed_out(places[middle]) >= total:
            after = middle
        else:
            first = middle + 1
    if first == 0:
        return places[0]
    left = places[first - 1]
    right = places[first] if first < len(places) else left + 1
    start, end = handed_out(left), handed_out(right)
    return left if start == end else left + (total - start) * (right - left) / (end - start)
