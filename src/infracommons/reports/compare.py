"""Compares the numbers of one report over two releases: which moved, came and went, and what exhibits now find."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

Told = Mapping[str, Any]
What = Literal["moved", "came", "went"]
WHATS: tuple[What, ...] = ("moved", "came", "went")


@dataclass(frozen=True)
class Movement:
    """One number that is another one, or only in one of the two: as shown, exactly, and by how much it moved.

    `row` names the row of the exhibit or table that it stands in; empty where it stands in a sentence. `change` and
    `percent` are None where one of the two is not there or unknown, `percent` also where there is none of zero.
    """

    what: What
    part: str
    exhibit: str
    path: str
    row: str
    number: str
    kind: str
    before: str | None
    after: str | None
    before_value: Decimal | None
    after_value: Decimal | None
    change: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True)
class ChangedFinding:
    """An exhibit whose sentence is another one; None where only one of the two reports has it."""

    part: str
    exhibit: str
    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Comparison:
    """What is different between two reports, in the order of the later one, and how many numbers are the same."""

    movements: tuple[Movement, ...]
    findings: tuple[ChangedFinding, ...]
    same: int

    def count(self, what: What) -> int:
        """Return how many numbers moved, came or went."""
        return sum(movement.what == what for movement in self.movements)


def read_numbers(path: Path) -> Told:
    """Return the numbers of a report as `writers/numbers.py` wrote them."""
    told: Told = json.loads(path.read_bytes())
    return told


def compare(before: Told, after: Told) -> Comparison:
    """Return what is different between the numbers of one report over two releases."""
    lists = before["numbers"], after["numbers"]
    widths = _widths(*lists)
    old, new = (_by_key(numbers, widths) for numbers in lists)
    pairs = [(old.get(key), new.get(key)) for key in (*new, *(key for key in old if key not in new))]
    movements = [_movement(was, now) for was, now in pairs if was is None or now is None or not _is_same(was, now)]
    return Comparison(tuple(movements), tuple(_findings(before, after)), len(pairs) - len(movements))


def _widths(*lists: Sequence[Told]) -> dict[tuple[str, str], int]:
    """Return how many words name a row, for each table: as few as tell its rows apart in both releases.

    Not all, because a word may follow from a number that moved, such as the level of a concentration.
    """
    widths: dict[tuple[str, str], int] = {}
    for numbers in lists:
        rows: dict[tuple[str, str], dict[tuple[str, ...], None]] = {}
        for told in numbers:
            rows.setdefault(_table(told), {})[tuple(told["row"])] = None
        for table, named in rows.items():
            widths[table] = max(widths.get(table, 0), _width(list(named)))
    return widths


def _width(rows: Sequence[tuple[str, ...]]) -> int:
    most = max(map(len, rows))
    return next((width for width in range(most) if len({row[:width] for row in rows}) == len(rows)), most)


def _table(told: Told) -> tuple[str, str]:
    return told["part"], told["key"]


def _by_key(numbers: Iterable[Told], widths: Mapping[tuple[str, str], int]) -> dict[tuple[Any, ...], Told]:
    """Return the numbers by what names them in any release; those of one name are told apart by their order."""
    found: dict[tuple[Any, ...], Told] = {}
    taken: Counter[tuple[Any, ...]] = Counter()
    for told in numbers:
        row = tuple(told["row"][: max(1, widths[_table(told)])])
        key = (*_table(told), row, told["number"])
        taken[key] += 1
        found[*key, taken[key]] = told
    return found


def _is_same(was: Told, now: Told) -> bool:
    if was["value"] == now["value"]:
        return True
    old, new = _decimal(was["value"]), _decimal(now["value"])
    return old is not None and old == new


def _movement(was: Told | None, now: Told | None) -> Movement:
    told = now or was or {}
    old, new = (_decimal(one["value"]) if one else None for one in (was, now))
    change = None if old is None or new is None else new - old
    return Movement(
        what="came" if was is None else "went" if now is None else "moved",
        part=told["part"],
        exhibit=told["exhibit"],
        path=told["path"],
        row="; ".join(told["row"]),
        number=told["number"],
        kind=told["kind"],
        before=was["shown"] if was else None,
        after=now["shown"] if now else None,
        before_value=old,
        after_value=new,
        change=change,
        percent=change / abs(old) * 100 if change is not None and old else None,
    )


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text is not None else None
    except InvalidOperation:
        return None


def _findings(before: Told, after: Told) -> Iterable[ChangedFinding]:
    old, new = ({_table(told): told for told in one["findings"]} for one in (before, after))
    for key in (*new, *(key for key in old if key not in new)):
        was, now = old.get(key), new.get(key)
        said = tuple(told and f"{told['title']}. {told['sentence']}" for told in (was, now))
        if said[0] != said[1]:
            told = now or was or {}
            yield ChangedFinding(told["part"], told["exhibit"], told["path"], *said)
