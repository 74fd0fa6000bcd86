import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.exhibits.drawn import EVIL, LONG, named

from infracommons.exhibits.draw.compact import compact
from infracommons.exhibits.draw.render import WIDTHS, Size, png, png_file, png_size, svg, svg_file, vega_lite
from infracommons.exhibits.draw.size import drawn_width
from infracommons.exhibits.draw.theme import LIGHT
from infracommons.exhibits.exhibit import Exhibit
from infracommons.exhibits.registry import exhibit, exhibit_kinds
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release

STYLE = Path(__file__).parents[2] / "src/infracommons/web/shared/static/shared/style.css"
PLACES = st.integers(-9999, 9999).map(lambda number: number / 10)
Point = tuple[float, float]
SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 60_000
# A token, or part of one on paper.
COLOUR = re.compile(r"var\(--([a-z-]+)\)|color-mix\(in srgb, var\(--([a-z]+)\) \d+%, var\(--paper\)\)|transparent")


def texts(drawn: str) -> list[str]:
    root = etree.fromstring(drawn.encode())
    return [" ".join(str(part).strip() for part in text.itertext()) for text in root.iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def every_drawn(release: Release) -> list[Exhibit]:
    found = [exhibit(release, name, AwardFilters(decision="any")) for name in exhibit_kinds()]
    return [one for one in found if one.is_drawn]


def test_every_drawing_fits_its_width_and_is_short(every_drawn: list[Exhibit]) -> None:
    assert len(every_drawn) > 3
    for one in every_drawn:
        for size, width in WIDTHS.items():
            drawn = svg(one, "page", size)
            steps = isinstance((one.drawing or {}).get("width"), dict)
            assert steps or drawn_width(drawn) <= 1.2 * width, (one.name, size)
            assert len(drawn.encode()) < MOST_BYTES, (one.name, size)


def test_a_drawing_for_pages_has_no_style_or_script_and_colours_only_by_the_tokens(every_drawn: list[Exhibit]) -> None:
    tokens = set(re.findall(r"--([a-z-]+):", STYLE.read_text("utf-8")))
    for one in every_drawn:
        root = etree.fromstring(svg(one).encode())
        for element in root.iter():
            assert element.tag not in {f"{SVG}script", f"{SVG}style", f"{SVG}a", f"{SVG}image"}
            for name, value in element.attrib.items():
                assert name != "style"
                assert not str(name).startswith("on")
                if name in {"fill", "stroke"} and value != "none":
                    found = COLOUR.fullmatch(str(value))
                    assert found, (one.name, value)
                    assert {found[1], found[2]} <= {*tokens, None}


def test_the_colours_of_files_are_those_of_the_light_pages() -> None:
    light = re.findall(r":root \{(.*?)\}", STYLE.read_text("utf-8"), re.DOTALL)[0]
    said = dict(re.findall(r"--([a-z]+): (#[0-9a-f]+);", light))
    assert {name: said[name] for name in LIGHT} == LIGHT


@pytest.mark.parametrize("size", WIDTHS)
def test_a_long_name_is_broken_into_lines_that_neither_overlap_nor_lose_a_word(size: Size) -> None:
    drawn = svg(named(LONG, "Arcadia", LONG[:60], "Wellcome"), "page", size)
    assert LONG in [re.sub(" +", " ", text) for text in texts(drawn)]
    assert "…" not in drawn
    root = etree.fromstring(drawn.encode())
    places: list[tuple[float, float]] = []
    for text in root.iter(f"{SVG}text"):
        if text.get("text-anchor") == "end":
            lines = [float(line.get("dy") or 0) for line in text.iter(f"{SVG}tspan")] or [0.0]
            x_and_y = [float(n) for n in re.findall(r"-?[\d.]+", str(text.get("transform")))]
            places.append((x_and_y[1], x_and_y[1] + sum(lines)))
    places.sort()
    assert len(places) == 4
    assert all(below[0] - above[1] >= 13 for above, below in pairwise(places)), places


@pytest.mark.parametrize("theme", ["page", "file"])
def test_what_data_says_stays_text(theme: str) -> None:
    drawn = svg(named(EVIL, "a"), theme)  # type: ignore[arg-type]  # the two themes
    assert "<script" not in drawn
    assert "<style" not in drawn
    assert re.sub(" +", " ", EVIL) in " ".join(texts(drawn))


def test_a_name_that_begins_like_a_token_is_drawn_as_it_is() -> None:
    for theme in ("page", "file"):
        assert "token:ring network" in texts(svg(named("token:ring network", "b"), theme))


def test_the_short_form_keeps_every_text_and_every_mark() -> None:
    one = named("Arcadia", "Wellcome", LONG)
    long = svg(one, "file")
    short = compact(long)
    assert len(short) < 0.7 * len(long)
    assert texts(short) == texts(long)
    bars = [
        sum(path.get("fill") == "#0b5563" for path in etree.fromstring(drawn.encode()).iter(f"{SVG}path"))
        for drawn in (long, short)
    ]
    assert bars == [3, 3]


@given(st.lists(st.lists(st.tuples(PLACES, PLACES), min_size=2, max_size=8), min_size=1, max_size=4))
def test_a_path_by_steps_goes_through_the_same_points_to_a_tenth_of_a_pixel(lines: list[list[Point]]) -> None:
    path = "".join("M" + "L".join(f"{x},{y}" for x, y in line) + "Z" for line in lines)
    short = compact(f'<svg xmlns="http://www.w3.org/2000/svg"><path fill="red" d="{path}"/></svg>')
    walked = walk(re.findall(r' d="([^"]*)"', short)[0])
    assert len(walked) == len(lines)
    for found, line in zip(walked, lines, strict=True):
        points = [(round(x * 10), round(y * 10)) for x, y in line]
        # A step to where one is already is not taken, but for the first.
        kept = [here for n, here in enumerate(points) if n < 2 or here != points[n - 1]]
        assert found == kept


def walk(path: str) -> list[list[tuple[int, int]]]:
    """Return the points of each line of a path of M, l and Z, in tenths."""
    lines = []
    for line in path.removesuffix("Z").split("Z"):
        start, _, steps = line.removeprefix("M").partition("l")
        numbers = [[round(float(n) * 10) for n in re.findall(r"-?[\d.]+", part)] for part in (start, steps)]
        x, y = numbers[0]
        points = [(x, y)]
        for step_x, step_y in zip(numbers[1][::2], numbers[1][1::2], strict=True):
            x, y = x + step_x, y + step_y
            points.append((x, y))
        lines.append(points)
    return lines


def test_files_say_their_finding_release_and_address() -> None:
    one = named("Arcadia")
    said = svg_file(one, "https://example.org/funding/charts/named/?rule=full&q=a")
    root = etree.fromstring(said.encode())
    assert root.findtext(f"{SVG}title") == one.title
    assert root.findtext(f"{SVG}desc") == one.sentence
    assert root.findtext(f"{SVG}metadata") == (
        f"Release {one.made.release_id}, https://example.org/funding/charts/named/?rule=full&q=a"
    )
    picture = png_file(one, "https://example.org/ä")
    assert picture.startswith(png(one)[:33])
    assert f"Source\0\0\0\0\0{one.made.release_id}, https://example.org/ä".encode() in picture
    assert png_size(one) == tuple(2 * side for side in _sides(svg(one, "file")))
    whole = vega_lite(one, address="https://example.org/")
    assert whole["usermeta"] == {
        "release": one.made.release_id,
        "exhibit": "named",
        "address": "https://example.org/",
    }
    assert "token:" not in json.dumps(whole)


def _sides(drawn: str) -> list[int]:
    root = etree.fromstring(drawn.encode())
    return [int(str(root.get(side))) for side in ("width", "height")]
