"""The drawings of a document in the forms that the writers put in."""

import re

import vl_convert

from infracommons.exhibits.draw.render import svg
from infracommons.exhibits.draw.theme import FONT, LIGHT, unmixed
from infracommons.exhibits.exhibit import Exhibit

_TOKEN = re.compile(r"var\(--([a-z-]+)\)")
_SIZE = re.compile(r' (width|height)="([0-9.]+)"')
_BOX = re.compile(r'width="[0-9.]+" height="[0-9.]+" viewBox="0 0 [0-9.]+ [0-9.]+"')
_EDGE = 6  # pixels left free on both sides
_NAMED = re.compile(r'( id="|url\(#|xlink:href="#| href="#)')
_SCALE = 2.0  # of pictures that are printed: 200 dots an inch and more


def inline(shown: Exhibit, mark: str) -> str:
    """Return the drawing as SVG for HTML, in the colours of the page; ids begin with `mark`."""
    return _NAMED.sub(rf"\g<1>{mark}-", svg(shown, "page"))


def printed(shown: Exhibit, font: str = FONT) -> str:
    """Return the drawing as SVG in light colours on no background."""
    words = {**LIGHT, "figures": font}
    drawn = _TOKEN.sub(lambda found: words[found[1]], unmixed(svg(shown, "page")))
    width, height = size(drawn)
    wide = width + 2 * _EDGE
    # Letters are measured before they are set; a name that came out wider is not cut off at the edge.
    return _BOX.sub(f'width="{wide:g}" height="{height:g}" viewBox="{-_EDGE} 0 {wide:g} {height:g}"', drawn, count=1)


def size(drawn: str) -> tuple[float, float]:
    """Return width and height of an SVG, in pixels."""
    said = dict(_SIZE.findall(drawn[: drawn.index(">")]))
    return float(said["width"]), float(said["height"])


def as_png(shown: Exhibit) -> bytes:
    """Return the drawing as PNG on white."""
    return vl_convert.svg_to_png(_on_white(printed(shown)), scale=_SCALE)


def _on_white(drawn: str) -> str:
    """Return an SVG with a white ground: readers that show it on black would hide its words."""
    end = drawn.index(">") + 1
    return f'{drawn[:end]}<rect width="100%" height="100%" fill="#ffffff"/>{drawn[end:]}'
