"""The pages of one infrastructure: its profile today or on a past day, its history, what changed between two days."""

from datetime import date
from typing import Any

from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from infracommons.insights.query_string import QueryProblem
from infracommons.web.catalogue.claims.flags import flags_of
from infracommons.web.catalogue.claims.profile import Profile, profile_as_of
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.profile.around import circumstances, names_of, reading
from infracommons.web.catalogue.profile.asked import ChangesAsked, HistoryAsked, ProfileAsked, address, answered
from infracommons.web.catalogue.profile.awards import RULE_WORDS, awards_of
from infracommons.web.catalogue.profile.found import Found, find
from infracommons.web.catalogue.profile.history import past_claims, shown_differences
from infracommons.web.catalogue.profile.machine import citations, feeds, files, link_header, structured_data
from infracommons.web.catalogue.profile.named_by import named_by
from infracommons.web.catalogue.profile.page import (
    answer_sentence,
    completeness,
    counts_sentence,
    head,
    shown_sections,
)
from infracommons.web.catalogue.profile.paged import paged
from infracommons.web.catalogue.profile.record import record_facts
from infracommons.web.catalogue.profile.state import conditional
from infracommons.web.catalogue.profile.visible import has_consent, shown_claims, shown_fields, shown_profile
from infracommons.web.shared.published import current_release
from infracommons.web.shared.views import bad_filters

Context = dict[str, Any]
_CLAIMS_A_PAGE = 100


@require_safe
def profile(request: HttpRequest, infrastructure_id: str) -> HttpResponseBase:
    """Show what is claimed, today or at the end of a past day (UTC)."""
    found = find(request, infrastructure_id, "profile")
    if not isinstance(found, Found):
        return found
    people = names_of(entry["author"] for entry in found.infrastructure.profile.values())

    def answer(asked: ProfileAsked) -> HttpResponseBase:
        return conditional(request, (sorted(people.items()),), lambda: _profile(request, found, asked.as_of))

    return answered(request, ProfileAsked, answer)


def _profile(request: HttpRequest, found: Found, as_of: date | None) -> HttpResponse:
    infrastructure, today = found.infrastructure, timezone.now().date()
    whole = profile_as_of(infrastructure, as_of) if as_of else infrastructure.profile
    book = term_book()
    context = _shown(infrastructure, whole, as_of or today, book) | {
        "found": found,
        "as_of": as_of,
        "today": today,
        "first_day": _first_day(infrastructure) if as_of else None,
        "named_by": [] if as_of else named_by(infrastructure.infrastructure_id),
        "record": record_facts(infrastructure),
        "files": files(infrastructure),
        "citations": citations(infrastructure),
        "feeds": feeds(infrastructure),
    }
    release = None if as_of else current_release()
    request.release = release  # type: ignore[attr-defined]  # for the foot of the page
    context |= {"awards": awards_of(release, infrastructure), "has_release": release, "rule_words": RULE_WORDS}
    here = reverse("profile", args=[infrastructure.infrastructure_id])
    context["canonical"] = request.build_absolute_uri(here)
    context["cited"] = f"{context['canonical']}?as_of={(as_of or today).isoformat()}"
    root = request.build_absolute_uri("/").rstrip("/")
    context["structured"] = "" if as_of else structured_data(infrastructure, book, root)
    response = render(request, "catalogue/profile/profile.html", context)
    response.headers["Link"] = link_header(request, here, context["files"], context["citations"])
    return response


def _shown(infrastructure: Infrastructure, whole: Profile, day: date, book: TermBook) -> Context:
    """Return what the page says of a profile, `whole` with its private parts, as it reads on that day."""
    consent = has_consent(whole) and has_consent(infrastructure.profile)
    seen = shown_profile(whole, consent=consent)
    read = reading(book, infrastructure, [seen])
    around = circumstances(infrastructure, seen, day)
    shown = shown_sections(seen, read, around, consent=consent)
    counts = completeness(shown, day)
    return {
        "infrastructure": infrastructure,
        "head": head(seen, read, shown),
        "sections": shown,
        "counts": counts,
        "answer": answer_sentence(infrastructure, seen, read),
        "counts_sentence": counts_sentence(counts),
        "flags": [(flag, [fields()[code] for code in flag.rests_on]) for flag in flags_of(seen, read.book)],
        "is_empty": not seen,
    }


