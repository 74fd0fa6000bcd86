"""Who closes an account is forgotten in the queue of mails too, and takes their drafts along."""

from collections.abc import Callable

import pytest

from infracommons.web.accounts.actions import close_account
from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.mail import queue_mail
from infracommons.web.catalogue.models import Infrastructure, Proposal, WaitingMail

pytestmark = pytest.mark.django_db


def test_mails_that_wait_for_a_closed_account_are_never_sent_and_others_are(member: User) -> None:
    queue_mail(member.email, "To Ada", "Text")
    queue_mail("grace@example.org", "To Grace", "Text")
    close_account(member)
    assert list(WaitingMail.objects.values_list("to", flat=True)) == ["grace@example.org"]


def test_a_draft_goes_with_its_account_and_what_was_sent_stays(
    rich: Infrastructure, steward_of: Callable[[Infrastructure], User]
) -> None:
    person = steward_of(rich)
    for state in ("draft", "submitted", "revision"):
        Proposal.objects.create(kind="profile", state=state, infrastructure=rich, proposer=person, name=rich.name)
    close_account(person)
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["revision", "submitted"]
