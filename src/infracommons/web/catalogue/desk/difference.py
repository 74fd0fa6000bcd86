"""Works out, word by word, how two texts differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

SAME: Literal["same"] = "same"
REMOVED: Literal["removed"] = "removed"
ADDED: Literal["added"] = "added"
_TOKEN = re.compile(r"\s+|\w(?:[\w.,:'\u2019/-]*\w)?|[^\w\s]")  # 1,204 and open-source are one word each
_MOST_COMPARISONS = 4_000_000  # past that, finding the least change takes seconds


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether both texts have it."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True)
class Difference:
    """Two lists of texts side by side: in each, every text as pieces. Joined, the pieces give the texts again."""

    old: tuple[tuple[Piece, ...], ...]
    new: tuple[tuple[Piece, ...], ...]


def word_pieces(old: str, new: str) -> list[Piece]:
    """Return the pieces of both texts in order: without the added ones they give the old text, and so on.

    >>> [(piece.kind, piece.text) for piece in word_pieces("run by us", "run by you")]
    [('same', 'run by '), ('removed', 'us'), ('added', 'you')]
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST_COMPARISONS:
        return [piece for piece in (Piece(REMOVED, old), Piece(ADDED, new)) if piece.text]
    return list(_pieces(before, after))


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for tag, start, end, other_start, other_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(before[start:end]))
            continue
        if end > start:
            yield Piece(REMOVED, "".join(before[start:end]))
        if other_end > other_start:
            yield Piece(ADDED, "".join(after[other_start:other_end]))


def difference(old: Sequence[str], new: Sequence[str]) -> Difference:
    """Return two lists of texts side by side; a text that took the place of another is compared word by word."""
    left: list[tuple[Piece, ...]] = []
    right: list[tuple[Piece, ...]] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = old[start:end], new[other_start:other_end]
        if tag == "equal":
            left += [(Piece(SAME, text),) for text in gone]
            right += [(Piece(SAME, text),) for text in come]
        elif len(gone) == len(come):
            for before, after in zip(gone, come, strict=True):
                pieces = word_pieces(before, after)
                left.append(tuple(piece for piece in pieces if piece.kind != ADDED))
                right.append(tuple(piece for piece in pieces if piece.kind != REMOVED))
        else:
            left += [(Piece(REMOVED, text),) for text in gone]
            right += [(Piece(ADDED, text),) for text in come]
    return Difference(tuple(left), tuple(right))
