"""Says who speaks for an infrastructure."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.models import Infrastructure, Stewardship
from infracommons.web.catalogue.models.stewardship import StewardshipState

if TYPE_CHECKING:
    from django.db.models import QuerySet


def is_steward(person: User | AnonymousUser | None, infrastructure: Infrastructure | None) -> bool:
    """Return whether a person was granted to speak for this infrastructure, and still is."""
    if infrastructure is None or not isinstance(person, User):
        return False
    return Stewardship.objects.filter(
        infrastructure=infrastructure, person=person, person__is_active=True, state=StewardshipState.GRANTED
    ).exists()


def stewards_of(infrastructure: Infrastructure) -> "QuerySet[User]":
    """Return the people who speak for an infrastructure."""
    return User.objects.filter(
        is_active=True, stewardships__infrastructure=infrastructure, stewardships__state=StewardshipState.GRANTED
    ).distinct()


def address_is_of_site(person: User, infrastructure: Infrastructure) -> bool:
    """Return whether the person's e-mail address is at the website's host: a hint for a curator, no proof."""
    website = infrastructure.profile.get("website") or {}
    host = (urlsplit(website.get("value") or "").hostname or "").removeprefix("www.")
    domain = person.email.rpartition("@")[2]
    return bool(host) and (domain == host or domain.endswith(f".{host}"))
