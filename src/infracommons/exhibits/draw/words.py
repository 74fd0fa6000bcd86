"""Says how much room words take beside bars, near enough: to let the engine measure them means to draw twice."""

from collections.abc import Iterator, Mapping
from typing import Any

_SIZE = 13  # pixels of the text of drawings
_BESIDE = 14  # pixels between an axis or a mark and its words, on both sides
# Widths of letters of a sans-serif face, in parts of its size.
_SLIM, _BROAD = frozenset("ijlft.,:;'|!I()[] "), frozenset("mwMW@%")
_WIDTH, _SLIM_WIDTH, _CAPITAL_WIDTH, _BROAD_WIDTH = 0.56, 0.28, 0.7, 0.86
_NAMES = {"nominal", "ordinal"}

Spec = Mapping[str, Any]


def pixels(text: str) -> float:
    """Return about how wide a text is drawn."""
    return sum(map(_letter, text)) * _SIZE


def room_for_bars(spec: Spec, width: int, letters: int) -> float | None:
    """Return how long the longest bar of a view may be, so that the words behind each bar end within `width` pixels.

    Names before the bars stand in lines of at most so many `letters`. None where no words stand behind marks.
    """
    parts = [part for part in (spec, *spec.get("layer", ())) if _mark(part) == "text"]
    if not parts:
        return None
    ends = [end for part in parts for end in _ends(spec, part)]
    left = width - _names(spec, letters)
    return min(((left - words) / length for length, words in ends if length > 0), default=float(left))


def _ends(spec: Spec, part: Spec) -> Iterator[tuple[float, float]]:
    """Yield, for each row, where its words begin in parts of the longest bar, and their width."""
    encoding = {**spec.get("encoding", {}), **part.get("encoding", {})}
    x, text = encoding.get("x", {}).get("field"), encoding.get("text", {}).get("field")
    rows = spec.get("data", {}).get("values", ())
    lengths = [row.get(x) if isinstance(row.get(x), int | float) else 0 for row in rows]
    most = max(lengths, default=0)
    for row, length in zip(rows, lengths, strict=True):
        yield (length / most if most > 0 else 0), pixels(str(row.get(text, ""))) + _BESIDE


def _names(spec: Spec, letters: int) -> float:
    """Return the width of the longest line of names before the bars."""
    y = spec.get("encoding", {}).get("y") or {}
    if y.get("type") not in _NAMES or y.get("axis", {}) is None:
        return 0
    names = [str(row.get(y.get("field"), "")) for row in spec.get("data", {}).get("values", ())]
    return max((pixels(name[:letters]) for name in names), default=0) + _BESIDE


def _letter(letter: str) -> float:
    if letter in _SLIM:
        return _SLIM_WIDTH
    if letter in _BROAD:
        return _BROAD_WIDTH
    return _CAPITAL_WIDTH if letter.isupper() else _WIDTH


def _mark(part: Spec) -> str:
    mark = part.get("mark", "")
    return str(mark.get("type") if isinstance(mark, Mapping) else mark)
