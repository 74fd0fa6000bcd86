"""The tables of the catalogue: infrastructures and claims, terms, proposals, links, letters."""

from infracommons.web.catalogue.models.claim import Claim
from infracommons.web.catalogue.models.infrastructure import Change, FormerSlug, Infrastructure, Organisation
from infracommons.web.catalogue.models.links import Link, LinkCheck, UpkeepEvent
from infracommons.web.catalogue.models.notices import Follow, Notice, NoticePreference, WaitingMail
from infracommons.web.catalogue.models.proposal import Proposal, ProposalComment, ProposalEvent, ProposedClaim
from infracommons.web.catalogue.models.stewardship import Stewardship
from infracommons.web.catalogue.models.term import Term, TermEvent

__all__ = [
    "Change",
    "Claim",
    "Follow",
    "FormerSlug",
    "Infrastructure",
    "Link",
    "LinkCheck",
    "Notice",
    "NoticePreference",
    "Organisation",
    "Proposal",
    "ProposalComment",
    "ProposalEvent",
    "ProposedClaim",
    "Stewardship",
    "Term",
    "TermEvent",
    "UpkeepEvent",
    "WaitingMail",
]
