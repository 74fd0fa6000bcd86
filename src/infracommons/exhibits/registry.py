"""Finds the exhibits there are, and answers each question once for a release and its filters."""

import pkgutil
from functools import cache, lru_cache
from importlib import import_module

from infracommons.exhibits import kinds
from infracommons.exhibits.exhibit import CHAPTERS, Exhibit, ExhibitKind
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.release import Release

_KEPT = 256  # answers; a large one has 10,000 short rows


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
    plain = AwardFilters()
    return _asked(release, name, filters.narrowed(sort=plain.sort))


@lru_cache(maxsize=_KEPT)
def _asked(release: Release, name: str, filters: AwardFilters) -> Exhibit:
    # A release never changes, so neither does an answer.
    return exhibit_kinds()[name].ask(release, filters)
