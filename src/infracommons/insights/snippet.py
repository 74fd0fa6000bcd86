"""Cuts the part of a text around words that were found, with the words marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from infracommons.vocabulary.folding import Token

_BEFORE, _LONGEST = 60, 180  # characters of a snippet
_ELLIPSIS = "…"
Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A part of a snippet."""

    text: str
    is_marked: bool = False


def together(here: Sequence[Token], wanted: Sequence[str]) -> list[Span]:
    """Return where these words stand side by side."""
    size = len(wanted)
    places = (place for place in range(len(here) - size + 1) if size and _stand_at(here, place, wanted))
    return [(here[place].start, here[place + size - 1].end) for place in places]


def _stand_at(here: Sequence[Token], place: int, wanted: Sequence[str]) -> bool:
    return all(here[place + offset].text == word for offset, word in enumerate(wanted))


def marked(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Return a whole text, with every span in it marked."""
    return tuple(piece for piece in _cut(text, _merged(spans), (0, len(text))) if piece.text)


def snippet(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Return the part of a text around its first marked span, cut between words, with every span in it marked."""
    merged = _merged(spans)
    first, last = _window(text, merged[0][0] if merged else 0)
    pieces = [Piece(_ELLIPSIS)] if first else []
    pieces += [*_cut(text, merged, (first, last)), Piece(_ELLIPSIS if last < len(text) else "")]
    return tuple(piece for piece in pieces if piece.text)


def _cut(text: str, merged: Iterable[Span], window: Span) -> Iterator[Piece]:
    at, last = window
    for start, end in merged:
        if start >= at and end <= last:
            yield from (Piece(text[at:start]), Piece(text[start:end], is_marked=True))
            at = end
    yield Piece(text[at:last])


def _window(text: str, start: int) -> Span:
    """Return where a snippet begins and ends; blanks are the only places to cut, where there are any."""
    first = 0
    if start > _BEFORE:
        blank = text.find(" ", start - _BEFORE, start)
        first = blank + 1 if blank >= 0 else start
    last = min(first + _LONGEST, len(text))
    if last < len(text):
        blank = text.rfind(" ", start + 1, last)
        last = blank if blank > start else last
    return first, last


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
