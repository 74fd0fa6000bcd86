"""Shows where a record names an infrastructure: the words before and after, with the mentions marked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

AROUND = 160  # characters shown before and after a mention


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and the infrastructures that it names: none for the words around."""

    text: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A part of a field around one or more mentions; text that is left out before or after it is told."""

    field: str
    pieces: tuple[Piece, ...]
    is_cut_before: bool
    is_cut_after: bool


def passages(record: Mapping[str, Any], mentions: Sequence[Mapping[str, Any]]) -> list[Passage]:
    """Return the passages of a record (row of award_record) around its mentions (rows of mention, with `name`)."""
    found: list[Passage] = []
    for field in ("title", "recipient_name", "description"):
        own = [mention for mention in mentions if mention["field"] == field]
        text = record[field] or ""
        found += [_passage(field, text, window, own) for window in _windows(len(text), own)]
    return found


def _windows(length: int, mentions: Iterable[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Return the stretches to show; those that touch are one."""
    windows: list[tuple[int, int]] = []
    for mention in sorted(mentions, key=lambda m: m["start"]):
        start, end = max(0, mention["start"] - AROUND), min(length, mention["end"] + AROUND)
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], max(end, windows[-1][1])
        else:
            windows.append((start, end))
    return windows


def _passage(field: str, text: str, window: tuple[int, int], mentions: Sequence[Mapping[str, Any]]) -> Passage:
    start, end = _at_words(text, window, mentions)
    edges = {edge for mention in mentions for edge in (mention["start"], mention["end"]) if start < edge < end}
    cuts = sorted({start, end} | edges)
    pieces = []
    for begin, stop in pairwise(cuts):
        names = {m["name"] for m in mentions if m["start"] <= begin and stop <= m["end"]}
        pieces.append(Piece(text[begin:stop], tuple(sorted(names))))
    return Passage(field, tuple(pieces), start > 0, end < len(text))


def _at_words(text: str, window: tuple[int, int], mentions: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """Move the edges of a window inwards to blanks, so that no word is cut, but never into a mention."""
    start, end = window
    inside = [m for m in mentions if start <= m["start"] and m["end"] <= end]
    first, last = min(m["start"] for m in inside), max(m["end"] for m in inside)
    blank = text.find(" ", start, first)
    if start > 0 and blank >= 0:
        start = blank + 1
    blank = text.rfind(" ", last, end)
    if end < len(text) and blank >= 0:
        end = blank
    return start, end
