"""The panel of filters that all funding pages share: what a reader may choose, and what is chosen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from infracommons.insights.award_filters import AwardFilters
from infracommons.insights.awards import choices
from infracommons.insights.filter_choices import group_choices
from infracommons.insights.organisations import organisation_names
from infracommons.insights.release import Release, once_a_release
from infracommons.vocabulary.counting import RULES
from infracommons.vocabulary.prices import PRICE_LEVELS
from infracommons.vocabulary.support import SUPPORT_TYPES
from infracommons.web.funding import wording
from infracommons.web.funding.narrow import TYPED
from infracommons.web.funding.presenters import Choice, choices_of, named_choices

_LONG = 300  # options: a longer list is typed into, with suggestions
_BEST_FIRST = ("Best match, else newest", "")
_AS_GIVEN = ("As they were given", "")


@dataclass(frozen=True)
class Part:
    """One field of the panel. `kind` says how it is filled in: words, years, boxes, single, list or typed."""

    kind: str
    field: str
    label: str
    choices: Sequence[Choice] = ()
    chosen: tuple[str, ...] = ()
    typed_in: str = ""


@dataclass(frozen=True)
class Group:
    """Fields that belong together, and how many of them are filled in."""

    label: str
    parts: list[Part]
    chosen: int
    is_open: bool


def filter_form(
    release: Release, filters: AwardFilters, *, without: Collection[str] = (), verb: str = "Show what matches"
) -> dict[str, Any]:
    """Return the panel for `funding/filters.html`; `without` are fields that the page does not offer, but keeps.

    The template also takes `here` (the page's path) and `filters` from the page's context.
    """
    groups = [_group(label, _parts(release, filters, names, without), filters) for label, names in _GROUPS.items()]
    offered = {name for group in groups for part in group.parts for name in _names(part)}
    return {"groups": [group for group in groups if group.parts], "kept": _kept(filters, offered), "verb": verb}


_OPEN = {"Who and what", "How it is counted"}  # at first; others open where something in them is chosen
_GROUPS = {
    "Who and what": ("q", "infrastructure", "category", "funder", "region", "funder_country", "recipient", "country"),
    "When": ("year_from",),
    "Which awards": ("decision", "support_type", "amount_status", "source"),
    "How it is counted": ("rule", "prices", "sort"),
}


@once_a_release
def names_by_field(release: Release) -> dict[str, dict[str, str]]:
    """Return the names of the ids that filters may hold, by field; those of recipients are as many as awards."""
    found = choices(release) | group_choices(release)
    return {name: {row["value"]: row["name"] for row in rows} for name, rows in found.items()}


def _group(label: str, parts: list[Part], filters: AwardFilters) -> Group:
    plain = AwardFilters()
    names = [name for part in parts for name in _names(part)]
    chosen = sum(getattr(filters, name) != getattr(plain, name) for name in names)
    return Group(label, parts, chosen, label in _OPEN or chosen > 0)


def _names(part: Part) -> tuple[str, ...]:
    """Return the filters that a part of the panel holds."""
    return ("year_from", "year_to", "undated") if part.kind == "years" else (part.field,)


def _parts(release: Release, filters: AwardFilters, names: Collection[str], without: Collection[str]) -> list[Part]:
    return [_part(release, filters, name) for name in names if name not in without]


def _part(release: Release, filters: AwardFilters, name: str) -> Part:
    value = getattr(filters, name)
    if name in _SINGLES:
        return Part("single", name, wording.FIELDS[name], named_choices(_SINGLES[name], [str(value or "")]))
    if name in _BOXES:
        return Part("boxes", name, wording.FIELDS[name], named_choices(_BOXES[name], value), value)
    if name in {"q", "year_from"}:
        return Part("words" if name == "q" else "years", name, wording.FIELDS[name])
    found = choices(release).get(name, []) if name not in {"region", "category"} else group_choices(release)[name]
    kind = "boxes" if name in {"region", "source"} else "list"
    if name == "recipient" or len(found) > _LONG:
        return Part("typed", name, wording.FIELDS[name], _named(release, name, value), value, name + TYPED)
    return Part(kind, name, wording.FIELDS[name], choices_of(found, value), value)


def _named(release: Release, name: str, values: tuple[str, ...]) -> list[Choice]:
    """Return the values chosen in a field that is typed into, by name."""
    names = organisation_names(release, values) if name == "recipient" else names_by_field(release)[name]
    return [Choice(value, names.get(value, value), "", is_chosen=True) for value in values]


def _kept(filters: AwardFilters, offered: Collection[str]) -> list[tuple[str, str]]:
    """Return the values that no field of the panel holds, and that the form sends on as they are."""
    found: list[tuple[str, str]] = []
    for one in fields(filters):
        value = getattr(filters, one.name)
        if one.name not in {*offered, "page"} and value != one.default:
            found += [(one.name, str(part)) for part in (value if one.metadata["many"] else (value,))]
    return found


_BOXES = {"support_type": SUPPORT_TYPES, "amount_status": wording.AMOUNT_STATUS}
_SINGLES: dict[str, Mapping[str, tuple[str, str]]] = {
    "decision": wording.DECISIONS,
    "rule": RULES,
    "prices": {"": _AS_GIVEN} | {str(year): (f"Dollars of {year}", "") for year in sorted(PRICE_LEVELS, reverse=True)},
    "sort": {"": _BEST_FIRST} | {sort: (words, "") for sort, words in wording.SORTS.items()},
}
