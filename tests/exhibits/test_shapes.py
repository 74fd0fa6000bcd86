"""The shapes of countries: every code is real and stands once, and every shape can be drawn."""

from itertools import pairwise
from pathlib import Path

import pycountry

from infracommons.exhibits.shapes import is_dot, shapes

FILE = Path(__file__).parents[2] / "definitions/geography/countries.geojson"
NOT_DRAWN = {"AQ", "UM"}
WITHOUT_CODE = {"Kosovo", "N. Cyprus", "Somaliland"}
Ring = list[list[float]]


def rings() -> list[tuple[str, Ring]]:
    found = []
    for shape in shapes():
        geometry = shape["geometry"]
        polygons = {"Polygon": [geometry["coordinates"]], "Point": []}.get(geometry["type"], geometry["coordinates"])
        found += [(shape["properties"]["code"], polygon[0]) for polygon in polygons]
    return found


def test_every_country_of_iso_3166_is_there_once_but_those_that_the_readme_names() -> None:
    codes = [shape["properties"]["code"] for shape in shapes() if shape["properties"]["code"]]
    assert sorted(codes) == sorted({country.alpha_2 for country in pycountry.countries} - NOT_DRAWN)
    nameless = {shape["properties"]["name"] for shape in shapes() if shape["properties"]["code"] is None}
    assert nameless == WITHOUT_CODE
    readme = FILE.with_name("README.md").read_text("utf-8")
    assert all(word in readme for word in ("(AQ)", "(UM)", "Kosovo", "Northern Cyprus", "Somaliland", "public domain"))


def test_dots_are_drawn_last_so_that_no_land_covers_them() -> None:
    dots = [is_dot(shape) for shape in shapes()]
    assert dots == sorted(dots)
    assert 50 < sum(dots) < 100


def test_rings_are_closed_on_the_globe_and_turn_as_the_drawing_engine_expects() -> None:
    for code, ring in rings():
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)
        # The other way round, a country would be the whole globe but itself.
        assert sum(_east(a[0], ring) * b[1] - _east(b[0], ring) * a[1] for a, b in pairwise(ring)) < 0, code


def _east(longitude: float, ring: Ring) -> float:
    """Return a longitude of a ring over the edge of the map, where it goes from 180 to -180, as if it went on."""
    goes_over = any(abs(a[0] - b[0]) > 180 for a, b in pairwise(ring))
    return longitude + 360 if goes_over and longitude < 0 else longitude


def test_the_file_is_small() -> None:
    assert FILE.stat().st_size < 100_000
