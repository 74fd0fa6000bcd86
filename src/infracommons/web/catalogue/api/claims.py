"""The claims of the catalogue: everything that was ever said in a public field, by whom and on what evidence."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Query, Router

from infracommons.web.catalogue.api.answers import page
from infracommons.web.catalogue.api.cursors import opened
from infracommons.web.catalogue.api.infrastructures import found_or_gone
from infracommons.web.catalogue.api.parameters import (
    AskedClaims,
    AskedHistory,
    AskedPage,
    refuse_unknown_fields,
    unknown_parameters,
)
from infracommons.web.catalogue.api.problems import ParameterProblem
from infracommons.web.catalogue.api.rows import Row, Writer
from infracommons.web.catalogue.api.shapes import ClaimPage
from infracommons.web.catalogue.api.streams import ROWS_AT_ONCE, is_stream, refuse_in_stream, stream
from infracommons.web.catalogue.api.totals import counted, hidden_fields, listed_otherwise, with_ids
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.models import Claim
from infracommons.web.catalogue.models.infrastructure import Listing

router = Router(tags=["Claims"])


@router.get("/claims", response=ClaimPage, url_name="claims", summary="Claims, oldest first")
def list_claims(request: HttpRequest, asked: Query[AskedClaims]) -> HttpResponseBase:
    """Everything that was ever claimed in public fields of listed infrastructures. Claims never change."""
    refuse_unknown_fields("field", asked.field)
    problems = unknown_parameters(request, asked)
    claims = _public().exclude(infrastructure__in=listed_otherwise(Listing.LISTED))
    if asked.infrastructure:
        claims = claims.filter(infrastructure__infrastructure_id__in=asked.infrastructure)
    if asked.field:
        claims = claims.filter(field__in=asked.field)
    if asked.author_kind:
        claims = claims.filter(author_kind__in=asked.author_kind)
    if asked.status:
        claims = claims.filter(status__in=asked.status)
    if asked.since:
        claims = claims.filter(at__gte=asked.since)
    if is_stream(request):
        refuse_in_stream(request, AskedPage.model_fields.keys() - {"strict"}, problems)
        return stream(request, _all(claims, _writer(request)))
    return _page(request, asked, claims, problems)


@router.get(
    "/infrastructures/{slug:infrastructure_id}/claims",
    response=ClaimPage,
    url_name="infrastructure_claims",
    summary="Claims of one infrastructure, oldest first",
)
def list_history(request: HttpRequest, infrastructure_id: str, asked: Query[AskedHistory]) -> HttpResponseBase:
    """Everything that was ever claimed of one infrastructure in public fields."""
    refuse_unknown_fields("field", asked.field)
    problems = unknown_parameters(request, asked)
    claims = _public().filter(infrastructure=found_or_gone(infrastructure_id))
    if asked.field:
        claims = claims.filter(field__in=asked.field)
    return _page(request, asked, claims, problems)


def _public() -> QuerySet[Claim]:
    """Return the claims of public fields, told by what is not public: an index on the field would break their order."""
    return with_ids(Claim.objects.exclude(field__in=hidden_fields()))


def _writer(request: HttpRequest) -> Writer:
    return Writer(request.build_absolute_uri, term_book(), timezone.now().date(), ())


def _page(
    request: HttpRequest, asked: AskedPage, claims: QuerySet[Claim], problems: list[ParameterProblem]
) -> HttpResponseBase:
    after = int(opened(request, asked.cursor)[0]) if asked.cursor else 0
    found = list(claims.filter(id__gt=after)[: asked.limit + 1])
    shown = found[: asked.limit]
    write = _writer(request)
    return page(
        request,
        [write.claim(claim) for claim in shown],
        problems,
        total=counted(request, claims),
        limit=asked.limit,
        following=[shown[-1].pk] if len(found) > len(shown) else None,
    )


def _all(claims: QuerySet[Claim], write: Writer) -> Iterator[Row]:
    after = 0
    while found := list(claims.filter(id__gt=after)[:ROWS_AT_ONCE]):
        yield from map(write.claim, found)
        after = found[-1].pk
