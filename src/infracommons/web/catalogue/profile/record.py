"""What the site itself keeps about a record: nobody claims it."""

from dataclasses import dataclass
from datetime import date

from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing


@dataclass(frozen=True)
class Fact:
    """One fact: a day, or words where it is none."""

    label: str
    words: str = ""
    day: date | None = None


def record_facts(infrastructure: Infrastructure) -> list[Fact]:
    """Return the facts in the words of the definitions; one query."""
    listed = infrastructure.changes.filter(kind=Listing.LISTED).order_by("id").first()
    published = (listed.at if listed else infrastructure.created_at).date()
    return [
        Fact(field("identifier").label, infrastructure.infrastructure_id),
        Fact(field("created").label, day=infrastructure.created_at.date()),
        Fact(field("updated").label, day=infrastructure.changed_at.date()),
        *([Fact(field("published").label, day=published)] if infrastructure.listing == Listing.LISTED else []),
        Fact(field("publication_status").label, Listing(infrastructure.listing).label),
        Fact("Version", str(infrastructure.version)),
    ]