@require_safe
def history(request: HttpRequest, infrastructure_id: str) -> HttpResponseBase:
    """Show every claim that readers may see, newest first, with what it replaced."""
    found = find(request, infrastructure_id, "profile_history")
    if not isinstance(found, Found):
        return found

    def answer(asked: HistoryAsked) -> HttpResponseBase:
        return _history(request, found.infrastructure, asked)

    return answered(request, HistoryAsked, answer)


def _history(request: HttpRequest, infrastructure: Infrastructure, asked: HistoryAsked) -> HttpResponseBase:
    consent = has_consent(infrastructure.profile)
    known = {one.code: one for one in shown_fields(consent=consent)}
    if asked.field and asked.field not in known:
        problem = QueryProblem("field", asked.field, "the code of a field that readers see: " + ", ".join(known))
        return bad_filters(request, [problem], request.path)
    claims = shown_claims(infrastructure.claims.order_by("id"), consent=consent)
    people = names_of(claim.author_id for claim in claims)
    rows = past_claims(claims, people, term_book())
    asked_rows = [row for row in rows if asked.field in {"", row.code}]
    page = paged(asked_rows, asked.page, _CLAIMS_A_PAGE, lambda number: address(request.path, _page_of(asked, number)))
    claimed = {row.code for row in rows}
    context = {
        "infrastructure": infrastructure,
        "page": page,
        "asked": asked,
        "field": known.get(asked.field),
        "choices": [one for code, one in known.items() if code in claimed],
        "events": infrastructure.changes.exclude(kind="claimed").order_by("-id"),
        "feeds": feeds(infrastructure),
    }

    def answer() -> HttpResponse:
        return render(request, "catalogue/profile/history.html", context, status=404 if page.is_beyond else None)

    return conditional(request, (sorted(people.items()),), answer)


@require_safe
def changes(request: HttpRequest, infrastructure_id: str) -> HttpResponseBase:
    """Show in what the profile differs between the ends of two days (UTC)."""
    found = find(request, infrastructure_id, "profile_changes")
    if not isinstance(found, Found):
        return found

    def answer(asked: ChangesAsked) -> HttpResponseBase:
        return _changes(request, found.infrastructure, asked)

    return answered(request, ChangesAsked, answer)


def _changes(request: HttpRequest, infrastructure: Infrastructure, asked: ChangesAsked) -> HttpResponseBase:
    today = timezone.now().date()
    first, last = asked.first or _first_day(infrastructure) or today, asked.last or today
    if first > last:
        problem = QueryProblem("from", first.isoformat(), f"a day no later than {last.isoformat()}, the day in “to”")
        return bad_filters(request, [problem], address(request.path, ChangesAsked(last=asked.last)))

    def answer() -> HttpResponse:
        today_consent = has_consent(infrastructure.profile)
        before, after = (
            shown_profile(whole, consent=today_consent and has_consent(whole))
            for whole in (profile_as_of(infrastructure, first), profile_as_of(infrastructure, last))
        )
        context = {
            "infrastructure": infrastructure,
            "first": first,
            "last": last,
            "today": today,
            "rows": shown_differences(before, after, term_book()),
            "is_before": not before,
        }
        return render(request, "catalogue/profile/changes.html", context)

    return conditional(request, (), answer)


def _page_of(asked: HistoryAsked, number: int) -> HistoryAsked:
    return HistoryAsked(field=asked.field, page=number)


def _first_day(infrastructure: Infrastructure) -> date | None:
    """Return the day of the first claim, which a file that was imported may have set before the record was made."""
    first = infrastructure.claims.aggregate(first=Min("at"))["first"]
    return first.date() if first else None
