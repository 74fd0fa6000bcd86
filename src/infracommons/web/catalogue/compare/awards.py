"""The rows of a comparison that come from the current release: awards found, and what they add up to."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse

from infracommons.insights import totals
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.infrastructures import infrastructures
from infracommons.insights.query_string import to_query
from infracommons.insights.release import Release
from infracommons.vocabulary.counting import rule_words
from infracommons.vocabulary.figures import UNKNOWN, count, counted, figure
from infracommons.web.catalogue.compare.cells import EMPTY, NOT_KNOWN, Cell, Piece
from infracommons.web.catalogue.models import FormerSlug, Infrastructure

# Words for the rule that AwardFilters counts by unless told otherwise; the funding pages have the other rules.
RULE_WORDS = rule_words(AwardFilters().rule)
_LABELS = {
    "awards": ("Awards found", "Awards of the release that support it, with or without a known amount."),
    "counted_usd": (
        "What they add up to, in US dollars",
        f"By {RULE_WORDS}. Amounts that are not known are in no sum.",
    ),
}


@dataclass(frozen=True)
class AwardRow:
    """One row: its code, label, meaning, and a cell for each infrastructure."""

    code: str
    label: str
    meaning: str
    cells: tuple[Cell, ...]


def award_rows(columns: tuple[Infrastructure, ...], release: Release | None) -> list[AwardRow]:
    """Return the rows; every cell is unknown where there is no release or it does not know the infrastructure."""
    found = _found(release) if release else {}
    ids = _ids_in_release(columns, found)
    rows = [found.get(ids[one.infrastructure_id]) for one in columns]
    cells = {code: tuple(_cell(code, row) for row in rows) for code in _LABELS}
    return [AwardRow(code, label, meaning, cells[code]) for code, (label, meaning) in _LABELS.items()]


def funding_query(columns: tuple[Infrastructure, ...], release: Release | None) -> str:
    """Return the query of funding pages for all of them that the release knows; empty where it knows none."""
    found = _found(release) if release else {}
    known = [one for one in _ids_in_release(columns, found).values() if one in found]
    return to_query(AwardFilters(infrastructure=tuple(known)))


@lru_cache(maxsize=1)
def _found(release: Release) -> dict[str, dict[str, Any]]:
    """Return what counts for each infrastructure of the release, by id; asked once, for it never changes."""
    counting = {row["infrastructure_id"]: row for row in totals.by_infrastructure(release, AwardFilters())}
    nothing = {"awards": 0, "counted": 0, "counted_usd": None}
    ids = [row["infrastructure_id"] for row in infrastructures(release)]
    return {one: {"infrastructure_id": one} | counting.get(one, nothing) for one in ids}


def _ids_in_release(columns: tuple[Infrastructure, ...], found: dict[str, Any]) -> dict[str, str]:
    """Return under which id the release has each: its former one where it was made before the id changed."""
    ids = {one.infrastructure_id: one.infrastructure_id for one in columns}
    missing = [one for one in columns if one.infrastructure_id not in found] if found else []
    if missing:
        former = FormerSlug.objects.filter(infrastructure__in=missing).values_list(
            "infrastructure__infrastructure_id", "slug"
        )
        ids |= {current: slug for current, slug in former if slug in found}
    return ids


def _cell(code: str, row: dict[str, Any] | None) -> Cell:
    if row is None:
        return EMPTY
    query = to_query(AwardFilters(infrastructure=(row["infrastructure_id"],)))
    address = f"{reverse('awards')}?{query}"
    if not row["awards"]:
        return _plain("none found" if code == "awards" else "no award to add up")
    if code == "awards":
        return _plain(count(row["awards"]), address)
    if not row["counted"]:
        because = f"No amount of {counted(row['awards'], 'award')} can be counted."
        return Cell((UNKNOWN,), UNKNOWN, NOT_KNOWN, because=because)
    without = row["awards"] - row["counted"]
    because = f"{counted(without, 'award')} not in the sum." if without else ""
    said = figure(row["counted_usd"])
    return Cell((said,), pieces=(Piece(said, address),), because=because)


def _plain(words: str, address: str = "") -> Cell:
    return Cell((words,), pieces=(Piece(words, address),))
