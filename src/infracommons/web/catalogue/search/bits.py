"""Sets of infrastructures as whole numbers: bit n stands for the one in place n, so that "and" is one step."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key")
Bits = Mapping[str, Mapping[str, int]]  # field, value, set


def mask_of(places: Iterable[int]) -> int:
    """Return the set of these places.

    >>> bin(mask_of([0, 2]))
    '0b101'
    """
    held = list(places)
    if not held:
        return 0
    octets = bytearray(max(held) // 8 + 1)
    for place in held:
        octets[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(octets, "little")


def places_in(mask: int, order: Iterable[int]) -> list[int]:
    """Return the places of `order` that are in the set, in that order."""
    wanted = list(order)
    marks = bin(mask)[:1:-1].ljust(max(wanted, default=0) + 1, "0")  # one character a place, the first place first
    return [place for place in wanted if marks[place] == "1"]


def gathered(pairs_by_place: Sequence[tuple[int, Iterable[tuple[str, str]]]]) -> dict[str, dict[str, int]]:
    """Return the set of places for each (field, value)."""
    places: dict[str, dict[str, list[int]]] = {}
    for place, pairs in pairs_by_place:
        for field, value in pairs:
            places.setdefault(field, {}).setdefault(value, []).append(place)
    return {field: {value: mask_of(held) for value, held in values.items()} for field, values in places.items()}


def patched(
    bits: Bits, changes: Iterable[tuple[int, Iterable[tuple[str, str]], Iterable[tuple[str, str]]]]
) -> dict[str, dict[str, int]]:
    """Return the sets after changes of (place, pairs before, pairs after); what is empty then is left out."""
    found = {field: dict(values) for field, values in bits.items()}
    for place, before, after in changes:
        for field, value in before:
            found[field][value] &= ~(1 << place)
        for field, value in after:
            values = found.setdefault(field, {})
            values[value] = values.get(value, 0) | 1 << place
    return {field: {value: mask for value, mask in values.items() if mask} for field, values in found.items()}
