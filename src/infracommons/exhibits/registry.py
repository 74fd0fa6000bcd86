"""Finds the exhibits there are, and answers each question once for a release and its filters."""

import pkgutil
from functools import cache
from importlib import import_module

from infracommons.exhibits import kinds
from infracommons.exhibits.exhibit import CHAPTERS, Exhibit, ExhibitKind
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.kept import Kept
from infracommons.insights.release import Release, once_a_release

_MOST_CELLS = 1_500_000  # of all answers that are kept; a large one has 10,000 rows of eight


def _cells(shown: Exhibit) -> int:
    width = len(shown.rows[0]) if shown.rows else 0
    return 1 + width * (len(shown.rows) + len(shown.drawn or ()))


@cache
def exhibit_kinds() -> dict[str, ExhibitKind]:
    """Return every kind by name, in the order of chapters; each module of `kinds` has one or more in KINDS."""
    found = [
        kind
        for module in pkgutil.iter_modules(kinds.__path__)
        for kind in import_module(f"{kinds.__name__}.{module.name}").KINDS
    ]
    chapters = list(CHAPTERS)
    found.sort(key=lambda kind: (chapters.index(kind.chapter), kind.order, kind.name))
    return {kind.name: kind for kind in found}


def exhibit(release: Release, name: str, filters: AwardFilters) -> Exhibit:
    """Return an exhibit; KeyError where there is none of that name. Page and order of lists make no difference."""
    asked = filters.narrowed(sort=AwardFilters().sort)
    kind = exhibit_kinds()[name]
    # A release never changes, so neither does an answer.
    return _answers(release).get((name, asked), lambda: kind.ask(release, asked))


@once_a_release
def _answers(_release: Release) -> Kept[Exhibit]:
    return Kept(_MOST_CELLS, _cells)
