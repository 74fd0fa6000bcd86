"""Finds the infrastructure that an address names, or the answer for a reader who may not see it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from infracommons.web.accounts.permissions import may
from infracommons.web.catalogue.claims.stewards import is_steward
from infracommons.web.catalogue.models import Change, FormerSlug, Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

GONE, NOT_FOUND = 410, 404


@dataclass(frozen=True)
class Found:
    """An infrastructure that the reader may see; a steward of it may propose changes."""

    infrastructure: Infrastructure
    is_steward: bool


def find(request: HttpRequest, infrastructure_id: str, page: str) -> Found | HttpResponseBase:
    """Return the infrastructure, or the answer instead of its page of this URL name.

    A former id leads on for good, a withdrawn infrastructure is gone with its reason, and one that is suggested or
    declined is there for its stewards and for curators only. Raises Http404 where nothing was ever called so.
    """
    rows = Infrastructure.objects.select_related("steward", "successor")
    infrastructure = rows.filter(infrastructure_id=infrastructure_id).first()
    if infrastructure is None:
        return _led_on(request, infrastructure_id, page)
    steward = request.user.is_authenticated and is_steward(request.user, infrastructure)
    if infrastructure.listing == Listing.LISTED:
        return Found(infrastructure, steward)
    if infrastructure.listing == Listing.WITHDRAWN and page == "profile":
        return _gone(request, infrastructure)
    if may(request.user, "list_and_withdraw") or steward:
        return Found(infrastructure, steward)
    return _not_listed(request, infrastructure)


def _led_on(request: HttpRequest, infrastructure_id: str, page: str) -> HttpResponseBase:
    former = FormerSlug.objects.select_related("infrastructure").filter(slug=infrastructure_id).first()
    if former is None:
        message = f"The catalogue has no infrastructure “{infrastructure_id}”. It may be listed under another name."
        raise Http404(message)
    query = request.META.get("QUERY_STRING", "")
    path = reverse(page, args=[former.infrastructure.infrastructure_id])
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


def _gone(request: HttpRequest, infrastructure: Infrastructure) -> HttpResponse:
    context = {"infrastructure": infrastructure, "change": _last(infrastructure, Listing.WITHDRAWN)}
    return render(request, "catalogue/profile/withdrawn.html", context, status=GONE)


def _not_listed(request: HttpRequest, infrastructure: Infrastructure) -> HttpResponse:
    if infrastructure.listing == Listing.WITHDRAWN:
        return _gone(request, infrastructure)
    if infrastructure.listing == Listing.DECLINED:
        message = f"The catalogue has no infrastructure “{infrastructure.infrastructure_id}”."
        raise Http404(message)
    return render(
        request, "catalogue/profile/suggested_note.html", {"infrastructure": infrastructure}, status=NOT_FOUND
    )


def _last(infrastructure: Infrastructure, kind: str) -> Change | None:
    return infrastructure.changes.filter(kind=kind).order_by("-id").first()
