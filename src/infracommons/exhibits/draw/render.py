"""Turns an exhibit's drawing into a whole Vega-Lite specification, an SVG or a PNG."""

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

import vl_convert

from infracommons.exhibits.draw.compact import compact
from infracommons.exhibits.draw.inside import png_pixels, png_that_says, svg_that_says
from infracommons.exhibits.draw.labels import with_labels
from infracommons.exhibits.draw.size import drawn_width, sized
from infracommons.exhibits.draw.theme import CONFIG, NARROW_CONFIG, Theme, themed
from infracommons.exhibits.exhibit import Exhibit
from infracommons.insights.kept import Kept

Size = Literal["wide", "narrow"]
WIDTHS: dict[Size, int] = {"wide": 720, "narrow": 320}  # pixels of the whole drawing; narrow fits a telephone
_LETTERS: dict[Size, int] = {"wide": 36, "narrow": 19}  # of a line of a label beside an axis
_VERSION = "6.4"
_SCALE = 2.0
_KEPT_BYTES = 24_000_000
_kept_svg: Kept[str] = Kept(_KEPT_BYTES, len)
_kept_png: Kept[bytes] = Kept(_KEPT_BYTES, len)


def vega_lite(shown: Exhibit, theme: Theme = "file", size: Size = "wide", address: str = "") -> dict[str, Any]:
    """Return the whole specification, data and theme inside; it says its `address` where that is given.

    Only for exhibits with a drawing.
    """
    values = [{name: _plain(value) for name, value in row.items()} for row in shown.drawn_rows]
    config = {**CONFIG, **(NARROW_CONFIG if size == "narrow" else {})}
    drawing = with_labels(shown.drawing or {}, values, _LETTERS[size])
    whole: dict[str, Any] = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": f"{shown.title}. {shown.sentence}",
        "usermeta": {"release": shown.made.release_id, "exhibit": shown.name}
        | ({"address": address} if address else {}),
        "data": {"values": values},
        "config": config,
        **drawing,
    }
    return sized(themed(whole, theme), WIDTHS[size], _LETTERS[size], lambda spec: _width(_key(spec)))


def svg(shown: Exhibit, theme: Theme = "page", size: Size = "wide") -> str:
    """Return the drawing as SVG; on pages its colours are the style sheet's variables."""
    spec = _key(vega_lite(shown, theme, size))
    return _kept_svg.get(spec, lambda: compact(_drawn(spec)) if theme == "page" else _drawn(spec))


def svg_file(shown: Exhibit, address: str) -> str:
    """Return the drawing as an SVG file that says its finding, release and address."""
    return svg_that_says(svg(shown, "file"), shown.title, shown.sentence, f"Release {shown.made.release_id}, {address}")


def png(shown: Exhibit) -> bytes:
    """Return the drawing as PNG, at two pixels a point."""
    drawn = svg(shown, "file")
    return _kept_png.get(drawn, lambda: vl_convert.svg_to_png(drawn, scale=_SCALE))


def png_file(shown: Exhibit, address: str) -> bytes:
    """Return the drawing as a PNG file that says its finding, release and address."""
    said = {"Title": shown.title, "Description": shown.sentence, "Source": f"{shown.made.release_id}, {address}"}
    return png_that_says(png(shown), said)


def png_size(shown: Exhibit) -> tuple[int, int]:
    """Return width and height of the PNG in pixels."""
    return png_pixels(png(shown))


def warm() -> None:
    """Start the engine, so that the first reader does not wait for it."""
    encoding = {"x": {"field": "a", "type": "quantitative"}}
    vl_convert.svg_to_png(_drawn(_key({"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": encoding})))


def _key(spec: dict[str, Any]) -> str:
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=512)
def _width(spec: str) -> float:
    return drawn_width(_drawn(spec))


def _drawn(spec: str) -> str:
    return vl_convert.vegalite_to_svg(spec, vl_version=_VERSION)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell of a table
    """Return a value as JSON has it; a drawing needs no more digits than a float has."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
