"""Invented infrastructures beside the defined ones: rich and old, in two people's hands, suggested, withdrawn."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from django.utils import timezone
from tests.functional.world.known import MISSION
from tests.web.catalogue.conftest import RICH

from infracommons.web.accounts.models import User
from infracommons.web.catalogue.claims.append import Author, append_claims
from infracommons.web.catalogue.claims.create import create_infrastructure, set_listing
from infracommons.web.catalogue.claims.terms import term_book
from infracommons.web.catalogue.fields.claim_input import RawClaim, checked_claim
from infracommons.web.catalogue.fields.registry import field
from infracommons.web.catalogue.models import Follow, Infrastructure, Stewardship
from infracommons.web.catalogue.models.claim import AuthorKind
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.catalogue.models.stewardship import StewardshipState

OLD_DAYS = 900
LONG_NAME = "International Consortium Repository of Examples, Counterexamples and Interoperable Demonstrations"
_TEAM = Author(AuthorKind.STEWARD, "its team")
_CURATOR = Author(AuthorKind.CURATOR, "a curator")


@contextmanager
def days_ago(days: float) -> Iterator[datetime]:
    """Let it be an earlier day, for what reads the clock meanwhile."""
    then = timezone.now() - timedelta(days=days)
    with patch("django.utils.timezone.now", return_value=then):
        yield then


def add(name: str, more: Mapping[str, RawClaim], *, slug: str = "", listing: str = Listing.LISTED) -> Infrastructure:
    """Store an infrastructure of this name."""
    basics = {
        "name": RawClaim(name),
        "website": RawClaim("https://archive.example.org/"),
        "summary": RawClaim("Keeps examples of everything, for everyone who has to show what they mean."),
        "categories": RawClaim({"terms": ["repository_service"]}),
        "steward": RawClaim({"name": "Example Foundation", "ror": ""}),
        "country": RawClaim({"terms": ["FR"]}),
        "launched": RawClaim(2011),
    }
    book = term_book()
    claims = [checked_claim(field(code), raw, book) for code, raw in (basics | dict(more)).items()]
    return create_infrastructure(claims, by=_TEAM, slug=slug, listing=listing)


def say(infrastructure: Infrastructure, code: str, raw: RawClaim) -> None:
    """Append one claim of a curator."""
    append_claims(infrastructure, [checked_claim(field(code), raw, term_book())], by=_CURATOR)


def make_profiles(people: Mapping[str, User]) -> dict[str, Infrastructure]:
    """Store the infrastructures, give them stewards, and return them by the part of their id that differs."""
    with days_ago(OLD_DAYS):
        kept = {
            "archive": add("Example Archive", RICH, slug="example-archive"),
            "sent-back": add("Revised Examples", {}, slug="revised-examples"),
            "keyboard": add("Keyboard Examples", {"mission": RawClaim(MISSION)}, slug="keyboard-examples"),
            "plain": add("Plain Examples", {"mission": RawClaim(MISSION)}, slug="plain-examples"),
            "long": add(LONG_NAME, RICH, slug="long-examples"),
            "gone": add("Old Examples", {}, slug="old-examples"),
        }
    kept["wish"] = add("Wished Examples", {}, slug="wished-examples", listing=Listing.SUGGESTED)
    with days_ago(40):
        said = "Its code moved into Example Archive."
        set_listing(kept["gone"], Listing.WITHDRAWN, by=_CURATOR, reason=said, successor=kept["archive"])
        say(
            kept["archive"],
            "open_api",
            RawClaim(status="available", evidence=[_link("https://archive.example.org/api")]),
        )
    for short, key in {"sam": "archive", "rae": "sent-back", "kay": "keyboard", "noa": "plain"}.items():
        Stewardship.objects.create(
            infrastructure=kept[key], person=people[short], state=StewardshipState.GRANTED,
            grounds="Named on the page of the team.", decided_by=people["cleo"], decided_at=timezone.now(),
        )  # fmt: skip
    Stewardship.objects.create(
        infrastructure=Infrastructure.objects.get(infrastructure_id="dspace"), person=people["ada"],
        grounds="I am named on the page of the team, which a curator can look at.",
    )  # fmt: skip
    Follow.objects.create(person=people["ada"], infrastructure=kept["archive"])
    return kept


def _link(url: str) -> dict[str, str]:
    return {"url": url, "label": "Documentation"}
