"""The organisations that run infrastructures."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Query, Router

from infracommons.web.catalogue.api.answers import answer, page
from infracommons.web.catalogue.api.cursors import opened
from infracommons.web.catalogue.api.parameters import Asked, AskedOrganisations, unknown_parameters
from infracommons.web.catalogue.api.problems import ApiProblem
from infracommons.web.catalogue.api.rows import Writer
from infracommons.web.catalogue.api.shapes import OrganisationAnswer, OrganisationPage
from infracommons.web.catalogue.api.totals import counted
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.models import Infrastructure, Organisation
from infracommons.web.catalogue.models.infrastructure import Listing

router = Router(tags=["Organisations"])


@router.get("/organisations", response=OrganisationPage, url_name="organisations", summary="Organisations, by name")
def list_organisations(request: HttpRequest, asked: Query[AskedOrganisations]) -> HttpResponseBase:
    """The organisations that run a listed infrastructure."""
    problems = unknown_parameters(request, asked)
    organisations = _with_listed()
    for word in asked.q.split():
        organisations = organisations.filter(name__icontains=word)
    found = list(_from(request, asked, organisations)[: asked.limit + 1])
    shown = found[: asked.limit]
    write = _writer(request)
    return page(
        request,
        [write.organisation(one) for one in shown],
        problems,
        total=counted(request, organisations),
        limit=asked.limit,
        following=[shown[-1].name, shown[-1].organisation_id] if len(found) > len(shown) else None,
    )


@router.get(
    "/organisations/{slug:organisation_id}",
    response=OrganisationAnswer,
    url_name="organisation",
    summary="One organisation",
)
def show_organisation(request: HttpRequest, organisation_id: str, asked: Query[Asked]) -> HttpResponseBase:
    """An organisation and the listed infrastructures that it runs."""
    problems = unknown_parameters(request, asked)
    found = _with_listed().filter(organisation_id=organisation_id).first()
    if found is None:
        raise ApiProblem(404, f"No organisation that runs a listed infrastructure has the id {organisation_id}.")
    return answer(request, _writer(request).organisation(found), problems)


def _with_listed() -> QuerySet[Organisation]:
    """Return the organisations of listed infrastructures; those of mere suggestions are nobody's to publish yet."""
    listed = Infrastructure.objects.filter(listing=Listing.LISTED, steward=OuterRef("pk"))
    # All of theirs are read, and the listed ones picked in Python: an index on the listing would be the wrong one here.
    its = Infrastructure.objects.only("infrastructure_id", "name", "listing", "steward").order_by("name", "id")
    return (
        Organisation.objects.filter(Exists(listed))
        .prefetch_related(Prefetch("infrastructures", its, to_attr="its"))
        .order_by("name", "organisation_id")
    )


def _from(
    request: HttpRequest, asked: AskedOrganisations, organisations: QuerySet[Organisation]
) -> QuerySet[Organisation]:
    if not asked.cursor:
        return organisations
    name, organisation_id = opened(request, asked.cursor)
    return organisations.filter(Q(name__gt=name) | Q(name=name, organisation_id__gt=organisation_id))


def _writer(request: HttpRequest) -> Writer:
    return Writer(request.build_absolute_uri, term_book(), timezone.now().date(), ())
