"""Fetches, in few queries, what a profile's values stand among: people, links, upkeep, infrastructures they name."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.profile import Profile
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.fields.terms import TermBook
from infracommons.web.catalogue.models import Infrastructure, Link, Organisation, UpkeepEvent
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.catalogue.models.links import LinkOutcome
from infracommons.web.catalogue.profile.rows import Circumstances, addresses_of, history_address
from infracommons.web.catalogue.profile.values import Reading

_BAD = (LinkOutcome.BROKEN, LinkOutcome.NOT_PUBLIC)
_UNCERTAIN = "uncertain"


def circumstances(infrastructure: Infrastructure, profile: Profile, today: date) -> Circumstances:
    """Return what is known of the claims of a profile; three queries."""
    claims = [entry["claim"] for entry in profile.values()]
    uncertain = UpkeepEvent.objects.filter(infrastructure=infrastructure, kind=_UNCERTAIN, claim__in=claims)
    return Circumstances(
        today=today,
        people=names_of(entry["author"] for entry in profile.values()),
        uncertain=frozenset(uncertain.values_list("claim_id", flat=True)),
        broken=_broken({url for code, entry in profile.items() for url in addresses_of(field(code), entry)}),
        history=history_address(infrastructure.infrastructure_id),
    )


def names_of(authors: Iterable[int | None]) -> dict[int, str]:
    """Return the names, by id, of those authors who agreed to be named and have an account still."""
    ids = {author for author in authors if author}
    people = User.objects.filter(pk__in=ids, shows_name=True, closed_at=None).exclude(name="") if ids else ()
    return {person.pk: person.name for person in people}


def reading(book: TermBook, infrastructure: Infrastructure, profiles: Iterable[Profile]) -> Reading:
    """Return what is needed to show the values of these profiles; one query, none where no term names anything."""
    slugs = {slug for profile in profiles for slug in _slugs(profile, book)}
    # Asked by id alone, which is unique: a database that starts from the listing reads every row.
    rows = Infrastructure.objects.filter(infrastructure_id__in=slugs).values_list(
        "infrastructure_id", "name", "listing"
    )
    named = {slug: name for slug, name, listing in rows if listing == Listing.LISTED} if slugs else {}
    return Reading(book, named, _steward(infrastructure.steward))


def _slugs(profile: Mapping[str, Mapping[str, object]], book: TermBook) -> set[str]:
    found = set()
    for code, entry in profile.items():
        vocabulary, value = field(code).vocabulary, entry["value"]
        if vocabulary and isinstance(value, dict) and "terms" in value:
            terms = (book.current(vocabulary, one) for one in value["terms"])
            found |= {term.infrastructure for term in terms if term and term.infrastructure}
    return found


def _steward(organisation: Organisation | None) -> dict[str, str]:
    if organisation is None:
        return {}
    return {known: organisation.organisation_id for known in (organisation.name, organisation.ror) if known}


def _broken(urls: Iterable[str]) -> dict[str, str]:
    """Return what is wrong with each address that last did not answer; addresses are stored under their checksum."""
    keys = {hashlib.sha256(url.encode()).hexdigest() for url in urls}
    links = Link.objects.filter(key__in=keys, outcome__in=_BAD) if keys else ()
    return {link.url: LinkOutcome(link.outcome).label for link in links}
