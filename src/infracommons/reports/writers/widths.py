"""Shares a page's width among the columns of a table, so that none runs into the next and no number is broken."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from infracommons.reports.document import Table, plain

_EM = 0.53  # mean width of a letter, in parts of the size of type
_GAP = 2.0  # letters between two columns
_BOLD = 1.2  # how much wider the letters of heads are
_LONGEST_WORD = 22  # letters; longer ones are broken
_SHORT = 18  # letters of words that are set in one line, such as 30 September 2026
_WIDEST = 60  # letters that a column of sentences asks for
# Sizes of type, in parts of the body's, and what columns get: all they need to stand well, only those of words, or the
# least; tried in this order.
_TRIES = (
    (0.84, "good"),
    (0.84, "words"),
    (0.76, "words"),
    (0.84, "least"),
    (0.68, "words"),
    (0.76, "least"),
    (0.68, "least"),
)


@dataclass(frozen=True)
class Widths:
    """Points of each column (0: a share of what is left, by `shares`), the size of type, and whether the page turns."""

    points: tuple[float, ...]
    shares: tuple[float, ...]
    size: float
    is_turned: bool


def widths(table: Table, base: float, across: float, turned: float) -> Widths:
    """Return how a table stands on a page that is `across` points wide, `turned` points when it lies on its side."""
    columns = [_Column(table, number) for number in range(len(table.heads))]
    sentences = _sentences(columns)
    for is_turned, width in ((False, across), (True, turned)):
        for size, asked in _TRIES:
            own = _ASKED[asked](columns)
            letter = base * size * _EM
            if sum(_with_gap(own, columns, sentences)) * letter <= width:
                return _placed(own, columns, sentences, size, letter, is_turned=is_turned)
    size, asked = _TRIES[-1]
    return _placed(_ASKED[asked](columns), columns, sentences, size, base * size * _EM, is_turned=True)


def fitted(table: Table, base: float, across: float) -> Widths:
    """Return how a table stands on a page that never turns: points for every column, which fill the page."""
    found = widths(table, base, across, across)
    left = across - sum(found.points)
    shared = sum(share for points, share in zip(found.points, found.shares, strict=True) if not points)
    least = across / len(found.points) / 2  # of those that share, where the others leave too little
    points = [
        points or max(least, left * share / shared) for points, share in zip(found.points, found.shares, strict=True)
    ]
    return replace(found, points=tuple(one * across / sum(points) for one in points), is_turned=False)


class _Column:
    """What one column needs, in letters: at least, and to stand well."""

    def __init__(self, table: Table, number: int) -> None:
        head = table.heads[number]
        cells = [plain(row[number].children) for row in table.rows]
        self.is_number = head.is_number
        longest = max(map(len, cells), default=0)
        words = [float(len(word)) for cell in cells for word in cell.split()]
        words += [len(word) * _BOLD for word in head.label.split()]
        self.least = max(min(max(words, default=1), _LONGEST_WORD), longest if head.is_number else 0)
        self.is_sentence = not head.is_number and longest > _SHORT
        self.good = max(
            self.least, min(longest if not head.is_number else 0, _WIDEST), min(len(head.label) * _BOLD, 14)
        )


_ASKED: dict[str, Callable[[list[_Column]], list[float]]] = {
    "good": lambda columns: [column.good for column in columns],
    "words": lambda columns: [column.least if column.is_number else column.good for column in columns],
    "least": lambda columns: [column.least for column in columns],
}


def _sentences(columns: list[_Column]) -> list[bool]:
    """Return which columns share what the others leave: those of sentences, else the first of words, if any."""
    told = [column.is_sentence for column in columns]
    words = [number for number, column in enumerate(columns) if not column.is_number]
    return told if any(told) else [number in words[:1] for number in range(len(columns))]


def _with_gap(own: list[float], columns: list[_Column], sentences: list[bool]) -> list[float]:
    """Return letters with gaps; sentences count with the least that they need."""
    return [
        (column.least if shares else letters) + _GAP
        for letters, column, shares in zip(own, columns, sentences, strict=True)
    ]


def _placed(
    own: list[float], columns: list[_Column], sentences: list[bool], size: float, letter: float, *, is_turned: bool
) -> Widths:
    points = tuple(0.0 if shares else (letters + _GAP) * letter for letters, shares in zip(own, sentences, strict=True))
    return Widths(points, tuple(column.good for column in columns), size, is_turned)
