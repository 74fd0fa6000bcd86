"""Tells a person something: always on the site, by mail where the person wants that kind of notice by mail."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from infracommons.web.catalogue.claims.mail import queue_mail
from infracommons.web.catalogue.models import Notice, NoticePreference

if TYPE_CHECKING:
    from infracommons.web.accounts.models import User

_SALT = "infracommons.unsubscribe"
_LONGEST_SUBJECT = 300


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice, switched on or off by itself; `by_mail` is what holds until a person says otherwise."""

    code: str
    label: str
    when: str
    by_mail: bool = True


KINDS = {
    kind.code: kind
    for kind in (
        NoticeKind("proposal_step", "Decisions on my proposals", "A curator decides on something you proposed."),
        NoticeKind("proposal_comment", "Comments on proposals", "Someone comments on a proposal of yours."),
        NoticeKind("stewardship", "Stewardships", "A curator decides whether you speak for an infrastructure."),
        NoticeKind("stale", "Values that grew old", "Values of an infrastructure that you steward need checking."),
        NoticeKind("broken_link", "Broken links", "A link on a profile that you steward stopped working."),
        NoticeKind("assigned", "Work assigned to me", "A colleague at the desk gives you a proposal to review."),
        NoticeKind("to_review", "New work at the desk", "A proposal or request waits for a curator.", by_mail=False),
        NoticeKind("follow", "Infrastructures I follow", "A profile that you follow changes."),
    )
}


class UnknownNoticeKindError(KeyError):
    """A kind of notice that nobody could switch off, because it is not in KINDS."""


def kind_of(code: str) -> NoticeKind:
    """Return the kind with this code; raise UnknownNoticeKindError where there is none."""
    if code not in KINDS:
        raise UnknownNoticeKindError(code)
    return KINDS[code]


@transaction.atomic
def notify(person: "User", kind: str, subject: str, text: str, path: str = "") -> Notice | None:
    """Store a notice for a person and queue its mail where they want it; `path` is where on the site to go on.

    Returns None for a closed account, which is told nothing. Raises UnknownNoticeKindError.
    """
    told = kind_of(kind)
    if not person.is_active:
        return None
    line = " ".join(subject.split())[:_LONGEST_SUBJECT]
    notice = Notice.objects.create(recipient=person, kind=told.code, subject=line, text=text, path=path)
    if wants_mail(person, told.code):
        _mail(person, told, notice)
    return notice


def wants_mail(person: "User", kind: str) -> bool:
    """Return whether a person wants this kind by mail."""
    chosen = NoticePreference.objects.filter(person=person, kind=kind).values_list("by_mail", flat=True).first()
    return kind_of(kind).by_mail if chosen is None else chosen


def choose(person: "User", kind: str, *, by_mail: bool) -> None:
    """Keep whether a person wants this kind by mail; raise UnknownNoticeKindError."""
    NoticePreference.objects.update_or_create(person=person, kind=kind_of(kind).code, defaults={"by_mail": by_mail})


def unsubscribe_token(person: "User", kind: str) -> str:
    """Return a token that lets whoever reads this person's mail end this kind for this person, and nothing else."""
    return signing.Signer(salt=_SALT).sign_object([person.pk, kind])


def read_unsubscribe_token(token: str) -> tuple[int, NoticeKind]:
    """Return the person's key and the kind that a token is for; raise BadSignature for one that we did not make.

    It never expires: a mail is found again after years, and its link must still do what it says.
    """
    person, kind = signing.Signer(salt=_SALT).unsign_object(token)
    try:
        return int(person), kind_of(kind)
    except UnknownNoticeKindError as error:
        message = "this kind of notice is no longer sent"
        raise signing.BadSignature(message) from error


def site_address(path: str) -> str:
    """Return a path of this site as a whole address, for mails."""
    return f"{settings.INFRACOMMONS_ADDRESS}{path}"


def _mail(person: "User", kind: NoticeKind, notice: Notice) -> None:
    leave = site_address(reverse("unsubscribe", args=[unsubscribe_token(person, kind.code)]))
    more = f"\n\n{site_address(notice.path)}" if notice.path else ""
    foot = (
        f"You get this because you have an account at Infracommons. To get no more mails of this kind\n"
        f"({kind.label.lower()}): {leave}\n"
        f"All your choices: {site_address(reverse('notice_settings'))}"
    )
    headers = {"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    queue_mail(person.email, notice.subject, f"{notice.text}{more}\n\n-- \n{foot}\n", headers)
    notice.mailed_at = timezone.now()
    notice.save(update_fields=["mailed_at"])
