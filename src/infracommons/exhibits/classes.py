"""Cuts amounts into a few classes at round numbers, for maps: each is several times the one before."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

MOST = 5
# How a decade is cut: finely where the amounts lie close together.
_LADDERS = ((1, 2, 5), (1, 3), (1,))


def breaks(amounts: Sequence[Decimal | int]) -> list[Decimal]:
    """Return where classes of these amounts begin, but for the lowest, which begins at nothing.

    Only amounts above zero count; the lower classes are one where there would be more than five.

    >>> [int(one) for one in breaks([1, 3, 12])], [int(one) for one in breaks([4000, 90_000_000])]
    ([2, 5, 10], [10000, 100000, 1000000, 10000000])
    """
    above = [Decimal(amount) for amount in amounts if amount > 0]
    if not above:
        return []
    for ladder in _LADDERS:
        found = _marks(ladder, min(above), max(above))
        if len(found) < MOST:
            break
    return found[1 - MOST :]


def class_of(amount: Decimal | int, starts: Sequence[Decimal]) -> int:
    """Return the place of an amount's class: 0 below the first start; an amount at a start is in what it begins."""
    return sum(amount >= start for start in starts)


def class_words(starts: Sequence[Decimal], *, whole: bool = False) -> list[str]:
    """Return a name for each class; `whole` amounts have no parts between them.

    >>> class_words([Decimal(2), Decimal(5)], whole=True)
    ['1', '2 to 4', '5 or more']
    >>> class_words([Decimal(100_000), Decimal(1_000_000), Decimal(10_000_000)])
    ['under 100,000', '100,000 to 1 million', '1 to 10 million', '10 million or more']
    """
    if not starts:
        return ["1 or more" if whole else "any amount"]
    first = _whole_words(Decimal(1), starts[0]) if whole else f"under {_short(starts[0])}"
    between = [_whole_words(a, b) if whole else _between(a, b) for a, b in pairwise(starts)]
    return [first, *between, f"{_short(starts[-1])} or more"]


def _marks(ladder: Sequence[int], least: Decimal, most: Decimal) -> list[Decimal]:
    """Return the round numbers above the least amount, up to the largest."""
    decades = range(least.adjusted(), most.adjusted() + 1)
    marks = [Decimal(step).scaleb(decade) for decade in decades for step in ladder]
    return [mark for mark in marks if least < mark <= most]


def _whole_words(start: Decimal, end: Decimal) -> str:
    last = end - 1
    return _short(start) if last == start else f"{_short(start)} {'or' if last == start + 1 else 'to'} {_short(last)}"


def _between(start: Decimal, end: Decimal) -> str:
    """Return a range that says its scale once where both ends have the same."""
    first, last = _short(start), _short(end)
    figure, _, scale = first.partition(" ")
    return f"{figure if scale and last.endswith(scale) else first} to {last}"


def _short(amount: Decimal) -> str:
    for scale, word in ((10**12, " trillion"), (10**9, " billion"), (10**6, " million")):
        if amount >= scale:
            return f"{(amount / scale).normalize():,f}{word}"
    return f"{amount:,f}"
