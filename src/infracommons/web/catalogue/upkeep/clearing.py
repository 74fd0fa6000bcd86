"""Deletes what is kept of people for a while only: proposals that nobody confirmed, mails and notices of long ago."""

from datetime import datetime, timedelta

from django.db.models import Q

from infracommons.web.catalogue.claims.workflow import UNCONFIRMED
from infracommons.web.catalogue.models import Notice, Proposal, WaitingMail

UNCONFIRMED_KEPT = timedelta(days=30)
MAIL_KEPT = timedelta(days=30)
READ_NOTICES_KEPT = timedelta(days=365)


def clear_unconfirmed(now: datetime) -> int:
    """Delete proposals, with the addresses in them, whose e-mail address was not confirmed; return how many."""
    limit = now - UNCONFIRMED_KEPT
    made = Q(token_made_at__lt=limit) | Q(token_made_at=None, created_at__lt=limit)
    _, deleted = Proposal.objects.filter(made, state=UNCONFIRMED).delete()
    return deleted.get(Proposal._meta.label, 0)  # noqa: SLF001 - Django's documented name


def clear_mail(now: datetime) -> int:
    """Delete mails, sent ones and those that could not be sent, after a month; return how many."""
    _, deleted = WaitingMail.objects.filter(made_at__lt=now - MAIL_KEPT).delete()
    return deleted.get(WaitingMail._meta.label, 0)  # noqa: SLF001 - as above


def clear_notices(now: datetime) -> int:
    """Delete notices read more than a year ago; return how many."""
    _, deleted = Notice.objects.filter(read_at__lt=now - READ_NOTICES_KEPT).delete()
    return deleted.get(Notice._meta.label, 0)  # noqa: SLF001 - as above
