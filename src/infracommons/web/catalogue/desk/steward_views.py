"""The desk's page of stewardships: who asks, who speaks for what."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from infracommons.insights.award_filters import PAGE, TEXT
from infracommons.insights.query_string import one, parse
from infracommons.web.accounts.permissions import requires
from infracommons.web.accounts.signed_in import person_of
from infracommons.web.catalogue.claims.stewards import address_is_of_site
from infracommons.web.catalogue.desk.kept import keeps_form, kept_form
from infracommons.web.catalogue.desk.stewardships import WAYS, StewardshipProblem, decide_stewardship
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.models import Stewardship
from infracommons.web.catalogue.models.stewardship import StewardshipState
from infracommons.web.shared.paged import address, page_of
from infracommons.web.shared.views import bad_filters


@dataclass(frozen=True)
class StewardFilters:
    """Words of an infrastructure's name, and a page of those who speak for one."""

    q: str = one("", *TEXT)
    page: int = one(1, *PAGE)


@dataclass(frozen=True)
class Request:
    """Someone who asks: what the address of their mail shows of it, and no more of the address than its domain."""

    stewardship: Stewardship
    domain: str
    is_of_site: bool
    others: int


@require_safe
@requires("decide_stewards")
def desk_stewards(request: HttpRequest) -> HttpResponseBase:
    """Show who asks to speak for an infrastructure, and who does."""
    kept = kept_form(request)
    return _page(request, {name: str(value) for name, value in kept.items()} if kept else {})


def _page(request: HttpRequest, typed: dict[str, str], problem: str = "", status: int = 200) -> HttpResponse:
    parsed = parse(StewardFilters, request.META.get("QUERY_STRING", ""))
    if parsed.problems:
        return bad_filters(request, parsed.problems, address(request.path, parsed.asked))
    rows = Stewardship.objects.select_related("infrastructure", "person")
    rows = rows.filter(infrastructure__name__icontains=parsed.asked.q) if parsed.asked.q else rows
    asked = [_request(one) for one in rows.filter(state=StewardshipState.ASKED).order_by("asked_at", "pk")]
    granted = page_of(
        rows.filter(state=StewardshipState.GRANTED).order_by("infrastructure__name", "pk"), request.path, parsed.asked
    )
    context = {
        "asked": asked,
        "rows": granted.rows,
        "pages": granted.pages,
        "filters": parsed.asked,
        "typed": typed,
        "problem": problem,
    }
    return render(request, "catalogue/desk/stewards.html", context, status=status if status > 200 else granted.status)  # noqa: PLR2004


def _request(stewardship: Stewardship) -> Request:
    infrastructure = stewardship.infrastructure
    others = infrastructure.stewardships.filter(state=StewardshipState.GRANTED).count()
    domain = stewardship.person.email.rpartition("@")[2]
    return Request(stewardship, domain, address_is_of_site(stewardship.person, infrastructure), others)


@require_POST
@keeps_form("desk_stewards")
@requires("decide_stewards")
def desk_decide_steward(request: HttpRequest) -> HttpResponseBase:
    """Grant, refuse or end one stewardship."""
    typed = {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    key, action = typed.get("stewardship", ""), typed.get("action", "")
    is_key = key.isascii() and key.isdigit() and len(key) < 19  # noqa: PLR2004 - within what databases take
    found = get_object_or_404(Stewardship, pk=int(key) if is_key else 0)
    if action not in WAYS:
        return _page(request, typed, "Choose what to do: grant, refuse or end.", 400)
    try:
        done = decide_stewardship(found.pk, action, by=person_of(request), reason=typed.get("reason", ""))
    except StewardshipProblem as problem:
        found.refresh_from_db()
        return _page(request, typed, str(problem), 400 if found.state == WAYS[action].from_state else 409)
    except ValueProblem as problem:
        return _page(request, typed, problem.message, 400)
    messages.success(request, f"{done.infrastructure.name}: {done.get_state_display()}. The person was told.")
    return redirect("desk_stewards")
