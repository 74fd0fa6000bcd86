"""Sends all matches of a search as a file, in the order of the page, and the feed of what changed among them."""

from collections.abc import Iterator, Sequence

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.exchange.answers import open_data, site_root
from infracommons.web.catalogue.exchange.exports.files import FILES, search_bytes
from infracommons.web.catalogue.exchange.exports.infrastructure_table import infrastructure_table
from infracommons.web.catalogue.exchange.exports.notes import notes
from infracommons.web.catalogue.exchange.feeds.answer import FEEDS, feed_answer
from infracommons.web.catalogue.exchange.feeds.entries import Feed, entries, newest_changes
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.search.filters import SearchFilters, read_filters
from infracommons.web.catalogue.search.index import catalogue_index
from infracommons.web.catalogue.search.search import Found, search
from infracommons.web.shared.views import bad_filters

FORMS = ("csv", "jsonl", "parquet", "xlsx")
_AT_ONCE = 200


@open_data
def discover_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send every match, whatever the page; the address is the search's own with another ending."""
    if form not in FORMS and form not in FEEDS:
        message = f"There is no file “.{form}” of a search; there are {', '.join((*FORMS, *FEEDS))}."
        raise Http404(message)
    index = catalogue_index()
    read = read_filters(request.META.get("QUERY_STRING", ""), index)
    if read.problems:
        return bad_filters(request, read.problems, read.filters.address(request.path))
    found = search(read.filters, index)
    return _feed(request, found, form) if form in FEEDS else _file(request, found, form)


def _file(request: HttpRequest, found: Found, form: str) -> StreamingHttpResponse:
    asked = site_root(request) + found.filters.address(reverse("discover"), page=1)
    said = [*notes(), ("search", asked), ("matches", f"{found.total:,}")]
    table = infrastructure_table(_in_order(found.ids))
    response = StreamingHttpResponse(search_bytes(table, form, said), content_type=FILES[form])
    name = f"infracommons-infrastructures-{timezone.now():%Y-%m-%d}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Link"] = f'<{asked}>; rel="alternate"; type="text/html"'
    return response


def _in_order(ids: Sequence[str]) -> Iterator[Infrastructure]:
    """Yield infrastructures in this order, some at a time."""
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        rows = Infrastructure.objects.select_related("steward", "successor").in_bulk(
            some, field_name="infrastructure_id"
        )
        yield from (rows[one] for one in some if one in rows)


def _feed(request: HttpRequest, found: Found, form: str) -> HttpResponseBase:
    root = site_root(request)
    asked: SearchFilters = found.filters.changed(page=1)
    told = entries(newest_changes(found.ids if asked.is_narrowed else None), term_book(), root)
    title = (
        f"Changes among {found.total:,} infrastructures of a search"
        if asked.is_narrowed
        else "Changes in the catalogue"
    )
    own = root + asked.address(request.path)
    return feed_answer(Feed(f"Infracommons: {title}", own, root + asked.address(reverse("discover")), told), form)
