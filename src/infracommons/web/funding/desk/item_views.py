"""The page of one item, and what can be done on it: answer, skip, undo, ask a colleague, settle."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from infracommons.insights.release import Release
from infracommons.insights.review_filters import ReviewFilters
from infracommons.insights.review_item import ReviewItem
from infracommons.web.accounts.permissions import requires
from infracommons.web.accounts.signed_in import person_of
from infracommons.web.catalogue.desk.kept import keeps_form, kept_form
from infracommons.web.funding.desk import actions, turns
from infracommons.web.funding.desk.actions import ReviewError, Seen
from infracommons.web.funding.desk.doors import item_or_404, with_filters, with_release
from infracommons.web.funding.desk.item_page import hides_machine, item_page, remember
from infracommons.web.funding.desk.queue_views import to_next
from infracommons.web.funding.desk.standing import standing_of
from infracommons.web.shared.paged import address

CONFLICT, BAD = 409, 400
_KEPT = "You were signed out before this was sent. Your note is here again: look at it, and answer."


@require_safe
@requires("review_awards")
@with_release
@with_filters
def item(
    request: HttpRequest, release: Release, asked: ReviewFilters, kind: str, subject_id: str, other_id: str
) -> HttpResponse:
    """Show one item, and hold it for the person where nobody else has it."""
    found = item_or_404(release, kind, subject_id, other_id)
    kept = kept_form(request)
    is_free = actions.take(found.name, by=person_of(request))
    said = _KEPT if kept else "" if is_free else "A colleague has this item on the screen. Go on with the next one."
    return _show(request, release, asked, found, problem=said, note=kept.get("note", "") if kept else "")


def _show(
    request: HttpRequest, release: Release, asked: ReviewFilters, found: ReviewItem, *,
    problem: str = "", note: str = "", status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = item_page(request, release, found, asked, person_of(request))
    return render(request, "funding/desk/item.html", context | {"problem": problem, "note": note}, status=status)


@require_POST
@keeps_form("review_item")
@requires("review_awards")
@with_release
@with_filters
def answer(
    request: HttpRequest, release: Release, asked: ReviewFilters, kind: str, subject_id: str, other_id: str
) -> HttpResponseBase:
    """Store an answer and go on to the next item."""
    return _decided(request, release, asked, item_or_404(release, kind, subject_id, other_id), is_settlement=False)


@require_POST
@keeps_form("review_item")
@requires("review_awards")
@with_release
@with_filters
def settle(
    request: HttpRequest, release: Release, asked: ReviewFilters, kind: str, subject_id: str, other_id: str
) -> HttpResponseBase:
    """Store what counts where people disagree."""
    return _decided(request, release, asked, item_or_404(release, kind, subject_id, other_id), is_settlement=True)


def _decided(
    request: HttpRequest, release: Release, asked: ReviewFilters, found: ReviewItem, *, is_settlement: bool
) -> HttpResponseBase:
    person, note = person_of(request), request.POST.get("note", "")
    seen = Seen(release.release_id, machine_was_hidden=hides_machine(person) and not standing_of(found.name).of(person))
    store = actions.settle if is_settlement else actions.answer
    try:
        stored = store(found, request.POST.get("answer", ""), note, by=person, seen=seen)
    except ReviewError as problem:
        return _show(request, release, asked, found, problem=str(problem), note=note, status=BAD)
    remember(request, stored)
    return redirect("review_agreement") if is_settlement else to_next(request, release, asked)


@require_POST
@requires("review_awards")
@with_release
@with_filters
def skip(
    request: HttpRequest, release: Release, asked: ReviewFilters, kind: str, subject_id: str, other_id: str
) -> HttpResponseBase:
    """Leave an item for later or for a colleague, and go on."""
    found = item_or_404(release, kind, subject_id, other_id)
    turns.skip(request, found.name)
    actions.let_go(found.name, by=person_of(request))
    return to_next(request, release, asked)


@require_POST
@requires("review_awards")
@with_release
@with_filters
def second(
    request: HttpRequest, release: Release, asked: ReviewFilters, kind: str, subject_id: str, other_id: str
) -> HttpResponseBase:
    """Ask a colleague for a second opinion."""
    found = item_or_404(release, kind, subject_id, other_id)
    is_new = actions.ask_second(found.name, by=person_of(request))
    messages.success(request, "A colleague will be asked." if is_new else "A colleague was asked already.")
    return redirect(turns.item_address(found.name, asked))


@require_POST
@requires("review_awards")
@with_release
@with_filters
def withdraw(
    request: HttpRequest, release: Release, asked: ReviewFilters, kind: str, subject_id: str, other_id: str
) -> HttpResponseBase:
    """Take the person's own answer on an item back."""
    found = item_or_404(release, kind, subject_id, other_id)
    mine = standing_of(found.name).of(person_of(request))
    if mine is None:
        return _show(request, release, asked, found, problem="You have no answer here to take back.", status=CONFLICT)
    actions.withdraw(mine, by=person_of(request), release_id=release.release_id)
    messages.success(request, "Your answer was taken back. The item waits again.")
    return redirect(turns.item_address(found.name, asked))


@require_POST
@requires("review_awards")
@with_release
@with_filters
def undo(request: HttpRequest, release: Release, asked: ReviewFilters) -> HttpResponseBase:
    """Take back what the person decided last, and go to that item."""
    try:
        gone = actions.undo(by=person_of(request), release_id=release.release_id)
    except ReviewError as problem:
        messages.info(request, str(problem))
        return redirect(address(reverse("review_queue"), asked))
    messages.success(request, f"Taken back: {gone.words}.")
    return redirect(turns.item_address(gone.item, asked))
