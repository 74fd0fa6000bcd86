"""The desk's pages of listings: find an infrastructure, list or withdraw it, change its address."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from infracommons.insights.award_filters import PAGE, TEXT
from infracommons.insights.query_string import choice, one, parse
from infracommons.vocabulary.figures import counted
from infracommons.web.accounts.permissions import requires
from infracommons.web.accounts.signed_in import person_of
from infracommons.web.catalogue.claims.stewards import stewards_of
from infracommons.web.catalogue.desk.kept import keeps_form, kept_form
from infracommons.web.catalogue.desk.listings import (
    CHOICES,
    ListingProblem,
    OvertakenError,
    checked_listing,
    checked_slug,
    list_anew,
    readdress,
)
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.shared.paged import address, page_of
from infracommons.web.shared.views import bad_filters

Typed = dict[str, str]


@dataclass(frozen=True)
class ListingFilters:
    """Words of a name, how it is listed, a page."""

    q: str = one("", *TEXT)
    listing: str = one("", *choice([str(code) for code in Listing.values]))
    page: int = one(1, *PAGE)


@require_safe
@requires("list_and_withdraw")
def desk_infrastructures(request: HttpRequest) -> HttpResponseBase:
    """List infrastructures by name, those that readers do not find too."""
    parsed = parse(ListingFilters, request.META.get("QUERY_STRING", ""))
    if parsed.problems:
        return bad_filters(request, parsed.problems, address(request.path, parsed.asked))
    rows = Infrastructure.objects.defer("profile").order_by("name", "pk")
    rows = rows.filter(name__icontains=parsed.asked.q) if parsed.asked.q else rows
    rows = rows.filter(listing=parsed.asked.listing) if parsed.asked.listing else rows
    page = page_of(rows, request.path, parsed.asked)
    context = {"rows": page.rows, "pages": page.pages, "asked": parsed.asked, "listings": Listing.choices}
    return render(request, "catalogue/desk/infrastructures.html", context, status=page.status)


@require_safe
@requires("list_and_withdraw")
def desk_infrastructure(request: HttpRequest, infrastructure_id: str) -> HttpResponseBase:
    """Show how an infrastructure is listed, and what can be changed about that."""
    kept = kept_form(request)
    typed = {name: str(value) for name, value in kept.items()} if kept else {}
    return _page(request, _at(infrastructure_id), typed)


def _at(infrastructure_id: str) -> Infrastructure:
    return get_object_or_404(Infrastructure.objects.select_related("successor"), infrastructure_id=infrastructure_id)


def _page(
    request: HttpRequest,
    infrastructure: Infrastructure,
    typed: Typed,
    problem: Exception | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "infrastructure": infrastructure,
        "claims": len(infrastructure.profile),
        "stewards": stewards_of(infrastructure).count(),
        "followers": infrastructure.followers.count(),
        "former": infrastructure.former_slugs.values_list("slug", flat=True),
        "choices": [(choice.value, choice.label) for choice in CHOICES],
        "typed": typed,
        "chosen": typed.get("listing", infrastructure.listing),
        "problem": problem,
        "part": getattr(problem, "part", ""),
        "is_listed": infrastructure.listing == Listing.LISTED,
    }
    return render(request, "catalogue/desk/infrastructure.html", context, status=status)


@require_POST
@keeps_form("desk_infrastructure")
@requires("list_and_withdraw")
def desk_list(request: HttpRequest, infrastructure_id: str) -> HttpResponseBase:
    """List or withdraw, after a summary in numbers."""
    infrastructure, typed = _at(infrastructure_id), _typed(request)
    try:
        new = checked_listing(
            infrastructure, typed.get("listing", ""), typed.get("reason", ""), typed.get("successor", "")
        )
        if typed.get("go") != "confirm":
            return _summary(request, infrastructure, typed, "catalogue/desk/listing_summary.html")
        told = list_anew(infrastructure, new, version=_version(typed), by=person_of(request))
    except ListingProblem as problem:
        return _page(request, infrastructure, typed, problem, 400)
    except OvertakenError as problem:
        return _page(request, _at(infrastructure_id), typed, problem, 409)
    words = infrastructure.get_listing_display()
    messages.success(request, f"{infrastructure.name} is {words}. {counted(told, 'steward')} told.")
    return redirect("desk_infrastructure", infrastructure_id=infrastructure.infrastructure_id)


@require_POST
@keeps_form("desk_infrastructure")
@requires("list_and_withdraw")
def desk_readdress(request: HttpRequest, infrastructure_id: str) -> HttpResponseBase:
    """Give an infrastructure another id, after a summary."""
    infrastructure, typed = _at(infrastructure_id), _typed(request)
    try:
        checked_slug(infrastructure, typed.get("slug", ""))
        if typed.get("go") != "confirm":
            return _summary(request, infrastructure, typed, "catalogue/desk/slug_summary.html")
        readdress(infrastructure, typed["slug"], version=_version(typed), by=person_of(request))
    except ListingProblem as problem:
        return _page(request, infrastructure, typed, problem, 400)
    except OvertakenError as problem:
        return _page(request, _at(infrastructure_id), typed, problem, 409)
    messages.success(request, "Done. The old address leads on to this one.")
    return redirect("desk_infrastructure", infrastructure_id=infrastructure.infrastructure_id)


def _summary(request: HttpRequest, infrastructure: Infrastructure, typed: Typed, template: str) -> HttpResponse:
    stewards = stewards_of(infrastructure).count()
    context = {
        "infrastructure": infrastructure,
        "typed": typed,
        "claims": counted(len(infrastructure.profile), "claim"),
        "tells": counted(stewards, "person", "people"),
        "words": dict(Listing.choices).get(typed.get("listing", ""), ""),
    }
    return render(request, template, context)


def _typed(request: HttpRequest) -> Typed:
    return {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def _version(typed: Typed) -> int:
    given = typed.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1  # noqa: PLR2004 - of a column
