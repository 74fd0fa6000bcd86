"""Lists and withdraws infrastructures, and gives them another address, each checked and with its reason."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from infracommons.web.catalogue.claims.append import Author, one_writer
from infracommons.web.catalogue.claims.create import RESERVED_SLUGS, change_slug, set_listing
from infracommons.web.catalogue.claims.notices import notify
from infracommons.web.catalogue.claims.stewards import stewards_of
from infracommons.web.catalogue.fields.problems import ValueProblem
from infracommons.web.catalogue.fields.texts import paragraphs
from infracommons.web.catalogue.models import FormerSlug, Infrastructure
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.infrastructure import Listing

if TYPE_CHECKING:
    from infracommons.web.accounts.models import User

CHOICES = (Listing.LISTED, Listing.WITHDRAWN, Listing.DECLINED)
_LONGEST_REASON = 2000
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 150


class ListingProblem(ValueError):  # noqa: N818 - it describes input
    """What a curator asked for cannot be done; `part` is the part of the form, the text says what to do."""

    def __init__(self, part: str, message: str) -> None:
        self.part = part
        super().__init__(message)


class OvertakenError(RuntimeError):
    """Someone else changed the infrastructure since the curator saw it."""


@dataclass(frozen=True)
class NewListing:
    """How an infrastructure is to be listed from now on."""

    listing: str
    reason: str
    successor: Infrastructure | None


def checked_listing(infrastructure: Infrastructure, listing: str, reason: str, successor: str) -> NewListing:
    """Return what was asked for, checked against the infrastructure; raise ListingProblem."""
    if listing not in CHOICES:
        raise ListingProblem("listing", "Choose how the infrastructure is to be listed.")
    try:
        said = paragraphs(reason, "reason", _LONGEST_REASON)
    except ValueProblem as problem:
        raise ListingProblem("reason", problem.message) from problem
    if listing != Listing.LISTED and not said:
        raise ListingProblem("reason", "Give a reason: the infrastructure's page then shows it.")
    if successor and listing == Listing.LISTED:
        raise ListingProblem("successor", "What is listed has no successor. Leave this empty.")
    if (infrastructure.listing, infrastructure.listing_reason) == (listing, said) and not successor:
        raise ListingProblem("listing", f"It is {infrastructure.get_listing_display()} already, for this reason.")
    return NewListing(listing, said, _successor(infrastructure, successor.strip()) if successor.strip() else None)


def _successor(infrastructure: Infrastructure, slug: str) -> Infrastructure:
    found = Infrastructure.objects.filter(infrastructure_id=slug).first() if "\0" not in slug else None
    if found is None or found.listing != Listing.LISTED:
        raise ListingProblem(
            "successor", f"No listed infrastructure has the id “{slug[:80]}”. Look it up, as in arxiv."
        )
    if found.pk == infrastructure.pk:
        raise ListingProblem("successor", "An infrastructure cannot follow itself. Choose another.")
    return found


@transaction.atomic
def list_anew(infrastructure: Infrastructure, new: NewListing, *, version: int, by: "User") -> int:
    """Carry it out and tell the stewards; return how many. Raises OvertakenError where `version` has passed."""
    _refuse_overtaken(infrastructure, version)
    author = Author(AuthorKind.CURATOR, "a curator", by)
    set_listing(infrastructure, new.listing, by=author, reason=new.reason, successor=new.successor)
    words = infrastructure.get_listing_display()
    text = f"{infrastructure.name} is now {words}." + (f"\n\nReason: {new.reason}" if new.reason else "")
    told = [
        notify(one, "stewardship", f"{infrastructure.name} is {words}", text) for one in stewards_of(infrastructure)
    ]
    return len([notice for notice in told if notice])


def checked_slug(infrastructure: Infrastructure, slug: str) -> str:
    """Return an id that the infrastructure can take; raise ListingProblem."""
    said = slug.strip()
    if not _SLUG.fullmatch(said) or len(said) > _LONGEST_SLUG:
        message = f"“{said[:80]}” cannot be an id: give small letters a to z, digits and single hyphens, 150 at most."
        raise ListingProblem("slug", message)
    if said == infrastructure.infrastructure_id:
        raise ListingProblem("slug", "This is its id already.")
    if said in RESERVED_SLUGS:
        raise ListingProblem("slug", f"“{said}” is kept for pages of the site. Choose another.")
    if Infrastructure.objects.filter(infrastructure_id=said).exists():
        raise ListingProblem("slug", f"Another infrastructure has the id “{said}”. Choose another.")
    if FormerSlug.objects.filter(slug=said).exclude(infrastructure=infrastructure).exists():
        raise ListingProblem("slug", f"“{said}” was the id of another infrastructure and leads to it. Choose another.")
    return said


@transaction.atomic
def readdress(infrastructure: Infrastructure, slug: str, *, version: int, by: "User") -> None:
    """Give an infrastructure another id. Raises ListingProblem, and OvertakenError where `version` has passed."""
    _refuse_overtaken(infrastructure, version)
    change_slug(infrastructure, checked_slug(infrastructure, slug), by=Author(AuthorKind.CURATOR, "a curator", by))


def _refuse_overtaken(infrastructure: Infrastructure, version: int) -> None:
    one_writer()
    locked = Infrastructure.objects.select_for_update().get(pk=infrastructure.pk)
    if locked.version != version:
        message = "Nothing was stored: someone changed this infrastructure since you opened the page. Look again."
        raise OvertakenError(message)
