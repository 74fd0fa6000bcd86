"""Moves signs and names on a sheet apart until none covers another, each by as little as it can."""

from collections.abc import Sequence
from dataclasses import dataclass

_ROUNDS = 80
_GAP = 2.0  # pixels between two boxes
_NEAR_ENOUGH = 0.5  # pixels of the gap that may be missing


@dataclass
class Box:
    """A box by its middle and its size, in pixels."""

    x: float
    y: float
    width: float
    height: float


def apart(boxes: Sequence[Box], width: float, height: float) -> list[Box]:
    """Return the boxes in their order, moved apart within a sheet; where they cannot all fit, some still touch."""
    moved = [Box(one.x, one.y, one.width, one.height) for one in boxes]
    for one in moved:
        _keep_within(one, width, height)
    broadest = max((one.width for one in moved), default=0)
    for _ in range(_ROUNDS):
        if not _pushed(sorted(moved, key=lambda one: (one.x, one.y)), broadest, width, height):
            break
    return moved


def _pushed(across: Sequence[Box], broadest: float, width: float, height: float) -> bool:
    """Push each pair that overlaps apart, from left to right; return whether any did."""
    any_did = False
    for place, one in enumerate(across):
        for other in across[place + 1 :]:
            if other.x - one.x > broadest + _GAP:
                break
            if _push(one, other):
                any_did = True
                _keep_within(one, width, height)
                _keep_within(other, width, height)
    return any_did


def _push(one: Box, other: Box) -> bool:
    """Move two boxes that overlap half the way each, along the axis on which the way is shorter."""
    over_x = (one.width + other.width) / 2 + _GAP - abs(other.x - one.x)
    over_y = (one.height + other.height) / 2 + _GAP - abs(other.y - one.y)
    if over_x <= _NEAR_ENOUGH or over_y <= _NEAR_ENOUGH:
        return False
    if over_x < over_y:
        step = over_x / 2 if other.x >= one.x else -over_x / 2
        one.x, other.x = one.x - step, other.x + step
    else:
        step = over_y / 2 if other.y >= one.y else -over_y / 2
        one.y, other.y = one.y - step, other.y + step
    return True


def _keep_within(one: Box, width: float, height: float) -> None:
    one.x = min(max(one.x, one.width / 2), width - one.width / 2)
    one.y = min(max(one.y, one.height / 2), height - one.height / 2)
