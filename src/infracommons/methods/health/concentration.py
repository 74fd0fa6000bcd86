"""How unevenly money is spread over those who give or get it: shares, Herfindahl index, Lorenz curve, Gini.

All functions take amounts of one currency, none negative, in any order; zeros count as members who have nothing.
They raise ValueError for a negative amount, and return None where there is no money to spread. Results are exact.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

Amount = int | Decimal | Fraction


def shares(amounts: Sequence[Amount]) -> list[Fraction] | None:
    """Return the part of the sum that each has, 0 to 1, largest first.

    >>> shares([1, 3])
    [Fraction(3, 4), Fraction(1, 4)]
    """
    parts = _checked(amounts)
    whole = sum(parts)
    return [part / whole for part in reversed(parts)] if whole else None


def top_share(amounts: Sequence[Amount], count: int) -> Fraction | None:
    """Return the part of the sum that the `count` largest have together, 0 to 1; all of it where there are fewer."""
    if count < 1:
        message = f"count: {count}: at least 1"
        raise ValueError(message)
    found = shares(amounts)
    return None if found is None else sum(found[:count], Fraction(0))


def herfindahl(amounts: Sequence[Amount]) -> Fraction | None:
    """Return the sum of the squared shares: 1/n where n give alike, 1 where one gives all.

    Source: A. O. Hirschman, The Paternity of an Index, American Economic Review 54 (1964).

    >>> herfindahl([5, 5, 0])
    Fraction(1, 2)
    """
    found = shares(amounts)
    return None if found is None else sum((share * share for share in found), Fraction(0))


def effective_number(amounts: Sequence[Amount]) -> Fraction | None:
    """Return how many equal givers would be as concentrated: one over the Herfindahl index."""
    index = herfindahl(amounts)
    return None if index is None else 1 / index


def lorenz(amounts: Sequence[Amount]) -> list[tuple[Fraction, Fraction]] | None:
    """Return the Lorenz curve from (0, 0) to (1, 1): the part of members, smallest first, and the part they have.

    Source: M. O. Lorenz, Methods of Measuring the Concentration of Wealth, 1905.
    """
    parts = _checked(amounts)
    whole = sum(parts)
    if not whole:
        return None
    curve = [(Fraction(0), Fraction(0))]
    running = Fraction(0)
    for place, part in enumerate(parts, start=1):
        running += part
        curve.append((Fraction(place, len(parts)), running / whole))
    return curve


def gini(amounts: Sequence[Amount]) -> Fraction | None:
    """Return the Gini coefficient: 0 where all have the same, (n - 1)/n where one of n has all.

    Twice the area between the Lorenz curve and the diagonal; no correction for small n.

    >>> gini([0, 0, 0, 8])
    Fraction(3, 4)
    """
    parts = _checked(amounts)
    whole, number = sum(parts), len(parts)
    if not whole:
        return None
    weighted = sum((2 * place - number - 1) * part for place, part in enumerate(parts, start=1))
    return Fraction(weighted) / (number * whole)


def _checked(amounts: Sequence[Amount]) -> list[Fraction]:
    """Return the amounts as exact fractions, smallest first."""
    for place, amount in enumerate(amounts):
        if not isinstance(amount, Fraction) and Decimal(amount).is_nan():
            message = f"amounts[{place}]: {amount}: not a number"
            raise ValueError(message)
        if amount < 0:
            message = f"amounts[{place}]: {amount}: negative"
            raise ValueError(message)
    return sorted(Fraction(amount) for amount in amounts)
