"""Mail goes out with the change it tells of, and outlives a server that is down."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from infracommons.web.catalogue.claims.mail import queue_mail, send_waiting
from infracommons.web.catalogue.models import WaitingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def down(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server that cannot be reached."""

    def refuse(*_: Any) -> int:
        message = "550 ada@example.org is unknown"
        raise SMTPServerDisconnected(message)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def test_a_mail_is_sent_when_its_change_is_stored_and_then_no_longer_kept(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        waiting = queue_mail("ada@example.org", "Decided", "Your claim stands.", {"X-Kind": "one"})
        assert mail.outbox == []
    (sent,) = mail.outbox
    assert (sent.to, sent.body, sent.extra_headers) == (["ada@example.org"], "Your claim stands.", {"X-Kind": "one"})
    assert sent.subject == "Infracommons: Decided"
    waiting.refresh_from_db()
    assert waiting.sent_at is not None
    assert (waiting.to, waiting.text) == ("", "")


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_sends_nothing() -> None:
    def change() -> None:
        with transaction.atomic():
            queue_mail("ada@example.org", "Decided", "Text")
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own, just above
        change()
    assert mail.outbox == []
    assert not WaitingMail.objects.exists()


def test_a_subject_cannot_add_headers(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        queue_mail("ada@example.org", "Hello\r\nBcc: bea@example.org", "Text")
    assert mail.outbox[0].subject == "Infracommons: Hello Bcc: bea@example.org"
    assert mail.outbox[0].recipients() == ["ada@example.org"]


@pytest.mark.usefixtures("down")
def test_a_mail_that_cannot_be_sent_is_kept_without_its_address_in_any_log(
    django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        waiting = queue_mail("ada@example.org", "Decided", "Text")
    waiting.refresh_from_db()
    assert (waiting.failures, waiting.problem, waiting.to) == (1, "SMTPServerDisconnected", "ada@example.org")
    assert "ada@example.org" not in caplog.text
    assert "SMTPServerDisconnected" in caplog.text


def test_what_waits_is_tried_again_and_a_fresh_mail_is_left_to_its_request() -> None:
    failed = WaitingMail.objects.create(to="ada@example.org", subject="One", text="Text", failures=1)
    old = WaitingMail.objects.create(
        to="bea@example.org", subject="Two", text="Text", made_at=timezone.now() - timedelta(hours=1)
    )
    fresh = WaitingMail.objects.create(to="cleo@example.org", subject="Three", text="Text")
    assert send_waiting(timezone.now()) == (2, 0)
    assert sorted(sent.to[0] for sent in mail.outbox) == ["ada@example.org", "bea@example.org"]
    assert set(WaitingMail.objects.filter(sent_at=None)) == {fresh}
    assert send_waiting(timezone.now()) == (0, 0)
    assert {failed.pk, old.pk} == set(WaitingMail.objects.exclude(sent_at=None).values_list("pk", flat=True))


@pytest.mark.usefixtures("down")
def test_a_mail_is_not_tried_for_ever() -> None:
    WaitingMail.objects.create(to="ada@example.org", subject="One", text="Text", failures=11)
    assert send_waiting(timezone.now()) == (0, 1)
    assert send_waiting(timezone.now()) == (0, 0)
