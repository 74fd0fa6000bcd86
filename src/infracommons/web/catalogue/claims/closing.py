"""Forgets, when somebody closes their account, what of them no foreign key shows or is nobody else's affair."""

from typing import Any

from django.dispatch import receiver

from infracommons.web.accounts.actions import account_closing
from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.workflow import DRAFT
from infracommons.web.catalogue.models import Proposal, WaitingMail


@receiver(account_closing)
def forget(person: User, **_: Any) -> None:  # noqa: ANN401 - Django's signals
    """Delete mails to the person that wait to be sent, and drafts that nobody else has ever seen."""
    WaitingMail.objects.filter(to=person.email).delete()
    Proposal.objects.filter(proposer=person, state=DRAFT).delete()
