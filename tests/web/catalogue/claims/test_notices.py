"""Notices reach the person they are for, by mail only where that person wants it."""

from typing import Any

import pytest
from django.core import mail
from django.core.signing import BadSignature

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.notices import (
    KINDS,
    NoticeKind,
    UnknownNoticeKindError,
    choose,
    notify,
    read_unsubscribe_token,
    unsubscribe_token,
    wants_mail,
)
from infracommons.web.catalogue.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(django_capture_on_commit_callbacks: Any, member: User) -> Notice | None:
    with django_capture_on_commit_callbacks(execute=True):
        return notify(member, "proposal_step", "Your proposal\nis accepted", "All of it.", "/work/")


def test_a_notice_is_kept_on_the_site_and_mailed_to_its_recipient_alone(told: Notice, member: User) -> None:
    assert Notice.objects.get() == told
    assert told.subject == "Your proposal is accepted"
    assert told.mailed_at is not None
    (letter,) = mail.outbox
    assert letter.to == [member.email]
    assert "http://127.0.0.1:8000/work/" in letter.body


@pytest.mark.usefixtures("told")
def test_the_links_that_end_mails_in_a_letter_are_its_recipients_own(member: User) -> None:
    header = mail.outbox[0].extra_headers["List-Unsubscribe"]
    token = header.strip("<>").rstrip("/").rpartition("/")[2]
    key, kind = read_unsubscribe_token(token)
    assert (key, kind.code) == (member.pk, "proposal_step")
    assert header.strip("<>") in mail.outbox[0].body
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_kind_that_a_person_switched_off_stays_on_the_site_only(
    member: User, curator: User, django_capture_on_commit_callbacks: Any
) -> None:
    choose(member, "proposal_step", by_mail=False)
    with django_capture_on_commit_callbacks(execute=True):
        for person in (member, curator):
            notify(person, "proposal_step", "Decided", "It is decided.")
    assert [letter.to for letter in mail.outbox] == [[curator.email]]
    assert Notice.objects.filter(recipient=member, mailed_at=None).count() == 1


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_each_kind_has_a_default_until_a_person_chooses(kind: NoticeKind, member: User) -> None:
    code, default = kind.code, kind.by_mail
    assert wants_mail(member, code) is default
    choose(member, code, by_mail=not default)
    assert wants_mail(member, code) is not default


def test_a_closed_account_is_told_nothing(member: User) -> None:
    member.is_active = False
    member.save()
    assert notify(member, "stale", "Old", "Values") is None
    assert not Notice.objects.exists()


def test_a_kind_that_nobody_could_switch_off_is_refused(member: User) -> None:
    with pytest.raises(UnknownNoticeKindError):
        notify(member, "advertisement", "Buy", "now")


def test_a_token_that_was_changed_is_refused(member: User) -> None:
    token = unsubscribe_token(member, "stale")
    for changed in (token[:-1], token + "x", token.replace(":", ".", 1), "", "x" * 500):
        with pytest.raises(BadSignature):
            read_unsubscribe_token(changed)
