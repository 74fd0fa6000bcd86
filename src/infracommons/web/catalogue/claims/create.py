"""Makes an infrastructure from its first claims, and changes how it is listed."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from infracommons.web.catalogue.claims.append import Author, append_claims, log_change, one_writer
from infracommons.web.catalogue.claims.organisations import free_slug, slug_of
from infracommons.web.catalogue.fields.claim_input import ClaimInput
from infracommons.web.catalogue.models import FormerSlug, Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

RESERVED_SLUGS = frozenset(
    "new edit index search search-help sort compare suggest feed feeds changes api admin login logout account all"
    " none".split()
)


@transaction.atomic
def create_infrastructure(
    claims: Iterable[ClaimInput],
    *,
    by: Author,
    slug: str = "",
    listing: str = Listing.LISTED,
    external_id: str = "",
) -> Infrastructure:
    """Store a new infrastructure and its claims, among which is its name, from which the slug is made unless given."""
    stated = list(claims)
    name = next(claim.value for claim in stated if claim.field == "name")
    one_writer()  # of two that would take the same id, the second sees the first's
    infrastructure = Infrastructure.objects.create(
        infrastructure_id=slug or _free(slug_of(name) or "infrastructure"),
        name=name,
        listing=listing,
        external_id=external_id,
    )
    append_claims(infrastructure, stated, by=by)
    return infrastructure


def _free(slug: str) -> str:
    wanted = f"{slug}-infrastructure" if slug in RESERVED_SLUGS else slug
    found = free_slug(wanted, Infrastructure)
    while FormerSlug.objects.filter(slug=found).exists():
        found = free_slug(f"{found}-2", Infrastructure)
    return found


@transaction.atomic
def set_listing(
    infrastructure: Infrastructure,
    listing: str,
    *,
    by: Author,
    reason: str = "",
    successor: Infrastructure | None = None,
) -> None:
    """List, decline or withdraw an infrastructure, with the reason that its page then gives."""
    one_writer()
    locked = Infrastructure.objects.select_for_update().get(pk=infrastructure.pk)
    locked.listing, locked.listing_reason, locked.successor = listing, reason, successor
    locked.version += 1
    locked.changed_at = timezone.now()
    locked.save()
    log_change(locked, str(listing), [], by.kind, locked.changed_at)
    infrastructure.refresh_from_db()


@transaction.atomic
def change_slug(infrastructure: Infrastructure, slug: str, *, by: Author) -> None:
    """Give an infrastructure another id; the old one leads on to it for good."""
    one_writer()
    locked = Infrastructure.objects.select_for_update().get(pk=infrastructure.pk)
    FormerSlug.objects.update_or_create(slug=locked.infrastructure_id, defaults={"infrastructure": locked})
    FormerSlug.objects.filter(slug=slug, infrastructure=locked).delete()
    locked.infrastructure_id, locked.changed_at = slug, timezone.now()
    locked.version += 1
    locked.save()
    log_change(locked, "renamed", [], by.kind, locked.changed_at)
    infrastructure.refresh_from_db()
