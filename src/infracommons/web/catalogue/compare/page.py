"""What the page of a comparison shows around its rows: ways to add, take out, move, narrow and take away."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.urls import reverse
from django.utils import timezone

from infracommons.web.catalogue.compare.adding import names_to_pick
from infracommons.web.catalogue.compare.asked import MOST, ComparisonAsked, address
from infracommons.web.catalogue.compare.awards import RULE_WORDS, funding_query
from infracommons.web.catalogue.compare.chosen import Chosen
from infracommons.web.catalogue.compare.compared import section_labels
from infracommons.web.catalogue.compare.comparison import Column, Group, compare
from infracommons.web.catalogue.compare.files import FORMS
from infracommons.web.catalogue.compare.markup import cell_markup
from infracommons.web.catalogue.models import Infrastructure
from infracommons.web.catalogue.models.infrastructure import Listing
from infracommons.web.shared.published import current_release

# Sets that many readers weigh against each other; each is offered as far as it is listed.
_EXAMPLES = (
    ("Preprint servers", ("arxiv", "biorxiv", "medrxiv", "open-preprint-systems")),
    ("Repository software", ("dspace", "eprints", "inveniordm", "dataverse", "islandora")),
    ("Identifiers for works, people and places", ("crossref", "datacite", "orcid", "ror")),
    ("Publishing software", ("open-journal-systems", "janeway", "pubpub", "kotahi")),
)


@dataclass(frozen=True)
class Head:
    """The head of one column, with the addresses of the same comparison without it or with it elsewhere."""

    name: str
    href: str
    without: str
    left: str
    right: str
    is_there: bool


@dataclass(frozen=True)
class Option:
    """One section to choose."""

    code: str
    label: str
    is_chosen: bool


def page_context(chosen: Chosen) -> dict[str, Any]:
    """Return what the template shows of a comparison of one or more, and of none."""
    asked, release = chosen.asked, current_release()
    context: dict[str, Any] = {
        "asked": asked,
        "ids": ",".join(asked.ids),
        "hidden": _hidden(asked),
        "notices": chosen.notices,
        "names": names_to_pick(asked.ids) if len(asked.ids) < MOST else [],
        "most": MOST,
        "is_full": len(asked.ids) >= MOST,
        "examples": [] if asked.ids else examples(),
        "canonical": address(asked.but()),
    }
    if not chosen.columns:
        return context
    comparison = compare(chosen.columns, asked, release)
    return context | {
        "comparison": comparison,
        "groups": [_shown(group) for group in comparison.groups],
        "heads": [_head(asked, place, column) for place, column in enumerate(comparison.columns)],
        "options": [Option(code, label, code in asked.sections) for code, label in section_labels().items()],
        "downloads": [{"label": form.label, "href": address(asked, code)} for code, form in FORMS.items()],
        "everything": address(asked.but(differences=False, hide_empty=False, sections=())),
        "today": address(asked.but(as_of=None)),
        "made_on": timezone.now().date(),
        "rule_words": RULE_WORDS,
        "release_shown": release.release_id if release else "",
        "funding_query": funding_query(tuple(one.infrastructure for one in comparison.columns), release),
    }


def examples() -> list[tuple[str, list[str], str]]:
    """Return label, names and address of sets to begin with, of which two or more are listed."""
    wanted = [one for _, ids in _EXAMPLES for one in ids]
    rows = Infrastructure.objects.filter(listing=Listing.LISTED, infrastructure_id__in=wanted)
    names = dict(rows.values_list("infrastructure_id", "name"))
    sets = [(label, [one for one in ids if one in names]) for label, ids in _EXAMPLES]
    return [
        (label, [names[one] for one in ids], address(ComparisonAsked(ids=tuple(ids))))
        for label, ids in sets
        if len(ids) > 1
    ]


def _hidden(asked: ComparisonAsked) -> list[tuple[str, str]]:
    """Return name and value of what the form for adding one has to keep."""
    return parse_qsl(urlsplit(address(asked.but())).query)


def _shown(group: Group) -> dict[str, Any]:
    rows = [
        {"label": row.label, "differs": row.differs, "cells": list(map(cell_markup, row.cells))} for row in group.rows
    ]
    return {"label": group.label, "rows": rows}


def _head(asked: ComparisonAsked, place: int, column: Column) -> Head:
    one, ids = column.infrastructure, asked.ids
    path = reverse("profile", args=[one.infrastructure_id])
    return Head(
        name=one.name,
        href=f"{path}?as_of={asked.as_of.isoformat()}" if asked.as_of else path,
        without=address(asked.but(ids=ids[:place] + ids[place + 1 :])),
        left=_moved(asked, place - 1) if place else "",
        right=_moved(asked, place) if place < len(ids) - 1 else "",
        is_there=column.is_there,
    )


def _moved(asked: ComparisonAsked, place: int) -> str:
    """Return the address with the column at this place and the next one changed about."""
    ids = list(asked.ids)
    ids[place], ids[place + 1] = ids[place + 1], ids[place]
    return address(asked.but(ids=tuple(ids)))
