"""Bars from zero, each with its name before and its amount behind it: the drawing of most ranked rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from infracommons.exhibits.exhibit import Drawing
from infracommons.insights.release import Row
from infracommons.vocabulary.figures import rounded

MOST_DRAWN = 20
ACCENT, QUIET, UNKNOWN = "token:accent", "token:edge", "token:unknown"


@dataclass(frozen=True)
class Bars:
    """A drawing, the rows that it draws, and what it says where these are not all rows."""

    drawing: Drawing
    drawn: list[Row]
    drawn_note: str


def amount(row: Row) -> str:
    """Return a row's dollars in words without the currency, which the heading says."""
    return rounded(row["counted_usd"], "").strip()


def bars(
    rows: Sequence[Row],
    name: Callable[[Row], str],
    *,
    value: str = "counted_usd",
    words: Callable[[Row], str] = amount,
    colour: Callable[[Row], str] = lambda _row: ACCENT,
    nouns: str = "rows",
) -> Bars:
    """Return bars for the first rows, in their order; `words` stand behind each bar, `nouns` say what rows are."""
    shown = list(rows[:MOST_DRAWN])
    drawn = [
        row | {"drawn_name": label, "drawn_words": words(row), "drawn_colour": colour(row)}
        for row, label in zip(shown, _apart([name(row) for row in shown]), strict=True)
    ]
    note = f"The {len(shown)} largest of {len(rows):,} {nouns} are drawn." if len(shown) < len(rows) else ""
    return Bars(_drawing(value), drawn, note)


def _drawing(value: str) -> dict[str, Any]:
    # The value axis is left out: each bar says its own.
    length = {"field": value, "type": "quantitative", "axis": None, "scale": {"zero": True, "nice": False}}
    return {
        "height": {"step": 26},
        "encoding": {
            "y": {
                "field": "drawn_name",
                "type": "nominal",
                "sort": None,
                "axis": {"title": None, "ticks": False, "domain": False, "labelPadding": 6},
            },
            "x": length,
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.7}},
                "encoding": {"color": {"field": "drawn_colour", "type": "nominal", "scale": None}},
            },
            {
                "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 5},
                "encoding": {"text": {"field": "drawn_words", "type": "nominal"}},
            },
        ],
    }


def _apart(names: Sequence[str]) -> list[str]:
    """Return the names so that no two are the same: bars of one name would be drawn on each other."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return told
