"""Sends a feed in the form asked for."""

from collections.abc import Callable

from django.http import HttpResponse

from infracommons.web.catalogue.exchange.feeds.entries import Feed
from infracommons.web.catalogue.exchange.feeds.formats import atom, json_feed
from infracommons.web.catalogue.exchange.licences import LICENCE_URL

FEEDS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "atom": ("application/atom+xml; charset=utf-8", atom),
    "feed.json": ("application/feed+json", json_feed),
}


def feed_answer(feed: Feed, form: str) -> HttpResponse:
    """Return the feed as `atom` or `feed.json`."""
    media_type, write = FEEDS[form]
    response = HttpResponse(write(feed), content_type=media_type)
    response.headers["Link"] = (
        f'<{feed.url}>; rel="self", <{feed.page}>; rel="alternate", <{LICENCE_URL}>; rel="license"'
    )
    return response
