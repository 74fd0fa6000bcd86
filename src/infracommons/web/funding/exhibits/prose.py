"""Cuts an exhibit's sentence so that each rounded amount in it shows the exact one when pointed at."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from infracommons.exhibits.exhibit import Exhibit
from infracommons.vocabulary.figures import exact, rounded

_AMOUNT = re.compile(r"USD (-?\d[\d,]*(?:\.\d+)?)(?: (million|billion|trillion))?")
_SCALES = {None: 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_NEAR = Decimal("0.006")  # of an amount: more than three figures can be off by


@dataclass(frozen=True)
class Piece:
    """A stretch of the sentence; `exact` is the amount to the cent where the text rounds one."""

    text: str
    exact: str = ""


def pieces(shown: Exhibit) -> list[Piece]:
    """Return the sentence in pieces; an amount that is no one amount of the exhibit's stays as it is."""
    matches = list(_AMOUNT.finditer(shown.sentence))
    amounts = _amounts(shown) if matches else []
    found, place = [], 0
    for match in matches:
        said = _exact(match, amounts)
        if said:
            found += [Piece(shown.sentence[place : match.start()]), Piece(match[0], said)]
            place = match.end()
    return [piece for piece in (*found, Piece(shown.sentence[place:])) if piece.text]


def _amounts(shown: Exhibit) -> list[Decimal]:
    columns = [column.name for column in shown.columns if column.kind == "usd"]
    found = {row.get(name) for row in shown.rows for name in columns} | set(shown.rounds)
    return sorted(amount for amount in found if isinstance(amount, Decimal))


def _exact(match: re.Match[str], amounts: Sequence[Decimal]) -> str:
    """Return the one of these sorted amounts that is written so when rounded; nothing where there is none, or more."""
    about = Decimal(match[1].replace(",", "")) * _SCALES[match[2]]
    # There may be ten thousand: only those near it are rounded to see.
    off = abs(about) * _NEAR
    near = amounts[bisect_left(amounts, about - off) : bisect_right(amounts, about + off)]
    found = [amount for amount in near if rounded(amount) == match[0]]
    return exact(found[0]) if len(found) == 1 else ""
