"""The figures of the front page, each with the page that proves it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import award_total
from infracommons.vocabulary.figures import counted, exact, percent, rounded
from infracommons.web.catalogue.search.index import CatalogueIndex
from infracommons.web.shared.published import current_release

_RECENT = 6


@dataclass(frozen=True)
class Headline:
    """A figure in words, what it counts, and where its proof is; `exact` is the unrounded one, where that differs."""

    figure: str
    meaning: str
    address: str
    exact: str = ""


@dataclass(frozen=True)
class Changed:
    """A profile that changed, and the day (UTC)."""

    name: str
    address: str
    on: date


def figures(index: CatalogueIndex) -> list[Headline]:
    """Return how much is listed, how much of it has evidence, and what was awarded."""
    claimed, evidenced = index.evidence_counts
    return [
        Headline(f"{index.listed.bit_count():,}", "infrastructures listed", reverse("discover")),
        Headline(
            percent(evidenced / claimed) if claimed else "unknown",
            f"of {counted(claimed, 'value')} claimed of them come with a link to evidence",
            reverse("coverage"),
        ),
        _awards(),
    ]


def recently_changed(index: CatalogueIndex) -> list[Changed]:
    """Return the profiles that changed last."""
    latest = (index.documents[place] for place in index.orders["changed"][:_RECENT])
    return [
        Changed(one.name, reverse("profile", args=[one.infrastructure_id]), one.changed_at.date())
        for one in latest
        if one is not None
    ]


def _awards() -> Headline:
    release = current_release()
    if release is None:
        return Headline(
            "unknown", "what was awarded to them: no release of award data is published yet", reverse("awards")
        )
    total = award_total(release, AwardFilters())
    meaning = f"in {counted(total.awards, 'award')} that support them"
    return Headline(rounded(total.counted_usd), meaning, reverse("awards"), exact(total.counted_usd))
