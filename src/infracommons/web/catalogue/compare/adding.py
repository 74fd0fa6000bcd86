"""Finds which infrastructure a reader means who types a name, an id or a part of one."""

import difflib

from infracommons.vocabulary.text import normal_name
from infracommons.web.catalogue.models import FormerSlug, Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing

Match = tuple[str, str]  # id and name
MOST_CHOICES, MOST_NAMES, _MOST_NEAR = 12, 500, 5


def matches(text: str) -> list[Match]:
    """Return the listed infrastructures that are meant: that of which id, name or another name is exactly this.

    Else those with the text in one of their names; [] where there is none.
    """
    wanted = normal_name(text)
    if not wanted:
        return []
    former = (
        FormerSlug.objects.filter(slug=text.strip().lower()).values_list("infrastructure__infrastructure_id").first()
    )
    ids = (text.strip().lower(), *(former or ()))
    known = [(one, name, [normal_name(each) for each in (name, *(others or ()))]) for one, name, others in _listed()]
    exact = [(one, name) for one, name, names in known if one in ids or wanted in names]
    return exact or [(one, name) for one, name, names in known if any(wanted in each for each in names)]


def nearly(text: str) -> list[Match]:
    """Return the listed infrastructures whose name differs from this by a typing error or two, the nearest first."""
    plain = [(normal_name(name), one, name) for one, name, _ in _listed()]
    near = difflib.get_close_matches(normal_name(text), {each for each, _, _ in plain}, n=_MOST_NEAR)
    return [(one, name) for wanted in near for each, one, name in plain if each == wanted]


def _listed() -> list[tuple[str, str, list[str] | None]]:
    rows = Infrastructure.objects.filter(listing=Listing.LISTED)
    return list(rows.values_list("infrastructure_id", "name", "profile__aliases__value"))


def names_to_pick(but: tuple[str, ...]) -> list[Match]:
    """Return every listed infrastructure but these, by name; [] where there are too many for one page."""
    rows = Infrastructure.objects.filter(listing=Listing.LISTED).exclude(infrastructure_id__in=but)
    found = list(rows.values_list("infrastructure_id", "name")[: MOST_NAMES + 1])
    return sorted(found, key=lambda match: match[1].casefold()) if len(found) <= MOST_NAMES else []
