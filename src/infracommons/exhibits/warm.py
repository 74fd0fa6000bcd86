"""Asks and draws every exhibit of a release once, so that the first readers of its pages do not wait."""

from infracommons.exhibits.draw import render
from infracommons.exhibits.registry import exhibit, exhibit_kinds
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release


def warm_exhibits(release: Release | None) -> None:
    """Have the drawing engine ready, then every exhibit without filters; of no release, the engine alone."""
    render.warm()
    if release is None:
        return
    for name in exhibit_kinds():
        shown = exhibit(release, name, AwardFilters())
        if shown.is_drawn:
            render.svg(shown, "page", "wide")
            render.svg(shown, "page", "narrow")
