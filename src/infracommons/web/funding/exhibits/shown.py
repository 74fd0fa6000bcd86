"""Prepares one exhibit for a page: drawing, table, files, embed, and how its numbers are made."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from infracommons.exhibits.draw.render import WIDTHS
from infracommons.exhibits.exhibit import Exhibit
from infracommons.exhibits.registry import exhibit
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.paging import ROWS_A_PAGE
from infracommons.insights.release import Release
from infracommons.web.funding.exhibits.addresses import Link, chart_address, embed_snippet, file_links
from infracommons.web.funding.exhibits.cells import Head, Line, heads, lines
from infracommons.web.funding.exhibits.drawings import Begun, Drawing
from infracommons.web.funding.exhibits.made_panel import MadePanel, made_panel
from infracommons.web.funding.exhibits.prose import Piece, pieces


@dataclass(frozen=True)
class Shown:
    """An exhibit as `funding/exhibit.html` shows it; `level` is that of its heading, 1 to 4."""

    exhibit: Exhibit
    level: int
    id: str
    address: str
    sentence: list[Piece]
    heads: list[Head]
    lines: list[Line]
    has_links: bool  # a last column leads to the awards of each row
    files: list[Link]
    pictures: list[Link]
    snippet: str
    made: MadePanel
    begun: list[Begun]

    @cached_property
    def drawings(self) -> list[Drawing]:
        """The drawing in each width; none where nothing is drawn."""
        return [one.finished() for one in self.begun]

    @property
    def rows_total(self) -> int:
        """How many rows the table has in all."""
        return len(self.exhibit.rows)

    @property
    def is_cut(self) -> bool:
        """Whether the table goes on on the exhibit's own page."""
        return len(self.lines) < self.rows_total


def shown(
    at: HttpRequest | str, release: Release, name: str, filters: AwardFilters, *, level: int = 2, page: int = 1
) -> Shown:
    """Return an exhibit ready to be shown; KeyError where there is none of that name.

    `at` is the request, or the address of the site without a slash at the end, for the snippet to embed. Drawing begins
    at once in the background, so ask for all exhibits of a page before it is rendered.
    """
    found = exhibit(release, name, filters)
    plain = filters.narrowed(sort=AwardFilters().sort)
    start = (page - 1) * ROWS_A_PAGE
    table = lines(found, found.rows[start : start + ROWS_A_PAGE])
    site = at if isinstance(at, str) else at.build_absolute_uri("/").rstrip("/")
    files, pictures = file_links(found, plain)
    return Shown(
        found,
        level,
        f"exhibit-{name}",
        chart_address(name, plain),
        pieces(found),
        heads(found.columns),
        table,
        any(line.href for line in table),
        files,
        pictures,
        embed_snippet(site, found, plain),
        made_panel(found.made, plain),
        [Begun(found, size) for size in WIDTHS] if found.is_drawn else [],
    )
