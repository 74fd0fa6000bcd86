"""What the list of awards shows of a search: what matched, what was not used, and another spelling."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse

from infracommons.insights.aggregates import SIDES
from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.award_index import matching
from infracommons.insights.award_matches import Match, matches
from infracommons.insights.award_suggestion import did_you_mean
from infracommons.insights.infrastructures import infrastructures_named
from infracommons.insights.release import Release, Row
from infracommons.web.funding.presenters import downloads
from infracommons.web.funding.search.feeds import FEED_FORMS
from infracommons.web.shared.paged import address

_NO_MATCH = Match()


def search_parts(release: Release, filters: AwardFilters, rows: Sequence[Row], *, found: int) -> dict[str, Any]:
    """Return what the page of awards adds for its search; `rows` are those on it, `found` how many match in all."""
    searched = matching(release, filters.q)
    why = matches(release, searched.query, rows)
    better = "" if found else did_you_mean(release, filters)
    return {
        "rows": [row | {"match": why.get(row["award_id"], _NO_MATCH)} for row in rows],
        "issues": searched.issues,
        "is_ignored": bool(searched.issues) and searched.table is None,
        "better": better,
        "better_address": address(reverse("awards"), filters.narrowed(q=better)) if better else "",
        "named": infrastructures_named(release, searched.query.name),
        "feeds": feed_links(filters),
        "aggregates": [
            {
                "label": side.label,
                "is_overlapping": side.is_overlapping,
                "files": downloads("aggregate_file", filters, by),
            }
            for by, side in SIDES.items()
        ],
    }


def feed_links(filters: AwardFilters) -> list[dict[str, str]]:
    """Return label, media type and address of the feeds of these awards."""
    whole = replace(filters, page=1, sort="")
    return [
        {"label": form.label, "type": form.media_type, "href": address(reverse("awards_feed", args=[name]), whole)}
        for name, form in FEED_FORMS.items()
    ]
