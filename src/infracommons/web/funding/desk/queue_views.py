"""The queue of the review desk, and the way into it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from infracommons.insights.paging import ROWS_A_PAGE, pages
from infracommons.insights.release import Release, Row
from infracommons.insights.review_filters import SECOND, ReviewFilters
from infracommons.insights.review_queue import review_sources, review_titles, usual_stake
from infracommons.vocabulary.figures import counted
from infracommons.web.accounts.models import User
from infracommons.web.accounts.permissions import requires
from infracommons.web.accounts.signed_in import person_of
from infracommons.web.funding.desk import turns
from infracommons.web.funding.desk.actions import take_next
from infracommons.web.funding.desk.doors import with_filters, with_release
from infracommons.web.funding.desk.questions import KINDS
from infracommons.web.funding.desk.standing import done_today, second_wanted, waiting_for_settlement
from infracommons.web.funding.models import ReviewerSetting
from infracommons.web.funding.presenters import page_links
from infracommons.web.shared.paged import address

NOT_FOUND = 404


@require_safe
@requires("review_awards")
@with_release
@with_filters
def queue(request: HttpRequest, release: Release, asked: ReviewFilters) -> HttpResponse:
    """Show what waits, what matters most first."""
    person = person_of(request)
    found = turns.waiting(request, release, asked, person, rows=ROWS_A_PAGE)
    last = pages(found.total)
    context = {
        "asked": asked,
        "rows": _shown(release, found.rows, asked),
        "total": found.total,
        "tabs": _tabs(request.path, asked, found.counts),
        "pages": page_links(request.path, asked, last, len(found.rows), ROWS_A_PAGE),
        "is_beyond": asked.page > last,
        "usual": usual_stake(release),
        "sources": review_sources(release),
        "next_address": address(reverse("review_next"), asked),
        **_of_person(request, person, asked),
    }
    return render(request, "funding/desk/queue.html", context, status=NOT_FOUND if asked.page > last else None)


def _of_person(request: HttpRequest, person: User, asked: ReviewFilters) -> dict[str, Any]:
    setting = ReviewerSetting.objects.filter(person=person).first()
    return {
        "hides_machine": setting is None or setting.hides_machine,
        "done_today": done_today(person),
        "done_today_by_all": done_today(),
        "skipped": len(turns.skipped(request)),
        "second_count": second_wanted(person).count(),
        "first_address": address(request.path, ReviewFilters()),
        "second_address": address(request.path, ReviewFilters(turn=SECOND)),
        "is_second": asked.turn == SECOND,
        "disputed": waiting_for_settlement(),
    }


def _tabs(path: str, asked: ReviewFilters, counts: dict[str, int]) -> list[dict[str, Any]]:
    of_turn = ReviewFilters(infrastructure=asked.infrastructure, source=asked.source, turn=asked.turn)
    all_kinds = [("", "All", None)] + [(kind, words, counts[kind]) for kind, words in KINDS.items()]
    return [
        {
            "words": words,
            "count": number if asked.kind in ("", kind) else None,
            "href": address(path, ReviewFilters(**{**_fields(of_turn), "kind": kind})),
            "is_here": kind == asked.kind,
        }
        for kind, words, number in all_kinds
    ]


def _fields(asked: ReviewFilters) -> dict[str, Any]:
    return {"infrastructure": asked.infrastructure, "source": asked.source, "turn": asked.turn}


def _shown(release: Release, rows: list[Row], asked: ReviewFilters) -> list[Row]:
    titles = review_titles(release, rows)
    return [
        row
        | {
            "href": turns.item_address(row["item"], asked),
            "question": KINDS[row["kind"]],
            "title": titles[row["item"]],
            "doubt_words": None if row["doubt"] is None else f"{row['doubt']:.2f}",
        }
        for row in rows
    ]


@require_POST
@requires("review_awards")
@with_release
@with_filters
def next_item(request: HttpRequest, release: Release, asked: ReviewFilters) -> HttpResponseBase:
    """Go to the item that matters most and that nobody else has."""
    if request.POST.get("skipped") == "bring back":
        turns.bring_back(request)
    return to_next(request, release, asked)


def to_next(request: HttpRequest, release: Release, asked: ReviewFilters) -> HttpResponseBase:
    """Hold the next item for the person and go there; back to the queue where none is left."""
    person = person_of(request)
    found = take_next(lambda most: turns.candidates(request, release, asked, person, most), by=person)
    if found:
        return redirect(turns.item_address(found, asked))
    left = len(turns.skipped(request))
    more = f" You skipped {counted(left, 'item')}; they can be brought back." if left else ""
    messages.info(request, f"Nothing is left here.{more}")
    return redirect(address(reverse("review_queue"), asked))


@require_POST
@requires("review_awards")
def setting(request: HttpRequest) -> HttpResponseBase:
    """Store whether the person sees what the machine says before they answered."""
    hides = request.POST.get("hides_machine") == "yes"
    ReviewerSetting.objects.update_or_create(person=person_of(request), defaults={"hides_machine": hides})
    said = "only after you answered" if hides else "beside the question"
    messages.success(request, f"From now on you see what the machine says {said}.")
    return redirect("review_queue")
