"""The newest awards of a search as a feed: Atom and JSON Feed."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from django.http import HttpResponse
from django.urls import reverse

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.counted import rows_from
from infracommons.insights.release import Release, Row
from infracommons.vocabulary.figures import day, exact
from infracommons.web.catalogue.exchange.feeds.entries import Feed, FeedEntry
from infracommons.web.catalogue.exchange.feeds.formats import atom, json_feed
from infracommons.web.shared.paged import address

MOST = 50
_LONGEST = 500


@dataclass(frozen=True)
class FeedForm:
    """A form that a feed comes in."""

    label: str
    media_type: str
    write: Callable[[Feed], bytes]


FEED_FORMS = {
    "atom": FeedForm("Atom", "application/atom+xml", atom),
    "feed.json": FeedForm("JSON Feed", "application/feed+json", json_feed),
}


def award_feed(release: Release, asked: AwardFilters, root: str, form: str) -> HttpResponse:
    """Return the newest awards that match, at most MOST, whatever order or page the address asks for."""
    filters = replace(asked, sort="newest", page=1)
    made_at = datetime.fromisoformat(release.manifest["made_at"]).astimezone(UTC)
    rows = rows_from(release, filters, start=0, rows=MOST)
    own = replace(filters, sort="")
    page = root + address(reverse("awards"), own)
    feed = Feed(
        _title(filters),
        root + address(reverse("awards_feed", args=[form]), own),
        page,
        tuple(_entry(row, root, made_at) for row in rows),
        made_at=made_at,
        licence="",  # each award goes out under its publisher's, which its entry names
    )
    kind = FEED_FORMS[form]
    response = HttpResponse(kind.write(feed), content_type=f"{kind.media_type}; charset=utf-8")
    response.headers["Link"] = f'<{feed.url}>; rel="self", <{page}>; rel="alternate"'
    return response


def _title(filters: AwardFilters) -> str:
    plain = filters.narrowed(sort="")
    if plain == AwardFilters():
        return "Infracommons: awards that support open infrastructure"
    return f"Infracommons: awards with “{filters.q}”" if filters.q else "Infracommons: awards of a search"


def _entry(row: Row, root: str, made_at: datetime) -> FeedEntry:
    award_id = row["award_id"]
    return FeedEntry(
        id=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'infracommons:award:{award_id}')}",
        title=row["title"] or "Title unknown",
        url=f"{root}{reverse('award', args=[award_id])}",
        text=_text(row),
        at=min(_began(row) or made_at, made_at),  # readers put what lies ahead in odd places
        author=row["funder_name"],
    )


def _began(row: Row) -> datetime | None:
    began = row["start_date"] or (date(row["award_year"], 1, 1) if row["award_year"] else None)
    return datetime.combine(began, time(), UTC) if began else None


def _text(row: Row) -> str:
    description = row["description"] or ""
    short = description if len(description) <= _LONGEST else description[: _LONGEST - 1] + "…"
    said = [
        f"From {row['funder_name']} to {row['recipient_name'] or 'an unknown recipient'}",
        f"Amount: {exact(row['amount'], row['currency'])}",
        f"Begins: {day(row['start_date']) if row['start_date'] else row['award_year'] or 'unknown'}",
        f"For: {row['infrastructure_ids']}",
        f"Licence: {row['licence'] or 'unknown'}",
    ]
    return "\n".join([*said, *([short] if short else [])])
