"""Writes a feed as Atom (RFC 4287) and as JSON Feed 1.1."""

import json
from datetime import UTC, datetime

from lxml import etree

from infracommons.web.catalogue.exchange.feeds.entries import Feed
from infracommons.web.catalogue.exchange.xml_text import document, to_bytes, xml_text

ATOM = "http://www.w3.org/2005/Atom"
_PUBLISHER = "Infracommons"
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)  # an empty feed has to say some moment


def atom(feed: Feed) -> bytes:
    """Return the feed as Atom."""
    root = document(ATOM, "feed")
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    _add(root, "updated", (feed.updated or _BEGINNING).isoformat())
    _add(_add(root, "author"), "name", _PUBLISHER)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.url)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    if feed.licence:
        _add(root, "rights", feed.licence)
    for entry in feed.entries:
        element = _add(root, "entry")
        _add(element, "id", entry.id)
        _add(element, "title", entry.title)
        _add(element, "updated", entry.at.isoformat())
        _add(element, "published", entry.at.isoformat())
        _add(_add(element, "author"), "name", entry.author)
        _add(element, "link", rel="alternate", type="text/html", href=entry.url)
        _add(element, "content", entry.text, type="text")
    return to_bytes(root)


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}", {key: xml_text(value) for key, value in attributes.items()})
    element.text = xml_text(text) or None
    return element


def json_feed(feed: Feed) -> bytes:
    """Return the feed as JSON Feed."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "language": "en",
        "authors": [{"name": _PUBLISHER}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "content_text": entry.text,
                "date_published": entry.at.isoformat(),
                "authors": [{"name": entry.author}],
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()
