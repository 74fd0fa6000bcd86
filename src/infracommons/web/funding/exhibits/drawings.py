"""Draws the charts of a page side by side while the page's other questions are asked."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from django.utils.safestring import SafeString, mark_safe

from infracommons.exhibits.draw.render import WIDTHS, Size, svg
from infracommons.exhibits.draw.size import drawn_width
from infracommons.exhibits.exhibit import Exhibit

_DRAWERS = 2  # as many as draw at once; more would only wait for one another
_SCALED = 1.2  # times its room that a drawing may be wide and is still read when it is made smaller


@dataclass(frozen=True)
class Drawing:
    """One drawing of an exhibit, as SVG; `scrolls` where it is much wider than its room."""

    size: Size
    svg: SafeString
    scrolls: bool


class Begun:
    """A drawing that is being made."""

    def __init__(self, shown: Exhibit, size: Size) -> None:
        """Begin to draw, behind the drawings that were begun before."""
        self.size = size
        self._drawn: Future[str] = _drawers().submit(svg, shown, "page", size)

    def finished(self) -> Drawing:
        """Return the drawing; waits for it."""
        drawn = self._drawn.result()
        # Drawn here: the engine escapes all text that comes from data.
        return Drawing(self.size, mark_safe(drawn), drawn_width(drawn) > _SCALED * WIDTHS[self.size])  # noqa: S308


@cache
def _drawers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_DRAWERS, thread_name_prefix="draw")
