"""The curators' queue."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from infracommons.insights.query_string import parse
from infracommons.web.accounts.permissions import requires
from infracommons.web.accounts.signed_in import person_of
from infracommons.web.catalogue.desk import filters
from infracommons.web.catalogue.desk.filters import QueueFilters
from infracommons.web.catalogue.desk.queue import counts, queue
from infracommons.web.shared.paged import address
from infracommons.web.shared.views import bad_filters

_WITH_PROPOSALS = (filters.ALL, filters.NEW, filters.CHANGED, filters.DISPUTED)


@require_safe
@requires("see_desk")
def desk(request: HttpRequest) -> HttpResponseBase:
    """Show what waits for a curator."""
    parsed = parse(QueueFilters, request.META.get("QUERY_STRING", ""))
    if parsed.problems:
        return bad_filters(request, parsed.problems, address(request.path, parsed.asked))
    return _page(request, parsed.asked)


def _page(request: HttpRequest, asked: QueueFilters) -> HttpResponse:
    person = person_of(request)
    found = queue(asked, person, request.path, timezone.now().date())
    waiting = counts(person)
    tabs = [
        (label, waiting[code], address(request.path, QueueFilters(tab=code, q=asked.q)), code == asked.tab)
        for code, label in filters.TABS.items()
    ]
    context = {
        "asked": asked,
        "queue": found,
        "pages": found.pages,
        "tabs": tabs,
        "meaning": filters.MEANINGS[asked.tab],
        "assigned": filters.ASSIGNED.items() if asked.tab in _WITH_PROPOSALS else (),
        "has_order": asked.tab in (*_WITH_PROPOSALS, filters.MINE, filters.SENT_BACK),
        "is_filtered": bool(asked.q or asked.assigned),
    }
    return render(request, "catalogue/desk/queue.html", context, status=404 if found.pages.is_beyond else 200)
