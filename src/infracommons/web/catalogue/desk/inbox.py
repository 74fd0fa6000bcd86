"""What a person was told: the inbox, what comes by mail, and the page behind the link that ends one kind of mail."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from infracommons.insights.award_filters import PAGE
from infracommons.insights.query_string import choice, one, parse
from infracommons.vocabulary.figures import counted
from infracommons.web.accounts.models import User
from infracommons.web.accounts.permissions import may
from infracommons.web.accounts.signed_in import person_of
from infracommons.web.catalogue.claims.notices import KINDS, NoticeKind, choose, read_unsubscribe_token, wants_mail
from infracommons.web.catalogue.models import Notice
from infracommons.web.shared.paged import address, page_of
from infracommons.web.shared.views import bad_filters

_FOR_THE_DESK = ("to_review", "assigned")


@dataclass(frozen=True)
class InboxFilters:
    """All notices or the unread ones, and a page."""

    show: str = one("", *choice(("unread",)))
    page: int = one(1, *PAGE)


@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Show what the signed-in person was told, newest first."""
    parsed = parse(InboxFilters, request.META.get("QUERY_STRING", ""))
    if parsed.problems:
        return bad_filters(request, parsed.problems, address(request.path, parsed.asked))
    mine = Notice.objects.filter(recipient=person_of(request)).order_by("-pk")
    unread = mine.filter(read_at=None)
    page = page_of(unread if parsed.asked.show else mine, request.path, parsed.asked)
    rows = [(notice, KINDS[notice.kind].label if notice.kind in KINDS else notice.kind) for notice in page.rows]
    context = {"rows": rows, "pages": page.pages, "unread": unread.count(), "asked": parsed.asked}
    return render(request, "catalogue/desk/notices.html", context, status=page.status)


@login_required
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark one notice of the signed-in person as read, or all of them."""
    unread = Notice.objects.filter(recipient=person_of(request), read_at=None)
    wanted = request.POST.get("notice", "")
    if wanted != "all":
        unread = unread.filter(pk=wanted) if wanted.isdecimal() and len(wanted) < 19 else unread.none()  # noqa: PLR2004
    marked = unread.update(read_at=timezone.now())
    messages.success(request, f"{counted(marked, 'notice')} marked as read.")
    return redirect("notices")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """Show and take which kinds of notices the signed-in person wants by mail."""
    person = person_of(request)
    kinds = [kind for kind in KINDS.values() if may(person, "see_desk") or kind.code not in _FOR_THE_DESK]
    if request.method == "POST":
        wanted = set(request.POST.getlist("by_mail"))
        for kind in kinds:
            choose(person, kind.code, by_mail=kind.code in wanted)
        messages.success(request, f"Saved: {counted(len(wanted & KINDS.keys()), 'kind')} of notices come by mail.")
        return redirect("notice_settings")
    context = {"kinds": [(kind, wants_mail(person, kind.code)) for kind in kinds]}
    return render(request, "catalogue/desk/notice_settings.html", context)


@csrf_exempt  # mail programs send the form for the reader (RFC 8058); the token says for whom
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and when the form is sent end one kind of mail for the one person that the token names, signed in or not."""
    try:
        key, kind = read_unsubscribe_token(token)
    except BadSignature as error:
        message = "This link was not made by this site, or a part of it is missing."
        raise BadRequest(message) from error
    person = User.objects.filter(pk=key, is_active=True).first()
    if request.method == "POST" and person is not None:
        choose(person, kind.code, by_mail="again" in request.POST)
    return render(request, "catalogue/desk/unsubscribe.html", _state(request, person, kind))


def _state(request: HttpRequest, person: User | None, kind: NoticeKind) -> dict[str, object]:
    return {
        "kind": kind,
        "is_open": person is not None,
        "is_on": person is not None and wants_mail(person, kind.code),
        "is_done": request.method == "POST",
    }
