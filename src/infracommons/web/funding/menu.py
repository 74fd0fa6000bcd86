"""The places under Funding: one entry a question, shown where its page exists."""

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse

_PLACES = (
    ("Overview", "funding_home"),
    ("Awards", "awards"),
    ("Infrastructures", "funding_infrastructures"),
    ("Funders", "funders"),
    ("Recipients", "recipients"),
    ("Years", "years"),
    ("What for", "what_for"),
    ("Where", "where"),
    ("Risk", "risk"),
    ("Reliance", "reliance"),
    ("Policies", "policies"),
    ("All charts", "charts"),
    ("Releases", "releases"),
    ("Left out", "exclusions"),
    ("Downloads", "downloads"),
    ("Decisions", "review_log"),
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


def current(path: str) -> Place | None:
    """Return the place that a page belongs to: the one whose address it begins with, the longest where several do."""
    under = [place for place in places() if path.startswith(place.address)]
    home = places()[0]
    found = max(under, key=lambda place: len(place.address), default=None)
    return found if found != home or path == home.address else None


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
