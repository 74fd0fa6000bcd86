"""Where a reader is in a list of a release: so many rows behind them, of this release and no other."""

from django.http import HttpRequest

from infracommons.web.catalogue.api.cursors import CURSOR, opened
from infracommons.web.catalogue.api.parameters import AskedPage
from infracommons.web.catalogue.api.problems import ParameterProblem, bad_values
from infracommons.web.catalogue.search.filters import shown
from infracommons.web.funding.api.state import release_of


def start_of(request: HttpRequest, asked: AskedPage) -> int:
    """Return how many rows come before the page asked for.

    Raises ApiProblem (400) for a cursor of another release: its list may have other rows, and none must be missed.
    """
    if not asked.cursor:
        return 0
    release_id, start = opened(request, asked.cursor)
    if release_id != release_of(request).release_id:
        message = f"This cursor is of release {release_id}, which is not current any more. Leave it out to start anew."
        raise bad_values([ParameterProblem(CURSOR, shown(asked.cursor), message)])
    return int(start)


def place_after(request: HttpRequest, start: int, rows: int, total: int) -> list[object] | None:
    """Return the place at which the next page begins; None on the last."""
    end = start + rows
    return [release_of(request).release_id, end] if end < total else None
