"""Turns an exhibit's drawing into a whole Vega-Lite specification, an SVG or a PNG."""

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import vl_convert

from infracommons.exhibits.draw.theme import CONFIG, Theme, themed
from infracommons.exhibits.exhibit import Exhibit

WIDTH = 640  # pixels of the plot where the drawing does not say
_VERSION = "6.4"
_SCALE = 2.0
_KEPT = 256


def vega_lite(shown: Exhibit, theme: Theme = "file") -> dict[str, Any]:
    """Return the whole specification, data and theme inside; KeyError-free JSON. Only for exhibits with a drawing."""
    values = [{name: _plain(value) for name, value in row.items()} for row in shown.drawn_rows]
    whole = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": f"{shown.title}. {shown.sentence}",
        "usermeta": {"release": shown.made.release_id, "exhibit": shown.name},
        "data": {"values": values},
        "width": WIDTH,
        "config": CONFIG,
        **(shown.drawing or {}),
    }
    return themed(whole, theme)  # type: ignore[no-any-return]  # a mapping stays one


def svg(shown: Exhibit, theme: Theme = "page") -> str:
    """Return the drawing as SVG; on pages its colours are the style sheet's variables."""
    return _svg(json.dumps(vega_lite(shown, theme)))


def png(shown: Exhibit) -> bytes:
    """Return the drawing as PNG, at two pixels a point."""
    return vl_convert.svg_to_png(svg(shown, "file"), scale=_SCALE)


@lru_cache(maxsize=_KEPT)
def _svg(spec: str) -> str:
    return vl_convert.vegalite_to_svg(spec, vl_version=_VERSION)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell of a table
    """Return a value as JSON has it; a drawing needs no more digits than a float has."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
