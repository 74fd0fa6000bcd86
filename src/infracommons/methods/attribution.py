"""How much of an award counts for each infrastructure it supports, under each rule; a total names its rule."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from infracommons.vocabulary.money import CENT

Share = tuple[str, str, Decimal]


def attribute(amount: Decimal, infrastructures: Sequence[str], documented: Mapping[str, Decimal]) -> list[Share]:
    """Return (infrastructure, rule, US dollars) under every rule that can say an amount.

    full: the whole award for each; adding infrastructures up counts it more than once.
    equal_split: equal parts to the cent, the odd cents to the first in alphabetical order; parts sum to the award.
    documented_share: the share that is written down, or the whole award where it supports one infrastructure only.
    single_only: the whole award, only where it supports one infrastructure.
    """
    ordered = sorted(infrastructures)
    shares = [(name, "full", amount) for name in ordered]
    shares += [(name, "equal_split", part) for name, part in zip(ordered, _parts(amount, len(ordered)), strict=True)]
    if len(ordered) == 1:
        shares += [(ordered[0], "single_only", amount)]
    for name in ordered:
        if name in documented:
            shares.append((name, "documented_share", documented[name]))
        elif len(ordered) == 1:
            shares.append((name, "documented_share", amount))
    return shares


def _parts(amount: Decimal, count: int) -> list[Decimal]:
    """Return `count` amounts, in whole cents, that differ by at most a cent and sum to the amount."""
    if not count:
        return []
    part, odd = divmod(int(amount / CENT), count)
    return [(part + (1 if number < odd else 0)) * CENT for number in range(count)]
