"""The places in the site's menu: one entry a capability, shown where the capability is installed."""

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse

_PLACES = (
    ("Find", "discover"),
    ("Compare", "compare"),
    ("Funding", "funding_home"),
    ("Reports", "reports"),
    ("Policies", "policies"),
    ("Suggest", "suggest"),
    ("Open data", "catalogue_downloads"),
)

_ABOUT = (
    ("What is listed, and why", "inclusion"),
    ("Coverage", "coverage"),
    ("Suggested, not listed yet", "suggested"),
    ("Stewards", "stewards"),
    ("Vocabularies", "vocabularies"),
    ("Upkeep log", "upkeep_log"),
    ("API", "api_docs"),
)


@dataclass(frozen=True)
class Place:
    """One entry of the menu."""

    label: str
    address: str


@cache
def places() -> tuple[Place, ...]:
    """Return the places whose pages exist."""
    return tuple(Place(label, address) for label, name in _PLACES if (address := _address(name)))


@cache
def about() -> tuple[Place, ...]:
    """Return the pages about the catalogue that the foot of each page names."""
    return tuple(Place(label, address) for label, name in _ABOUT if (address := _address(name)))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
