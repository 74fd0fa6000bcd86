"""Queues mail with the change it tells of, sends it once that is stored, and keeps what could not be sent."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from infracommons.web.catalogue.models import WaitingMail

_log = logging.getLogger(__name__)
_SUBJECT_PREFIX = "Infracommons: "
_LONGEST_SUBJECT = 200
_UNDER_WAY = timedelta(minutes=10)  # a younger mail may be on its way out from the request that made it
_MOST_TRIES = 12
# Whatever a mail server, a full disk or a malformed address does; a page must not fail for it.
_FAILURES = (SMTPException, OSError, ValueError)


def queue_mail(to: str, subject: str, text: str, headers: Mapping[str, str] | None = None) -> WaitingMail:
    """Store a mail and send it when the transaction commits; a rolled-back change sends nothing.

    The subject is put in one line: what a person typed into it cannot add headers.
    """
    line = " ".join(subject.split())[:_LONGEST_SUBJECT]
    mail = WaitingMail.objects.create(to=to, subject=line, text=text, headers=dict(headers or {}))
    transaction.on_commit(partial(_send, mail.pk))
    return mail


def send_waiting(now: datetime) -> tuple[int, int]:
    """Try again what was not sent; return how many mails went out, and how many failed again."""
    waiting = WaitingMail.objects.filter(Q(failures__gt=0) | Q(made_at__lt=now - _UNDER_WAY), sent_at=None)
    answers = [
        _send(key) for key in waiting.filter(failures__lt=_MOST_TRIES).order_by("pk").values_list("pk", flat=True)
    ]
    return answers.count(True), answers.count(False)


def _send(key: int) -> bool:
    """Send one mail and return whether it went; its address and text are then no longer kept."""
    mail = WaitingMail.objects.filter(pk=key, sent_at=None).first()
    if mail is None:
        return True
    try:
        EmailMessage(_SUBJECT_PREFIX + mail.subject, mail.text, to=[mail.to], headers=mail.headers).send()
    except _FAILURES as error:
        mail.failures += 1
        mail.problem = type(error).__name__  # the message itself may hold the address
        _log.warning("mail %d was not sent (%s); it is kept for the next run of upkeep", mail.pk, mail.problem)
    else:
        mail.sent_at, mail.to, mail.text, mail.headers, mail.problem = timezone.now(), "", "", {}, ""
    mail.save()
    return mail.sent_at is not None
