"""A map of the world with countries shaded by class, its legend, and in words what no map can show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from infracommons.exhibits.classes import breaks, class_of, class_words
from infracommons.exhibits.exhibit import Column, Drawing, Exhibit
from infracommons.exhibits.findings import first_upper
from infracommons.exhibits.shapes import is_dot, shapes
from infracommons.insights.award_filters import UNKNOWN
from infracommons.insights.release import Row

CODE = Column("country", "ISO code")
BORDERS = (
    "Borders are those of Natural Earth, simplified; no position on them is taken. Kosovo, Northern Cyprus and "
    "Somaliland have no code in ISO 3166-1 and are drawn without data."
)
READING = "The stronger the colour, the more; a dot is a country too small to be drawn as it is."
_PALEST = 28  # per cent of the accent in the lowest class


@dataclass(frozen=True)
class Shading:
    """How a map is shaded: by which column, what the legend calls it, and what else it says.

    `none` is what countries without a row are called, `zero` those whose row has nothing above zero. `told` says of a
    row that no map can show what is in it.
    """

    value: str
    legend: str
    none: str
    zero: str
    told: Callable[[Row], str]
    whole: bool = False


def on_map(shown: Exhibit, shading: Shading) -> Exhibit:
    """Return an exhibit of rows by `country` (ISO 3166-1 alpha-2, or what stands in its place) with its map.

    What no map can show is told beside it; that the country is unknown is for the sentence.
    """
    drawable = {shape["properties"]["code"] for shape in shapes()}
    by_code = {row["country"]: row for row in shown.rows}
    starts = breaks([row[shading.value] for code, row in by_code.items() if code in drawable])
    words = [first_upper(word) for word in class_words(starts, whole=shading.whole)]
    drawn = [
        {**shape, "name": row and row["name"], "class": _class(row, shading, starts, words)}
        for shape in shapes()
        if (row := by_code.get(shape["properties"]["code"])) or not is_dot(shape)
    ]
    others = [word for word in (shading.zero, shading.none) if any(one["class"] == word for one in drawn)]
    off = [f"{row['name']} ({shading.told(row)})" for code, row in by_code.items() if code not in {*drawable, UNKNOWN}]
    return replace(
        shown,
        reading=READING,
        drawing=_drawing(words, list(dict.fromkeys(others)), shading),
        drawn=drawn,
        drawn_note=f"Not on the map: {'; '.join(off)}." if off else "",
    )


def _class(row: Row | None, shading: Shading, starts: Sequence[Decimal], words: Sequence[str]) -> str:
    if row is None:
        return shading.none
    amount = row[shading.value]
    return words[class_of(amount, starts)] if amount > 0 else shading.zero


def _drawing(words: Sequence[str], others: Sequence[str], shading: Shading) -> Drawing:
    step = (100 - _PALEST) // max(1, len(words) - 1)
    shades = [f"token:accent {100 - step * place}" for place in reversed(range(len(words)))]
    colours = {shading.zero: "token:unknown 45", shading.none: "token:sheet"}
    return {
        "projection": {"type": "equalEarth", "pointRadius": 3},
        "mark": {"type": "geoshape", "stroke": "token:edge 70", "strokeWidth": 0.5},
        "encoding": {
            "color": {
                "field": "class",
                "type": "ordinal",
                "scale": {"domain": [*words, *others], "range": [*shades, *(colours[word] for word in others)]},
                "legend": {"title": shading.legend, "columns": {"expr": "width < 400 ? 2 : 3"}, "symbolType": "square"},
            }
        },
    }
