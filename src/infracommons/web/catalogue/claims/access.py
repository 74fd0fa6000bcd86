"""Lets a visitor without an account back to what they proposed: by the signed link that was mailed to them."""

from django.core.signing import Signer
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from infracommons.web.catalogue.claims.notices import site_address
from infracommons.web.catalogue.models import Proposal

_SALT = "infracommons.proposal"


def access_key(proposal: Proposal) -> str:
    """Return what proves, in an address, that somebody reads the proposer's mail."""
    return Signer(salt=_SALT).signature(str(proposal.public_id))


def is_key_of(proposal: Proposal, key: str) -> bool:
    """Return whether a key opens this proposal: only one without an account behind it has a key."""
    return proposal.proposer_id is None and constant_time_compare(key, access_key(proposal))


def proposal_path(proposal: Proposal) -> str:
    """Return the proposal's page as its proposer reaches it."""
    path = reverse("proposal", args=[proposal.public_id])
    return path if proposal.proposer_id else f"{path}?key={access_key(proposal)}"


def proposal_address(proposal: Proposal) -> str:
    """Return the same as a whole address, for mails."""
    return site_address(proposal_path(proposal))
