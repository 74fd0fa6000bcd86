"""Which infrastructures and changes files may tell of: those that readers find, and what is public of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from infracommons.web.catalogue.exchange.facts import exported_fields
from infracommons.web.catalogue.fields.registry import fields
from infracommons.web.catalogue.models import Change, Claim, Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

LISTINGS = (Listing.LISTED, Listing.WITHDRAWN)
_ROWS_AT_ONCE = 500
_MOST_NAMED = 5


@dataclass(frozen=True)
class PublicChange:
    """A change with the codes of its public fields, and what happened in words."""

    change: Change
    fields: tuple[str, ...]
    words: str


def public_infrastructures() -> QuerySet[Infrastructure]:
    """Return what is listed, and what was withdrawn, whose pages and history stay."""
    return Infrastructure.objects.filter(listing__in=LISTINGS)


def public_claims() -> QuerySet[Claim]:
    """Return every claim of a public field, in the order they were made, with its infrastructure."""
    codes = [definition.code for definition in exported_fields()]
    claims = Claim.objects.filter(infrastructure__listing__in=LISTINGS, field__in=codes)
    return claims.select_related("infrastructure").defer("infrastructure__profile").order_by("id")


def public_changes(changes: Iterable[Change]) -> Iterator[PublicChange]:
    """Yield the changes that touch something public; one of private fields alone is nobody's business."""
    codes = {definition.code for definition in exported_fields()}
    for change in changes:
        shown = tuple(code for code in change.fields if code in codes)
        if shown or not change.fields:
            yield PublicChange(change, shown, words_of(change.kind, shown))


def words_of(kind: str, codes: tuple[str, ...]) -> str:
    """Return what happened in words, the fields by their labels."""
    labels = [fields()[code].label for code in codes]
    named = ", ".join(labels[:_MOST_NAMED])
    more = f" and {len(labels) - _MOST_NAMED} more" if len(labels) > _MOST_NAMED else ""
    happened = {"claimed": "Claims added", "renamed": "Address changed", "term_changed": "Terms changed"}
    said = happened.get(kind, kind.replace("_", " ").capitalize())
    return f"{said}: {named}{more}" if labels else said
