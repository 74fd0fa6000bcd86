"""What happened to infrastructures: a log that only grows, to follow from where one left off."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from ninja import Query, Router

from infracommons.web.catalogue.api.answers import page
from infracommons.web.catalogue.api.cursors import opened
from infracommons.web.catalogue.api.parameters import AskedChanges, AskedPage, unknown_parameters
from infracommons.web.catalogue.api.rows import Row, change_row
from infracommons.web.catalogue.api.shapes import ChangePage
from infracommons.web.catalogue.api.streams import ROWS_AT_ONCE, is_stream, refuse_in_stream, stream
from infracommons.web.catalogue.api.totals import counted, listed_otherwise, with_ids
from infracommons.web.catalogue.models import Change
from infracommons.web.catalogue.models.infrastructure import Listing

router = Router(tags=["Changes"])


@router.get("/changes", response=ChangePage, url_name="changes", summary="Changes, oldest first")
def list_changes(request: HttpRequest, asked: Query[AskedChanges]) -> HttpResponseBase:
    """What happened to infrastructures, withdrawn ones too. To follow, keep links.newer and ask there next time."""
    problems = unknown_parameters(request, asked)
    changes = _asked_for(asked)
    if is_stream(request):
        refuse_in_stream(request, AskedPage.model_fields.keys() - {"strict"}, problems)
        return stream(request, _all(changes))
    after = int(opened(request, asked.cursor)[0]) if asked.cursor else 0
    found = list(changes.filter(id__gt=after)[: asked.limit + 1])
    shown = found[: asked.limit]
    return page(
        request,
        [change_row(change) for change in shown],
        problems,
        total=counted(request, changes),
        limit=asked.limit,
        following=[shown[-1].pk] if len(found) > len(shown) else None,
        links={"newer": _newer(request, shown[-1].pk if shown else max(after, asked.after or 0))},
    )


def _asked_for(asked: AskedChanges) -> QuerySet[Change]:
    told = Change.objects.exclude(infrastructure__in=listed_otherwise(Listing.LISTED, Listing.WITHDRAWN))
    changes = with_ids(told)
    if asked.since:
        changes = changes.filter(at__gte=asked.since)
    if asked.after is not None:
        changes = changes.filter(id__gt=asked.after)
    if asked.infrastructure:
        changes = changes.filter(infrastructure__infrastructure_id__in=asked.infrastructure)
    if asked.author_kind:
        changes = changes.filter(author_kind__in=asked.author_kind)
    return changes


def _newer(request: HttpRequest, last: int) -> str:
    """Return where to ask for what comes after, with every other parameter kept."""
    asked = request.GET.copy()
    asked.pop("cursor", None)
    asked.pop("since", None)
    asked["after"] = str(last)
    return request.build_absolute_uri(f"{reverse('api:changes')}?{asked.urlencode()}")


def _all(changes: QuerySet[Change]) -> Iterator[Row]:
    after = 0
    while found := list(changes.filter(id__gt=after)[:ROWS_AT_ONCE]):
        yield from map(change_row, found)
        after = found[-1].pk
