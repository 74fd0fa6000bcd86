"""Confirms a visitor's e-mail address: a secret by mail, of which only the hash is kept, for one use within a week."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from infracommons.web.catalogue.claims.mail import queue_mail
from infracommons.web.catalogue.claims.notices import site_address
from infracommons.web.catalogue.claims.steps import take_step
from infracommons.web.catalogue.claims.telling import subject_of
from infracommons.web.catalogue.claims.workflow import UNCONFIRMED
from infracommons.web.catalogue.models import Proposal

VALID_DAYS = 7
_TEXT = """Somebody, probably you, sent this to Infracommons: {subject}.

To hand it to the curators, open this page and press the button on it within {days} days:

{address}

If it was not you, do nothing: it is then deleted, and so is your e-mail address.
"""


class LinkUselessError(ValueError):
    """A link to confirm does not do so: it was changed, used, or replaced by a newer one."""


class LinkExpiredError(ValueError):
    """A link to confirm is right but too old; a new one can be sent."""


def ask_to_confirm(proposal: Proposal) -> None:
    """Mail the proposer a new link; an earlier one no longer works."""
    secret = secrets.token_urlsafe(32)
    proposal.token_hash, proposal.token_made_at = _hash(secret), timezone.now()
    proposal.save(update_fields=["token_hash", "token_made_at"])
    address = site_address(reverse("confirm_proposal", args=[proposal.public_id, secret]))
    subject = subject_of(proposal)
    text = _TEXT.format(subject=subject, days=VALID_DAYS, address=address)
    queue_mail(proposal.email, f"Please confirm: {subject}", text)


def check_link(proposal: Proposal, secret: str, now: datetime) -> None:
    """Raise LinkUselessError or LinkExpiredError unless the link confirms this proposal now."""
    if proposal.state != UNCONFIRMED or not proposal.token_hash or proposal.token_made_at is None:
        message = "This proposal does not wait for a confirmation."
        raise LinkUselessError(message)
    if not constant_time_compare(proposal.token_hash, _hash(secret)):
        message = "This link is not the one that was sent last."
        raise LinkUselessError(message)
    if now - proposal.token_made_at > timedelta(days=VALID_DAYS):
        message = f"This link is older than {VALID_DAYS} days."
        raise LinkExpiredError(message)


@transaction.atomic
def confirm(proposal: Proposal, secret: str, now: datetime) -> None:
    """Hand the proposal to the curators; raises as `check_link`."""
    locked = Proposal.objects.select_for_update().get(pk=proposal.pk)
    check_link(locked, secret, now)
    take_step(locked, "confirm", by=None)
    proposal.refresh_from_db()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
