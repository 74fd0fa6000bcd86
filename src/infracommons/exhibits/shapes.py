"""Reads `definitions/geography/`: where each country is on a map, by its ISO 3166-1 code."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from infracommons.exhibits.definitions import definitions

Shape = Mapping[str, Any]  # a GeoJSON feature


def shapes() -> tuple[Shape, ...]:
    """Return the features of the map, polygons before points; property `code` is None for land without a code."""
    return _read(definitions() / "geography" / "countries.geojson")


def is_dot(shape: Shape) -> bool:
    """Tell whether a country is too small to be drawn as it is."""
    return bool(shape["geometry"]["type"] == "Point")


@cache
def _read(path: Path) -> tuple[Shape, ...]:
    return tuple(json.loads(path.read_text("utf-8"))["features"])
