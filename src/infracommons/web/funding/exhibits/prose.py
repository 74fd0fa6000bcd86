"""Cuts an exhibit's sentence so that each rounded amount in it shows the exact one when pointed at."""

import re
from dataclasses import dataclass
from decimal import Decimal

from infracommons.exhibits.exhibit import Exhibit
from infracommons.vocabulary.figures import exact, rounded

_AMOUNT = re.compile(r"USD (-?\d[\d,]*(?:\.\d+)?)(?: (million|billion|trillion))?")
_SCALES = {None: 1.0, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_NEAR = 0.006  # of an amount: more than three figures can be off by


@dataclass(frozen=True)
class Piece:
    """A stretch of the sentence; `exact` is the amount to the cent where the text rounds one."""

    text: str
    exact: str = ""


def pieces(shown: Exhibit) -> list[Piece]:
    """Return the sentence in pieces; an amount that is no one amount of the exhibit's stays as it is."""
    matches = list(_AMOUNT.finditer(shown.sentence))
    amounts = _amounts(shown) if matches else set()
    found, place = [], 0
    for match in matches:
        said = _exact(match, amounts)
        if said:
            found += [Piece(shown.sentence[place : match.start()]), Piece(match[0], said)]
            place = match.end()
    return [piece for piece in (*found, Piece(shown.sentence[place:])) if piece.text]


def _amounts(shown: Exhibit) -> set[Decimal]:
    columns = [column.name for column in shown.columns if column.kind == "usd"]
    found = {row.get(name) for row in shown.rows for name in columns} | set(shown.rounds)
    return {amount for amount in found if isinstance(amount, Decimal)}


def _exact(match: re.Match[str], amounts: set[Decimal]) -> str:
    """Return the amount that is written so when rounded; nothing where there is none, or more than one."""
    about = float(match[1].replace(",", "")) * _SCALES[match[2]]
    # There may be ten thousand: only those near it are rounded to see.
    near = [amount for amount in amounts if abs(float(amount) - about) <= abs(about) * _NEAR]
    found = [amount for amount in near if rounded(amount) == match[0]]
    return exact(found[0]) if len(found) == 1 else ""
