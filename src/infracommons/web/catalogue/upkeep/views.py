"""Pages of upkeep: the public log and its feed, following, and saying that old values are still right."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_http_methods, require_safe

from infracommons.insights.query_string import Parsed, QueryProblem, parse
from infracommons.vocabulary.figures import counted
from infracommons.web.accounts.permissions import Standing, requires
from infracommons.web.accounts.signed_in import person_of
from infracommons.web.catalogue.claims.append import ConflictError
from infracommons.web.catalogue.claims.stewards import is_steward
from infracommons.web.catalogue.claims.telling import labels_of
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.words import entry_words
from infracommons.web.catalogue.models import Follow, Infrastructure, UpkeepEvent
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.catalogue.upkeep.ages import AGES_TO_UNCERTAIN, PATIENCE, stale_values
from infracommons.web.catalogue.upkeep.log_filters import WORDS, LogFilters, logged, named
from infracommons.web.catalogue.upkeep.presenters import log_rows
from infracommons.web.catalogue.upkeep.renew import renew
from infracommons.web.catalogue.upkeep.visits import AFTER_FAILURES, FAILURES_TO_BREAK, WEEK
from infracommons.web.shared.paged import address, page_of
from infracommons.web.shared.views import bad_filters

_IN_FEED = 50


@require_safe
def upkeep_log(request: HttpRequest) -> HttpResponse:
    """Show what upkeep found and did, newest first."""
    parsed = _parsed(request)
    if parsed.problems:
        return bad_filters(request, parsed.problems, address(request.path, parsed.asked))
    page = page_of(logged(parsed.asked), request.path, parsed.asked)
    feed = LogFilters(parsed.asked.infrastructure, parsed.asked.kind)
    context = {
        "rows": log_rows(page.rows),
        "pages": page.pages,
        "asked": parsed.asked,
        "named": named(parsed.asked) if parsed.asked.infrastructure else None,
        "kinds": WORDS.items(),
        "feed": address(reverse("upkeep_feed"), feed),
        "week": WEEK.days,
        "retries": [wait.days for wait in AFTER_FAILURES.values()],
        "failures": FAILURES_TO_BREAK,
        "ages": AGES_TO_UNCERTAIN,
        "patience": PATIENCE.days,
    }
    return render(request, "catalogue/upkeep/log.html", context, status=page.status)


@require_safe
def upkeep_feed(request: HttpRequest) -> HttpResponse:
    """Give the newest events of the log as an Atom feed, with the same filters as the page."""
    parsed = _parsed(request)
    if parsed.problems:
        return bad_filters(request, parsed.problems, address(request.path, parsed.asked))
    page = request.build_absolute_uri(address(reverse("upkeep_log"), parsed.asked))
    feed = Atom1Feed(
        "Infracommons: upkeep log",
        page,
        "Values that grew old, links that broke.",
        feed_url=request.build_absolute_uri(),
    )
    for row in log_rows(logged(parsed.asked)[:_IN_FEED]):
        feed.add_item(
            title=f"{row.infrastructure.name}, {row.label}: {row.words}",
            link=request.build_absolute_uri(row.address),
            description=row.detail,
            unique_id=request.build_absolute_uri(f"{reverse('upkeep_log')}#event-{row.key}"),
            pubdate=row.at,
            updateddate=row.at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _parsed(request: HttpRequest) -> Parsed[LogFilters]:
    parsed = parse(LogFilters, request.META.get("QUERY_STRING", ""))
    if parsed.asked.infrastructure and named(parsed.asked) is None:
        problem = QueryProblem(
            "infrastructure", parsed.asked.infrastructure, "the id of an infrastructure in the catalogue"
        )
        kept = LogFilters(kind=parsed.asked.kind, page=parsed.asked.page)
        return Parsed(kept, (*parsed.problems, problem))
    return parsed


def _standing(request: HttpRequest, infrastructure_id: str) -> Standing:
    infrastructure = get_object_or_404(Infrastructure, infrastructure_id=infrastructure_id)
    return Standing(is_steward=is_steward(request.user, infrastructure))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("follow")
def follow(request: HttpRequest, infrastructure_id: str) -> HttpResponseBase:
    """Say whether the signed-in person follows a profile, and begin or end it."""
    infrastructure = get_object_or_404(Infrastructure, infrastructure_id=infrastructure_id, listing=Listing.LISTED)
    person = person_of(request)
    mine = Follow.objects.filter(infrastructure=infrastructure, person=person)
    if request.method != "POST":
        context = {"infrastructure": infrastructure, "is_following": mine.exists()}
        return render(request, "catalogue/upkeep/follow.html", context)
    if request.POST.get("follow") == "1":
        Follow.objects.get_or_create(infrastructure=infrastructure, person=person)
        messages.success(request, f"You follow {infrastructure.name}.")
    else:
        mine.delete()
        messages.success(request, f"You no longer follow {infrastructure.name}.")
    return redirect("follow", infrastructure_id=infrastructure.infrastructure_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("draft_profile", _standing)
def renew_page(request: HttpRequest, infrastructure_id: str) -> HttpResponseBase:
    """Show the values past their age to whoever may say that they are still right, and take the answer."""
    infrastructure = get_object_or_404(Infrastructure, infrastructure_id=infrastructure_id)
    if request.method == "POST":
        return _renewed(request, infrastructure)
    return _to_renew(request, infrastructure)


def _to_renew(
    request: HttpRequest, infrastructure: Infrastructure, problem: str = "", status: int = 200
) -> HttpResponse:
    book = term_book()
    uncertain = set(
        UpkeepEvent.objects.filter(infrastructure=infrastructure, kind="uncertain").values_list("claim_id", flat=True)
    )
    values = [
        {
            "value": value,
            "words": entry_words(value.definition, value.entry, book),
            "is_uncertain": value.entry["claim"] in uncertain,
            "is_chosen": value.definition.code in request.POST.getlist("field"),
        }
        for value in stale_values(infrastructure, timezone.now().date())
    ]
    context = {"infrastructure": infrastructure, "values": values, "problem": problem}
    return render(request, "catalogue/upkeep/renew.html", context, status=status)


def _renewed(request: HttpRequest, infrastructure: Infrastructure) -> HttpResponse:
    chosen = list(dict.fromkeys(request.POST.getlist("field")))
    claims = {code: request.POST.get(f"claim-{code}", "") for code in chosen}
    stale = {value.definition.code for value in stale_values(infrastructure, timezone.now().date())}
    if not chosen:
        return _to_renew(request, infrastructure, "Choose at least one value that is still right.", 400)
    odd = [code for code in chosen if not claims[code].isdecimal() or len(claims[code]) > 18]  # noqa: PLR2004
    if odd:
        return _to_renew(request, infrastructure, "The form was not complete. Choose again.", 400)
    gone = [code for code in chosen if code not in stale]
    if gone:
        said = f"Someone has dealt with this in the meantime: {labels_of(gone)}. Nothing was stored; look at the rest."
        return _to_renew(request, infrastructure, said, 409)
    try:
        stored = renew(
            infrastructure,
            {code: int(claims[code]) for code in chosen},
            by=person_of(request),
            today=timezone.now().date(),
        )
    except ConflictError as conflict:
        infrastructure.refresh_from_db()
        said = f"Someone changed this in the meantime: {labels_of(conflict.fields)}. Nothing was stored; look again."
        return _to_renew(request, infrastructure, said, 409)
    messages.success(request, f"{counted(len(stored), 'value')} checked today. Thank you.")
    return redirect("renew", infrastructure_id=infrastructure.infrastructure_id)
